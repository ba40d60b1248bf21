package com.books.bookstore.identity.registration.mail;

import com.books.bookstore.identity.registration.Registration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Sends mails one after the other beside the request that caused them, so that a slow mail server holds up no
 * registration. A mail is tried three times. Thread-safe.
 */
public final class MailQueue implements AutoCloseable {

    private static final int TRIES = 3;
    private static final int LONGEST_QUEUE = 1000;

    private final ThreadPoolExecutor worker;
    private final MailTransport transport;
    private final BiConsumer<String, Throwable> warnings;
    private final long pauseMillis;

    /**
     * @param warnings    told, in one sentence without mail text, of a mail that did not leave
     * @param pauseMillis time between two tries
     */
    public MailQueue(MailTransport transport, BiConsumer<String, Throwable> warnings, long pauseMillis) {
        this.transport = transport;
        this.warnings = warnings;
        this.pauseMillis = pauseMillis;
        this.worker = new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(LONGEST_QUEUE), task -> {
            Thread thread = new Thread(task, "bookstore-registration-mail");
            thread.setDaemon(true);
            return thread;
        });
        this.worker.allowCoreThreadTimeOut(true);
    }

    public void send(MailKind kind, String to, Registration registration, String reason) {
        try {
            worker.execute(() -> deliver(kind, to, registration, reason));
        } catch (RejectedExecutionException full) {
            warnings.accept("Mail " + kind + " of request " + registration.requestId() + " was dropped: "
                    + worker.getQueue().size() + " mails wait already", full);
        }
    }

    private void deliver(MailKind kind, String to, Registration registration, String reason) {
        Exception last = null;
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                transport.send(kind, to, registration, reason);
                return;
            } catch (MailNotSentException | RuntimeException failed) {
                last = failed;
            }
            if (attempt < TRIES && !pause()) {
                break;
            }
        }
        warnings.accept("Mail " + kind + " of request " + registration.requestId() + " was not sent", last);
    }

    private boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Sends what waits, for at most five seconds. */
    @Override
    public void close() {
        worker.shutdown();
        try {
            worker.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        worker.shutdownNow();
    }
}
