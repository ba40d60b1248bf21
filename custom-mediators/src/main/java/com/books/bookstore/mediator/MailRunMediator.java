package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.correlation.CorrelationContext;
import com.books.bookstore.failure.FailureSummary;
import com.books.bookstore.mediator.message.DataServiceRows;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.WrongArtifactException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.axiom.om.OMElement;
import org.apache.axis2.AxisFault;
import org.apache.synapse.ManagedLifecycle;
import org.apache.synapse.Mediator;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.core.SynapseEnvironment;
import org.apache.synapse.util.MessageHelper;

/**
 * Sends the emails that are due, several at a time, until none is.
 *
 * <p>It claims as many as it has threads that are idle, and hands each to one of them: an email never waits behind another while its lease runs, and
 * an answer that takes long holds up only its own thread. The first of a run goes out alone for a moment. After a failure that concerns other emails too, the run
 * claims no more. One run claims at a time; another one that begins meanwhile ends at once.
 *
 * <p>For the sequence that claims it sets {@link MessageProperties#CLAIM} and {@link MessageProperties#MAIL_BATCH}, and takes the rows from
 * {@link MessageProperties#RESULT}. The sequence that sends gets a message of its own for each email, with its one row in
 * {@link MessageProperties#RESULT}, and leaves {@link MessageProperties#MAIL_ACCEPTED} or {@link MessageProperties#GO_ON}. If the mail server has
 * accepted an email and {@link MessageProperties#MAIL_RECORDED} is not set, because the database failed, the sequence that records is
 * repeated for {@link MessageProperties#LEASE_SECONDS}: after that another node would send the email again. Thread-safe.
 */
public class MailRunMediator extends BookstoreMediator implements ManagedLifecycle {

    private static final int MAXIMUM = 100;
    /** How long the first email of a run has to show that the mail server takes none. */
    private static final long FIRST_MILLIS = 1_000;
    /** Threads that become idle within it share one claim. */
    private static final long GATHER_MILLIS = 20;

    private static final long STOP_SECONDS = 10;

    private static final int MAX_PAUSE_FACTOR = 8;

    private final long firstPauseMillis;
    private final AtomicBoolean claiming = new AtomicBoolean();
    private final ExecutorService senders = Executors.newCachedThreadPool(runnable -> {
        Thread thread = new Thread(runnable, "bookstore-mail");
        thread.setDaemon(true);
        return thread;
    });

    private int parallel;
    private Semaphore idle;
    private String claimSequence;
    private String sendSequence;
    private String recordSequence;

    public MailRunMediator() {
        this(Duration.ofSeconds(1));
    }

    /** @param firstPause before an email is recorded a second time; later pauses are longer */
    MailRunMediator(Duration firstPause) {
        firstPauseMillis = firstPause.toMillis();
    }

    /** How many emails are sent at the same time, 1 to 100. */
    public void setParallel(String parallel) {
        this.parallel = Setting.number("parallel", parallel, 1, MAXIMUM);
        idle = new Semaphore(this.parallel);
    }

    /** The name of the sequence that claims emails. */
    public void setClaimSequence(String claimSequence) {
        this.claimSequence = Setting.required("claimSequence", claimSequence);
    }

    /** The name of the sequence that sends one. */
    public void setSendSequence(String sendSequence) {
        this.sendSequence = Setting.required("sendSequence", sendSequence);
    }

    /** The name of the sequence that records that an email was sent; unless set, nothing is recorded again. */
    public void setRecordSequence(String recordSequence) {
        this.recordSequence = Setting.required("recordSequence", recordSequence);
    }

    @Override
    public void init(SynapseEnvironment environment) {
        // Threads are made when there are emails.
    }

    /** Lets the emails that are being sent go out. */
    @Override
    public void destroy() {
        senders.shutdown();
        try {
            if (!senders.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                senders.shutdownNow();
            }
        } catch (InterruptedException e) {
            senders.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    void handle(MessageContext message) {
        if (idle == null || claimSequence == null || sendSequence == null) {
            throw new WrongArtifactException(
                    "The settings 'parallel', 'claimSequence' and 'sendSequence' are not all set");
        }
        if (!claiming.compareAndSet(false, true)) {
            return;
        }
        try {
            run(message, sequence(message, claimSequence), sequence(message, sendSequence));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            claiming.set(false);
        }
    }

    private void run(MessageContext message, Mediator claim, Mediator send) throws InterruptedException {
        AtomicBoolean stopped = new AtomicBoolean();
        ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
        boolean first = true;
        while (!senders.isShutdown()) {
            int free = first ? oneSender() : idleSenders();
            int used = 0;
            try {
                if (stopped.get()) {
                    return;
                }
                message.setProperty(MessageProperties.CLAIM, UUID.randomUUID().toString());
                message.setProperty(MessageProperties.MAIL_BATCH, Integer.toString(free));
                claim.mediate(message);
                List<OMElement> mails = DataServiceRows.each(message, MessageProperties.RESULT);
                if (mails.isEmpty()) {
                    return;
                }
                for (OMElement mail : mails) {
                    MessageContext own = messageFor(message, mail);
                    CompletableFuture<Void> sent = CompletableFuture.runAsync(
                                    () -> send(own, send, stopped, classLoader), senders)
                            .whenComplete((result, failure) -> idle.release());
                    used++;
                    if (first) {
                        giveChance(sent);
                    }
                }
                first = false;
            } finally {
                idle.release(free - used);
            }
        }
    }

    private int oneSender() throws InterruptedException {
        idle.acquire();
        return 1;
    }

    private int idleSenders() throws InterruptedException {
        idle.acquire();
        return idle.tryAcquire(parallel - 1, GATHER_MILLIS, TimeUnit.MILLISECONDS) ? parallel : 1 + idle.drainPermits();
    }

    private static void giveChance(CompletableFuture<Void> sent) throws InterruptedException {
        try {
            sent.get(FIRST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // It takes its time; others need not wait for it.
        } catch (ExecutionException e) {
            throw new IllegalStateException("Sending never fails", e);
        }
    }

    private static Mediator sequence(MessageContext message, String name) {
        Mediator sequence = message.getSequence(name);
        if (sequence == null) {
            throw new WrongArtifactException("The sequence '" + name + "' is not deployed");
        }
        return sequence;
    }

    private static MessageContext messageFor(MessageContext run, OMElement mail) {
        try {
            MessageContext message = MessageHelper.cloneMessageContext(run);
            message.setProperty(MessageProperties.RESULT, mail);
            return message;
        } catch (AxisFault e) {
            throw new SynapseException("The message of an email cannot be made", e);
        }
    }

    /** As the engines mediate a message that they inject. */
    private void send(MessageContext message, Mediator sequence, AtomicBoolean stopped, ClassLoader classLoader) {
        Thread.currentThread().setContextClassLoader(classLoader);
        long begin = System.nanoTime();
        try {
            sequence.mediate(message);
        } catch (RuntimeException e) {
            fail(message, e);
        } finally {
            recordUntilLeaseEnds(message, begin);
            if (!"true".equals(text(message, MessageProperties.MAIL_ACCEPTED))
                    && !"true".equals(text(message, MessageProperties.GO_ON))) {
                stopped.set(true);
            }
            CorrelationContext.enter("");
        }
    }

    private void recordUntilLeaseEnds(MessageContext message, long begin) {
        if (recordSequence == null || !"true".equals(text(message, MessageProperties.MAIL_ACCEPTED))) {
            return;
        }
        long end = begin + TimeUnit.SECONDS.toNanos(Long.parseLong(text(message, MessageProperties.LEASE_SECONDS)));
        long pause = firstPauseMillis;
        while (!"true".equals(text(message, MessageProperties.MAIL_RECORDED))
                && System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause) < end) {
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
                forgetFailure(message);
                sequence(message, recordSequence).mediate(message);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.warn("An email was sent, which cannot be recorded yet: " + FailureSummary.of(e));
            }
            pause = Math.min(2 * pause, MAX_PAUSE_FACTOR * firstPauseMillis);
        }
    }

    private void fail(MessageContext message, RuntimeException failure) {
        try {
            if (message.getFaultStack().isEmpty()) {
                throw failure;
            }
            message.getFaultStack().pop().handleFault(message, failure);
        } catch (RuntimeException e) {
            log.error("The fault sequence of an email failed", e);
        }
    }
}
