package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.mediator.message.DataServiceRows;
import com.books.bookstore.mediator.message.MessageProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axiom.om.util.AXIOMUtil;
import org.apache.axis2.context.ConfigurationContext;
import org.apache.axis2.engine.AxisConfiguration;
import org.apache.synapse.FaultHandler;
import org.apache.synapse.Mediator;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.config.SynapseConfiguration;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.core.axis2.Axis2SynapseEnvironment;
import org.apache.synapse.mediators.AbstractMediator;
import org.apache.synapse.mediators.base.SequenceMediator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailRunMediatorTest {

    private final SynapseConfiguration configuration = new SynapseConfiguration();
    private final Axis2SynapseEnvironment environment =
            new Axis2SynapseEnvironment(new ConfigurationContext(new AxisConfiguration()), configuration);
    private final ConcurrentLinkedQueue<Integer> outbox = new ConcurrentLinkedQueue<>();
    private final List<Integer> claims = Collections.synchronizedList(new ArrayList<>());
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private MailRunMediator mediator;

    @AfterEach
    void stop() {
        mediator.destroy();
        environment.getExecutorService().shutdownNow();
    }

    @Test
    void everyEmailIsSentOnceAndSoManyAtATime() {
        fill(20);
        CyclicBarrier together = new CyclicBarrier(4);
        AtomicInteger first = new AtomicInteger();
        mediator = mediator("4", message -> {
            // All but the first, which goes out alone, wait for three others; 19 = 4 * 4 + 3, so the last three wait
            // for none.
            int number = first.getAndIncrement();
            if (number > 0 && number <= 16) {
                together.await(30, TimeUnit.SECONDS);
            }
            return accepted(message);
        });

        mediator.mediate(message());
        mediator.destroy();

        assertThat(sent)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj(String::valueOf).collect(Collectors.toList()));
        assertThat(claims.get(0)).isEqualTo(1);
        assertThat(claims).allSatisfy(batch -> assertThat(batch).isBetween(1, 4));
        assertThat(claims).contains(4);
    }

    @Test
    void anEmailThatTakesLongHoldsUpNoOther() throws Exception {
        fill(6);
        CountDownLatch others = new CountDownLatch(5);
        mediator = mediator("2", message -> {
            if (number(message).equals("2")) {
                assertThat(others.await(30, TimeUnit.SECONDS)).isTrue();
            } else {
                others.countDown();
            }
            return accepted(message);
        });

        mediator.mediate(message());
        mediator.destroy();

        assertThat(sent).hasSize(6);
    }

    @Test
    void aFailureThatConcernsAllEmailsEndsTheRun() {
        fill(5);
        mediator = mediator("4", message -> {
            message.setProperty(MessageProperties.GO_ON, "false");
            return false;
        });
        mediator.mediate(message());
        mediator.destroy();
        assertThat(sent).containsExactly("1");
    }

    @Test
    void aFailureOfOneEmailIsLeftToItsFaultSequenceAndOthersGoOut() {
        fill(5);
        mediator = mediator("2", message -> {
            if (number(message).equals("1")) {
                message.pushFaultHandler(new FaultHandler() {
                    @Override
                    public void onFault(MessageContext failed) {
                        failed.setProperty(MessageProperties.GO_ON, "true");
                    }
                });
                throw new SynapseException("x");
            }
            return accepted(message);
        });
        mediator.mediate(message());
        mediator.destroy();
        assertThat(sent).hasSize(5);
    }

    @Test
    void aRunThatBeginsWhileAnotherClaimsEndsAtOnce() {
        fill(3);
        List<Integer> meanwhile = new ArrayList<>();
        mediator = mediator("1", message -> {
            if (meanwhile.isEmpty()) {
                int before = claims.size();
                mediator.mediate(message());
                meanwhile.add(claims.size() - before);
            }
            return accepted(message);
        });
        mediator.mediate(message());
        assertThat(meanwhile).containsExactly(0);
        mediator.destroy();
        assertThat(sent).containsExactly("1", "2", "3");
    }

    @Test
    void aDatabaseThatFailsEndsTheRunAndTheNextOneClaims() {
        fill(1);
        mediator = mediator("2", MailRunMediatorTest::accepted);
        MessageContext failing = message();
        failing.setProperty("broken", "true");
        assertThatThrownBy(() -> mediator.mediate(failing)).isInstanceOf(SynapseException.class);
        mediator.mediate(message());
        mediator.destroy();
        assertThat(sent).containsExactly("1");
    }

    @Test
    void anEmailThatWasSentIsRecordedAgainUntilTheDatabaseAnswers() {
        fill(1);
        AtomicInteger attempts = new AtomicInteger();
        mediator = recording("60", message -> {
            if (attempts.incrementAndGet() < 4) {
                throw new SynapseException("no database");
            }
            message.setProperty(MessageProperties.MAIL_RECORDED, "true");
            return true;
        });
        mediator.destroy();
        assertThat(attempts).hasValue(4);
        assertThat(sent).containsExactly("1");
    }

    @Test
    void anEmailIsNotRecordedAfterItsLease() {
        fill(1);
        AtomicInteger attempts = new AtomicInteger();
        mediator = recording("0", message -> {
            attempts.incrementAndGet();
            return true;
        });
        mediator.destroy();
        assertThat(attempts).hasValue(0);
    }

    /** A run that has ended, whose emails could not be recorded while they were sent. */
    private MailRunMediator recording(String leaseSeconds, Sending record) {
        sequence("record", record);
        MailRunMediator run = mediator("1", MailRunMediatorTest::accepted, new MailRunMediator(Duration.ofMillis(1)));
        run.setRecordSequence("record");
        MessageContext message = message();
        message.setProperty(MessageProperties.LEASE_SECONDS, leaseSeconds);
        run.mediate(message);
        return run;
    }

    private void fill(int emails) {
        IntStream.rangeClosed(1, emails).forEach(outbox::add);
    }

    private interface Sending {
        boolean mediate(MessageContext message) throws Exception;
    }

    private MailRunMediator mediator(String parallel, Sending sending) {
        return mediator(parallel, sending, new MailRunMediator());
    }

    private MailRunMediator mediator(String parallel, Sending sending, MailRunMediator run) {
        sequence("claim", message -> {
            if (message.getProperty("broken") != null) {
                throw new SynapseException("no database");
            }
            int batch = Integer.parseInt(MessageProperties.text(message, MessageProperties.MAIL_BATCH));
            claims.add(batch);
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < batch && !outbox.isEmpty(); i++) {
                rows.append("<Row><mailId>").append(outbox.remove()).append("</mailId></Row>");
            }
            message.setProperty(
                    MessageProperties.RESULT, AXIOMUtil.stringToOM("<ClaimedMails>" + rows + "</ClaimedMails>"));
            return true;
        });
        sequence("send", message -> {
            try {
                return sending.mediate(message);
            } finally {
                sent.add(number(message));
            }
        });
        run.setParallel(parallel);
        run.setClaimSequence("claim");
        run.setSendSequence("send");
        return run;
    }

    private static boolean accepted(MessageContext message) {
        message.setProperty(MessageProperties.MAIL_ACCEPTED, "true");
        return true;
    }

    private static String number(MessageContext message) {
        return DataServiceRows.of(message, MessageProperties.RESULT).get(0).get("mailId");
    }

    private void sequence(String name, Sending sending) {
        SequenceMediator sequence = new SequenceMediator();
        sequence.setName(name);
        sequence.addChild(mediator(sending));
        configuration.addSequence(name, sequence);
    }

    private static Mediator mediator(Sending sending) {
        return new AbstractMediator() {
            @Override
            public boolean mediate(MessageContext message) {
                try {
                    return sending.mediate(message);
                } catch (SynapseException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private MessageContext message() {
        try {
            Axis2MessageContext message =
                    new Axis2MessageContext(new org.apache.axis2.context.MessageContext(), configuration, environment);
            message.setEnvelope(OMAbstractFactory.getSOAP12Factory().getDefaultEnvelope());
            return message;
        } catch (org.apache.axis2.AxisFault e) {
            throw new IllegalStateException(e);
        }
    }
}
