package com.books.bookstore.identity.kernel;

import java.nio.file.Path;

/** Runs the kernel by itself: {@code KernelMain <parts> <home> <httpPort> <httpsPort> [demo password]}. */
public final class KernelMain {

    private KernelMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length < 4) {
            System.err.println("Usage: KernelMain <parts> <home> <http port> <https port> [demo password]");
            System.exit(2);
        }
        KernelOptions options = KernelOptions.of(
                        Path.of(arguments[0]),
                        Path.of(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]))
                .withProgress(System.out::println);
        try (KernelProcess kernel =
                KernelProcess.start(arguments.length > 4 ? options.withDemoUsers(arguments[4]) : options)) {
            while (kernel.isAlive()) {
                Thread.sleep(1000);
            }
        } catch (KernelException failed) {
            System.err.println(failed.getMessage());
            System.exit(1);
        }
    }
}
