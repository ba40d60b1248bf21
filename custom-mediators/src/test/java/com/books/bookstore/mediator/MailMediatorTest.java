package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.json.RegistrationDocuments;
import com.books.bookstore.mail.UnsendableMailException;
import com.sun.mail.smtp.SMTPAddressFailedException;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import javax.activation.DataHandler;
import javax.mail.internet.InternetAddress;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMText;
import org.apache.axiom.soap.SOAPEnvelope;
import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailMediatorTest {

    private static final String ORDER =
            "{\"orderId\":17,\"status\":\"pending\",\"userEmail\":\"reader@example.com\",\"orderDate\":\"2026-11-22T20:01:41Z\","
                    + "\"currency\":\"USD\",\"items\":[],\"subtotal\":1.00,\"discountTotal\":0.00,\"taxTotal\":0.00,\"totalAmount\":1.00,\"promoCode\":null}";

    @Test
    void aClaimedMailBecomesWhatMicroIntegratorsTransportSends() throws Exception {
        TestMessage message = claimed("reader@example.com", ORDER).through(mediator());

        assertThat(message.text("bookstore.mailId")).isEqualTo("17");
        assertThat(message.text("bookstore.mailTo")).isEqualTo("mailto:reader@example.com");
        assertThat(message.text("bookstore.correlationId")).isEqualTo("request-1");
        assertThat(message.responseHeaders())
                .isEqualTo(Map.of("From", "shop@books.com", "Subject", "Your order 17 at books.com"));
        assertThat(message.synapse().getAxis2MessageContext().getOptions().getProperty("transport.mail.custom.headers"))
                .isEqualTo(Map.of(
                        "Message-ID",
                        "<id-17@books.com>",
                        "X-Correlation-ID",
                        "request-1",
                        "Auto-Submitted",
                        "auto-generated",
                        "SOAPAction",
                        ""));
        OMElement binary = message.synapse().getEnvelope().getBody().getFirstElement();
        assertThat(binary.getQName()).hasToString("{http://ws.apache.org/commons/ns/payload}binary");
        assertThat(binary.getNextOMSibling()).isNull();
        DataHandler handler = (DataHandler) ((OMText) binary.getFirstOMChild()).getDataHandler();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        handler.writeTo(body);
        assertThat(handler.getContentType()).startsWith("multipart/alternative; boundary=\"");
        assertThat(body.toString("US-ASCII"))
                .contains("Content-Type: text/plain; charset=UTF-8")
                .contains("Content-Type: text/html; charset=UTF-8");
    }

    @Test
    void theNextMailLeavesNothingOfTheOneBefore() {
        TestMessage message = claimed("reader@example.com", ORDER).through(mediator());
        message.result(
                        "bookstore.result",
                        row(
                                "18",
                                "",
                                "summary",
                                "{\"date\":\"2026-11-21\",\"ordersPlaced\":0,\"ordersCompleted\":0,\"ordersCancelled\":0,"
                                        + "\"revenue\":0.00,\"discount\":0.00,\"currency\":\"USD\",\"bestSellers\":[],\"lowStock\":[]}",
                                ""))
                .through(mediator());

        assertThat(message.text("bookstore.mailTo")).isEqualTo("mailto:boss@books.com,desk@books.com");
        assertThat(message.text("bookstore.correlationId")).isEmpty();
        assertThat(message.synapse().getEnvelope().getBody().getFirstElement().getNextOMSibling())
                .isNull();
        assertThat(message.synapse().getAxis2MessageContext().getOptions().getProperty("transport.mail.custom.headers"))
                .isEqualTo(Map.of(
                        "Message-ID", "<id-18@books.com>", "Auto-Submitted", "auto-generated", "SOAPAction", ""));
    }

    @Test
    void noMailIsDue() {
        TestMessage message =
                message().result("bookstore.result", "<ClaimedMail/>").through(mediator());
        assertThat(message.text("bookstore.mailId")).isEmpty();
    }

    @Test
    void aMailThatCannotBeSentIsKnownByItsNumber() {
        TestMessage message = claimed("nobody", ORDER);
        assertThatThrownBy(() -> message.through(mediator()))
                .isInstanceOf(SynapseException.class)
                .hasCauseInstanceOf(UnsendableMailException.class);
        assertThat(message.text("bookstore.mailId")).isEqualTo("17");
    }

    @Test
    void addressesThatAreNoneAreRefusedAtDeployment() {
        MailMediator mediator = new MailMediator();
        mediator.setFrom("shop@books.com");
        assertThatThrownBy(() -> mediator.setAdministrators("boss")).isInstanceOf(SynapseException.class);
    }

    @Test
    void aMailServerThatIsAwayHoldsUpAllMails() {
        TestMessage message = failed(new javax.mail.MessagingException(
                "Could not connect to SMTP host: smtp.example.com, port: 25",
                new ConnectException("Connection refused")));
        assertThat(message.text("bookstore.goOn")).isEqualTo("false");
        assertThat(message.text("bookstore.permanent")).isEqualTo("0");
        assertThat(message.text("bookstore.mailError"))
                .contains("Could not connect to SMTP host: smtp.example.com, port: 25", "Connection refused");
    }

    /** The same message elsewhere than below a failure of the mail transport might quote anything. */
    @Test
    void whyAConnectionToTheMailServerFailedIsSaid() {
        assertThat(failed(new javax.mail.MessagingException(
                                "Could not convert socket to TLS",
                                new java.io.IOException("Can't verify identity of server: smtp")))
                        .text("bookstore.mailError"))
                .contains("Can't verify identity of server: smtp");
        assertThat(failed(new java.io.IOException("secret")).text("bookstore.mailError"))
                .doesNotContain("secret");
    }

    @Test
    void aRefusedRecipientDelaysNoOthers() {
        TestMessage message = failed(new javax.mail.SendFailedException(
                "Invalid Addresses",
                new javax.mail.MessagingException("550 5.1.1 <reader@example.com>: no such\r\nuser")));
        assertThat(message.text("bookstore.goOn")).isEqualTo("true");
        assertThat(message.text("bookstore.permanent")).isEqualTo("0");
        assertThat(message.text("bookstore.mailError"))
                .contains("550 5.1.1 <(address)>: no such user")
                .doesNotContain("reader@");
    }

    @Test
    void aMailThatTheMailServerHasTakenIsReportedAsSentWhateverFailedAfterwards() {
        TestMessage message = message()
                .property("bookstore.mailId", "17")
                .property("bookstore.mailAccepted", "true")
                .property("bookstore.maxAttempts", "30")
                .property("ERROR_EXCEPTION", new SQLException("x", "08S01", 1053))
                .through(mailFailure());
        assertThat(message.text("bookstore.report")).isEqualTo("sent");
    }

    /** Geronimo's javax.mail calls that a refused email too. The next would wait just as long. */
    @Test
    void aMailServerThatCannotBeReachedOrRefusesTheSignInIsNotTheEmailsFault() {
        assertThat(failed(new javax.mail.SendFailedException(
                                "Send failure",
                                new javax.mail.MessagingException(
                                        "Couldn't connect to host",
                                        new java.net.ConnectException("Connection refused"))))
                        .text("bookstore.goOn"))
                .isEqualTo("false");
        assertThat(failed(new javax.mail.SendFailedException(
                                "Send failure", new javax.mail.AuthenticationFailedException("535 no")))
                        .text("bookstore.goOn"))
                .isEqualTo("false");
        assertThat(failed(new java.io.IOException("x")).text("bookstore.goOn")).isEqualTo("false");
    }

    @Test
    void withoutAMailThereIsNothingToReport() {
        TestMessage message = message()
                .property("bookstore.mailId", "")
                .property("ERROR_EXCEPTION", new SQLException("x", "08S01", 1053))
                .through(mailFailure());
        assertThat(message.text("bookstore.report")).isEqualTo("nothing");
        assertThat(message.get("ERROR_EXCEPTION")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.1.1 <reader@example.com>: no such user",
                "550 unknown",
                "551 not here",
                "553-5.1.3 bad\r\n553 name",
                "550 5.4.1 nobody"
            })
    void aRecipientWhomTheMailServerWillNeverTakeIsTriedAFewTimesOnly(String reply) {
        TestMessage message = failed(new javax.mail.SendFailedException("Invalid Addresses", refusal(reply)));
        assertThat(message.text("bookstore.mailAttempts")).isEqualTo("5");
        assertThat(message.text("bookstore.permanent")).isEqualTo("0");
        assertThat(message.text("bookstore.goOn")).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "450 4.2.1 greylisted",
                "451 later",
                "452 full",
                "552 5.2.2 full",
                "550 5.2.2 full",
                "550 5.7.1 your address is on a list",
                "554 5.7.1 relay access denied",
                "503 first MAIL"
            })
    void aRecipientWhoMayBeTakenLaterIsTriedAsOftenAsAnyMail(String reply) {
        assertThat(failed(new javax.mail.SendFailedException("Invalid Addresses", refusal(reply)))
                        .text("bookstore.mailAttempts"))
                .isEqualTo("30");
    }

    @Test
    void aRefusalOfSenderOrContentIsNotOneOfTheRecipient() {
        assertThat(failed(new javax.mail.SendFailedException("550 5.1.8 sender refused"))
                        .text("bookstore.mailAttempts"))
                .isEqualTo("30");
    }

    @Test
    void aRefusedRecipientIsNeverTriedMoreOftenThanOthers() {
        TestMessage message = message()
                .property("bookstore.mailId", "17")
                .property("bookstore.maxAttempts", "3")
                .property("ERROR_EXCEPTION", refusal("550 x"))
                .through(mailFailure());
        assertThat(message.text("bookstore.mailAttempts")).isEqualTo("3");
    }

    @Test
    void aMailThatCanNeverBeSentIsGivenUp() {
        TestMessage message = failed(
                new SynapseException("x", new UnsendableMailException("There is no template for this kind of email")));
        assertThat(message.text("bookstore.goOn")).isEqualTo("true");
        assertThat(message.text("bookstore.permanent")).isEqualTo("1");
        assertThat(message.text("bookstore.mailError")).contains("There is no template");
    }

    @Test
    void sqlIsNotRepeated() {
        TestMessage message = failed(new SQLException("INSERT secret", "08S01", 1053));
        assertThat(message.text("bookstore.goOn")).isEqualTo("false");
        assertThat(message.text("bookstore.mailError")).contains("08S01").doesNotContain("secret");
    }

    @Test
    void summariesAreDueByTheCronExpression() {
        SummaryDueMediator due =
                new SummaryDueMediator(Clock.fixed(Instant.parse("2026-11-22T06:00:00Z"), ZoneOffset.UTC));
        due.setCron("0 0 6 * * ?");
        assertThat(message().through(due).text("bookstore.date")).isEqualTo("2026-11-21");
        due.setCron("0 0 6 * * ? 2020");
        assertThat(message().through(due).text("bookstore.date")).isEmpty();
        assertThatThrownBy(() -> due.setCron("daily")).isInstanceOf(SynapseException.class);
    }

    @Test
    void aRehearsalTakesPlaceAtAnotherTime() {
        SummaryDueMediator due =
                new SummaryDueMediator(Clock.fixed(Instant.parse("2026-11-22T06:00:00Z"), ZoneOffset.UTC));
        due.setClockOffset("PT-1S");
        due.setCron("0 0 6 * * ?");
        assertThat(message().through(due).text("bookstore.date")).isEqualTo("2026-11-20");
        due.setClockOffset("P2D");
        assertThat(message().through(due).text("bookstore.date")).isEqualTo("2026-11-23");
        assertThatThrownBy(() -> due.setClockOffset("yesterday")).isInstanceOf(SynapseException.class);
    }

    @Test
    void whatWasPreparedReplacesKindAndDocumentAndIsForgotten() {
        TestMessage message = claimed("jane@books.com", "{}")
                .property("bookstore.mailTemplate", "registration_waiting")
                .property(
                        "bookstore.mailDocument",
                        RegistrationDocuments.email("https://books.test", "https://books.test", null))
                .through(mediator());

        assertThat(message.text("bookstore.mailTo")).isEqualTo("mailto:jane@books.com");
        assertThat(message.text("bookstore.mailDocument")).isEmpty();
        assertThat(message.responseHeaders()).containsEntry("Subject", "Your registration at books.com is waiting");
    }

    private static TestMessage failed(Throwable failure) {
        return message()
                .property("bookstore.mailId", "17")
                .property("bookstore.maxAttempts", "30")
                .property("ERROR_CODE", 401002)
                .property("ERROR_EXCEPTION", new SynapseException("Error generating mail message", failure))
                .through(mailFailure());
    }

    private static MailFailureMediator mailFailure() {
        MailFailureMediator mediator = new MailFailureMediator();
        mediator.setRefusedAttempts("5");
        return mediator;
    }

    private static Exception refusal(String reply) {
        return new SMTPAddressFailedException(
                new InternetAddress(), "RCPT TO:<reader@example.com>", Integer.parseInt(reply.substring(0, 3)), reply);
    }

    private static MailMediator mediator() {
        MailMediator mediator = new MailMediator();
        mediator.setFrom("shop@books.com");
        mediator.setAdministrators("boss@books.com, desk@books.com");
        return mediator;
    }

    private static TestMessage claimed(String recipients, String document) {
        return message().result("bookstore.result", row("17", recipients, "order_placed", document, "request-1"));
    }

    private static String row(String id, String recipients, String kind, String document, String correlationId) {
        return "<ClaimedMail><Row><mailId>" + id + "</mailId><kind>" + kind + "</kind><recipients>" + recipients
                + "</recipients><messageId>id-" + id + "@books.com</messageId><correlationId>" + correlationId
                + "</correlationId><document>" + document + "</document></Row></ClaimedMail>";
    }

    /** As a task injects it: an envelope with the task's message. */
    private static TestMessage message() {
        TestMessage message = new TestMessage();
        SOAPEnvelope envelope = OMAbstractFactory.getSOAP12Factory().getDefaultEnvelope();
        envelope.getBody().addChild(OMAbstractFactory.getOMFactory().createOMElement("run", null));
        try {
            message.synapse().setEnvelope(envelope);
        } catch (org.apache.axis2.AxisFault e) {
            throw new AssertionError(e);
        }
        return message;
    }
}
