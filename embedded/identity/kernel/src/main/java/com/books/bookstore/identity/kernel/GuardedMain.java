package com.books.bookstore.identity.kernel;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Runs the main class that its first argument names, and ends the JVM when standard input ends: that is when the process that started it is
 * gone, even if it was killed and could not stop anything itself.
 */
final class GuardedMain {

    private static final long STOP_LIMIT_SECONDS = 30;

    private GuardedMain() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread guard = new Thread(GuardedMain::endWithStandardInput, "parent-guard");
        guard.setDaemon(true);
        guard.start();
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(arguments[0] + " failed", e.getCause());
        }
    }

    private static void endWithStandardInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever written to it; it only has to end.
            }
        } catch (IOException e) {
            System.err.println("Standard input broke: " + e.getMessage());
        }
        Thread halt = new Thread(GuardedMain::haltWhenStoppingTakesTooLong, "parent-guard-halt");
        halt.setDaemon(true);
        halt.start();
        System.exit(1);
    }

    private static void haltWhenStoppingTakesTooLong() {
        try {
            TimeUnit.SECONDS.sleep(STOP_LIMIT_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
