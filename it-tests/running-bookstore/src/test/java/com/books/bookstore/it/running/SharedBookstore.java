package com.books.bookstore.it.running;

import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.it.support.MailSystem;
import com.books.bookstore.it.support.RunningBookstore;
import com.books.bookstore.it.support.ShopClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The bookstore of all tests of this module, started once, because a start takes longer than most of the tests; in front of it a stand-in
 * of API Manager's gateway. The order of the classes is that of their {@code @Order}: {@link SamplesIT} needs it new, {@link SecretsIT}
 * stops it. Each class also runs alone.
 */
final class SharedBookstore implements BeforeAllCallback {

    private static SharedBookstore.Running running;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        synchronized (SharedBookstore.class) {
            if (running == null) {
                running = new Running();
                context.getRoot()
                        .getStore(ExtensionContext.Namespace.GLOBAL)
                        .put(SharedBookstore.class, (ExtensionContext.Store.CloseableResource) running::close);
            }
        }
    }

    static RunningBookstore bookstore() {
        return running.bookstore;
    }

    static ShopClient shop() {
        return running.shop;
    }

    /** Passes on to the APIs of the bookstore. */
    static GatewayStandIn gateway() {
        running.gateway.passOnTo(running.bookstore.api());
        return running.gateway;
    }

    private static final class Running {

        private final GatewayStandIn gateway =
                new GatewayStandIn(Checkout.DIRECTORY.resolve("sequences/src/main/wso2mi/resources/api-definitions"));
        private final RunningBookstore bookstore;
        private final ShopClient shop;

        Running() throws IOException {
            Path data = Path.of("target", "bookstore");
            Path cars = Path.of("target", "cars");
            // What a run that was killed has left.
            FileUtils.deleteDirectory(data.toFile());
            FileUtils.deleteDirectory(cars.toFile());
            String[] options = MailSystem.carsThatSendEverySecond(Files.createDirectories(cars)).stream()
                    .flatMap(car -> Stream.of("--car", car.toAbsolutePath().toString()))
                    .toArray(String[]::new);
            // Enough for all tests, and refilled as slowly as by default.
            bookstore = RunningBookstore.start(
                    data,
                    Map.of(
                            "BOOKSTORE_ASSERTION_JWKS_URL",
                            gateway.jwksAddress(),
                            "BOOKSTORE_REGISTRATION_LIMIT_PER_ADDRESS",
                            "1000/3600"),
                    options);
            shop = new ShopClient(bookstore);
        }

        void close() throws IOException, InterruptedException {
            bookstore.stop();
            gateway.close();
            // Half a gigabyte of programs.
            FileUtils.deleteDirectory(bookstore.dataDirectory().toFile());
        }
    }
}
