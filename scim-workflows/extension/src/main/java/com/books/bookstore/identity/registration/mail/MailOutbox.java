package com.books.bookstore.identity.registration.mail;

import com.books.bookstore.identity.registration.mail.MailStore.Due;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Emails that leave whatever happens: they are written down first and sent beside the request that caused them, so a mail server
 * that is slow or unavailable, even until after a crash of this server, delays nothing and loses nothing. An email that does not leave is
 * tried again after 10 s, 30 s and so on up to an hour, {@value #MOST_ATTEMPTS} times in all, about three days. One is sent twice
 * only when the server dies between the mail server's word and the note of it, and then under the same Message-ID. Thread-safe.
 */
public final class MailOutbox implements AutoCloseable {

    static final int MOST_ATTEMPTS = 80;
    /** Longer than one delivery can take. */
    static final Duration LEASE = Duration.ofMinutes(2);
    /** Longer than taking in a request or carrying out a decision can take. */
    static final Duration HOLD = Duration.ofMinutes(2);

    /** Longer than the server takes to note that a decision has failed. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int PAUSES_GROW_BY = 3;
    private static final Duration PURGE_EVERY = Duration.ofHours(1);
    private static final long LOOK_EVERY_SECONDS = 5;
    private static final long LONGEST_STOP_SECONDS = 5;

    /** Finds out what happened to a request or decision that a server was working on when it stopped. */
    public interface Decisions {

        /**
         * Finishes the request or decision that the email reports.
         *
         * @return whether the request was stored, or the decision made, so that the email is to be sent
         * @throws Exception if that is not known now; the method is called again later
         */
        boolean complete(OutgoingMail mail) throws Exception;
    }

    private final MailStore store;
    private final MailTransport transport;
    private final Duration kept;
    private final Clock clock;
    private final BiConsumer<String, Throwable> warnings;
    private final ScheduledThreadPoolExecutor worker;
    private Instant lastPurge = Instant.MIN;

    /**
     * @param kept     how long rows of emails stay that were sent or given up
     * @param warnings told, in one sentence without personal data, of an email that was not sent
     */
    public MailOutbox(
            MailStore store,
            MailTransport transport,
            Duration kept,
            Clock clock,
            BiConsumer<String, Throwable> warnings) {
        this.store = store;
        this.transport = transport;
        this.kept = kept;
        this.clock = clock;
        this.warnings = warnings;
        this.worker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "bookstore-registration-mail");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to send, with what an earlier life of the server left. */
    @SuppressWarnings("FutureReturnValueIgnored") // The task handles its own failures.
    public void start(Decisions decisions) {
        worker.scheduleWithFixedDelay(
                () -> {
                    try {
                        settleOverdue(decisions);
                        sendDue();
                        purge();
                    } catch (Throwable broken) {
                        // Whatever it is: a task that throws is never run again.
                        warnings.accept("Emails of registrations were not sent", broken);
                    }
                },
                0,
                LOOK_EVERY_SECONDS,
                TimeUnit.SECONDS);
    }

    /** Sends an email soon. */
    public void send(OutgoingMail mail) {
        store("kept", mail, () -> store.add(mail, false, clock.instant(), clock.instant()));
        wake();
    }

    /**
     * Stores an email before the action that it reports. It is sent after {@link #release}; if the server stops before that,
     * {@link Decisions} says later whether it is sent.
     */
    public void hold(OutgoingMail mail) {
        store(
                "held",
                mail,
                () -> store.add(mail, true, clock.instant(), clock.instant().plus(HOLD)));
    }

    /** The action that the email reports is done. */
    public void release(OutgoingMail mail) {
        store("released", mail, () -> {
            // Added when it could not be held before.
            store.add(mail, true, clock.instant(), clock.instant());
            store.release(mail.id(), clock.instant());
        });
        wake();
    }

    /** The action may have failed: {@link Decisions} is asked soon, and not only when the email is overdue. */
    public void expedite(OutgoingMail mail) {
        store("looked into", mail, () -> store.tryAgain(mail, clock.instant().plus(SOON)));
    }

    /** The action was not done. */
    public void discard(OutgoingMail mail) {
        store("discarded", mail, () -> store.discard(mail.id()));
    }

    private interface Write {
        void run() throws SQLException;
    }

    /** A registration or a decision is not refused because the database does not take the email. */
    private void store(String what, OutgoingMail mail, Write write) {
        try {
            write.run();
        } catch (SQLException | RuntimeException failed) {
            warnings.accept(mail + " could not be " + what, failed);
        }
    }

    private void wake() {
        try {
            worker.execute(this::sendDue);
        } catch (RejectedExecutionException stopping) {
            // Sent by another node, or after the next start.
        }
    }

    void settleOverdue(Decisions decisions) {
        try {
            for (Due due : store.overdue(clock.instant())) {
                settle(due.mail, decisions);
            }
        } catch (SQLException | RuntimeException failed) {
            warnings.accept("The registration emails cannot be read", failed);
        }
    }

    private void settle(OutgoingMail mail, Decisions decisions) throws SQLException {
        boolean taken;
        try {
            taken = decisions.complete(mail);
        } catch (Exception unknown) {
            // Soon: a server that is just starting has not got all its parts yet.
            store.tryAgain(mail, clock.instant().plus(FIRST_PAUSE));
            warnings.accept("What became of request " + mail.registration().requestId() + " is not known yet", unknown);
            return;
        }
        if (taken) {
            store.release(mail.id(), clock.instant());
        } else {
            store.discard(mail.id());
        }
    }

    void sendDue() {
        try {
            for (Due due : store.due(clock.instant())) {
                if (store.take(due, clock.instant().plus(LEASE))) {
                    deliver(due.mail, due.attempts + 1);
                }
            }
        } catch (SQLException | RuntimeException failed) {
            warnings.accept("The registration emails cannot be read", failed);
        }
    }

    private void deliver(OutgoingMail mail, int attempt) throws SQLException {
        try {
            transport.send(mail);
        } catch (MailNotSentException | RuntimeException | LinkageError failed) {
            // LinkageError: the server lacks a class that the mail API needs, such as javax.activation.
            if (attempt >= MOST_ATTEMPTS
                    || failed instanceof MailNotSentException && ((MailNotSentException) failed).isForGood()) {
                store.giveUp(mail);
                warnings.accept(
                        mail + " was not sent and is given up after " + attempt + " attempts. " + reason(failed), null);
            } else {
                store.tryAgain(mail, clock.instant().plus(pause(attempt)));
                warnings.accept(
                        mail + " was not sent, attempt " + attempt + " of " + MOST_ATTEMPTS + "; next attempt in "
                                + pause(attempt).toSeconds() + " s. " + reason(failed),
                        null);
            }
            return;
        }
        store.sent(mail);
    }

    /** Without the addresses that mail servers like to repeat. */
    private static String reason(Throwable failed) {
        return String.valueOf(failed.getMessage()).replaceAll("\\S+@\\S+", "(address)");
    }

    static Duration pause(int attempt) {
        Duration pause = FIRST_PAUSE;
        for (int i = 1; i < attempt && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
            pause = pause.multipliedBy(PAUSES_GROW_BY);
        }
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private void purge() {
        Instant now = clock.instant();
        if (lastPurge.isBefore(now.minus(PURGE_EVERY))) {
            lastPurge = now;
            try {
                store.purge(now, kept);
            } catch (SQLException | RuntimeException failed) {
                warnings.accept("Old registration emails cannot be deleted", failed);
            }
        }
    }

    /** Stops after the email that is on its way, or after five seconds; what waits stays written down. */
    @Override
    public void close() {
        // Without an interrupt, which would close the files of an embedded database in the middle of a statement.
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        worker.shutdown();
        try {
            worker.awaitTermination(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
