package com.books.bookstore.it.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.it.support.Command;
import com.books.bookstore.it.support.ShopClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * newman runs the Postman collection against {@code ./bookstore up}; the saved answers and docs/api-samples.md must be what the system says.
 * With {@code -Dsamples.write=true} they are written instead. First of all, so that its numbers are those of the samples.
 */
@Order(1)
@ExtendWith(SharedBookstore.class)
class SamplesIT {

    private final ShopClient shop = SharedBookstore.shop();

    @Test
    void everySampleIsAnsweredAsItSays() throws Exception {
        List<String> command = new ArrayList<>(List.of("../build-tools/with-node", "node", "samples.mjs"));
        if (Boolean.getBoolean("samples.write")) {
            command.add("--write");
        }
        ProcessBuilder newman = new ProcessBuilder(command)
                .directory(Checkout.DIRECTORY.resolve("samples").toFile());
        newman.environment().put("BASE_URL", SharedBookstore.bookstore().api().toString());
        newman.environment()
                .put(
                        "MAILBOX_URL",
                        SharedBookstore.bookstore().address("mailbox").toString());
        newman.environment().put("CUSTOMER_TOKEN", shop.demoToken("customer"));
        newman.environment().put("STAFF_TOKEN", shop.demoToken("staff"));
        newman.environment().put("ADMIN_TOKEN", shop.demoToken("admin"));

        assertThat(Command.run(newman).exitCode()).isZero();
    }
}
