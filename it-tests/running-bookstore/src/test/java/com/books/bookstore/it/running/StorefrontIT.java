package com.books.bookstore.it.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.it.support.Command;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs {@code storefront/e2e}, the whole story in Chromium. */
@Order(5)
@ExtendWith(SharedBookstore.class)
class StorefrontIT {

    @Test
    void theStoryInChromium() throws Exception {
        ProcessBuilder story = new ProcessBuilder("../build-tools/with-node", "npm", "run", "--silent", "e2e")
                .directory(Checkout.DIRECTORY.resolve("storefront").toFile());
        story.environment()
                .put("SHOP_URL", SharedBookstore.bookstore().address("shop").toString());
        story.environment()
                .put(
                        "MAILBOX_URL",
                        SharedBookstore.bookstore().address("mailbox").toString());

        assertThat(Command.run(story).exitCode()).isZero();
    }
}
