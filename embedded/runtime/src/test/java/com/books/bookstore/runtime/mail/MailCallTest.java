package com.books.bookstore.runtime.mail;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.runtime.EmbeddedRuntime;
import com.books.bookstore.runtime.artifact.DeploymentException;
import com.books.bookstore.runtime.mediators.HtmlMailMediator;
import com.books.bookstore.runtime.support.HttpApi;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.nio.file.Path;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocking calls to email addresses, against a real SMTP server. */
@Tag("slow")
class MailCallTest {

    private static final String OUT_ONLY = "<property name=\"OUT_ONLY\" value=\"true\"/>";
    private static final String TEXT =
            "<payloadFactory media-type=\"text\"><format>Dear reader: \u00fcber</format><args/></payloadFactory>";
    private static final String HEADERS =
            "<header name=\"Subject\" scope=\"transport\" value=\"Your order: \u00fcber\"/>"
                    + "<header name=\"From\" scope=\"transport\" value=\"shop@books.com\"/><header name=\"Cc\" scope=\"transport\" value=\"cc@example.com\"/>"
                    + "<property name=\"X-Ignored\" value=\"x\" scope=\"transport\"/>";
    private static final String TO_HEADER = "<property name=\"receiver\" value=\"mailto:reader@example.com\"/>"
            + "<property name=\"REST_URL_POSTFIX\" scope=\"axis2\" action=\"remove\"/><header name=\"To\" expression=\"$ctx:receiver\"/>";
    private static final String DEFAULT_ENDPOINT =
            "<endpoint><default><suspendOnFailure><errorCodes>-1</errorCodes></suspendOnFailure>"
                    + "</default></endpoint>";
    private static final String CALL =
            "<call blocking=\"true\" initAxis2ClientOptions=\"false\">" + DEFAULT_ENDPOINT + "</call>";
    private static final String REPORT = "<payloadFactory media-type=\"text\"><format>$1|$2|$3</format><args>"
            + "<arg expression=\"$ctx:ERROR_CODE\"/><arg expression=\"$ctx:ERROR_MESSAGE\"/><arg expression=\"get-property('blocking.sender.error')\"/></args>"
            + "</payloadFactory><property name=\"HTTP_SC\" value=\"200\" scope=\"axis2\"/><respond/>";

    @TempDir
    private Path directory;

    private final GreenMail smtp =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());

    @BeforeEach
    void startSmtp() {
        smtp.start();
    }

    @AfterEach
    void stopSmtp() {
        smtp.stop();
    }

    private String post(String mediators) throws Exception {
        return post(mediators, smtp.getSmtp().getPort());
    }

    private String post(String mediators, int port) throws Exception {
        Path mails = car("mails")
                .mediators("mediators", HtmlMailMediator.class)
                .api(
                        "MailAPI",
                        "/mail",
                        "<resource methods=\"POST\"><inSequence>" + mediators + REPORT + "</inSequence><faultSequence>"
                                + "<property name=\"failed\" value=\"yes\"/>" + REPORT + "</faultSequence></resource>")
                .writeTo(directory);
        try (EmbeddedRuntime runtime = EmbeddedRuntime.builder()
                .car(mails)
                .systemProperty("POST_HOST", port == 0 ? "" : "127.0.0.1")
                .systemProperty("POST_PORT", Integer.toString(port))
                .smtp(() -> SmtpSettings.of("POST_", "configured@books.com"))
                .start()) {
            return new HttpApi(runtime.baseUri()).postJson("/mail", "{}").body();
        }
    }

    @Test
    void aTextGoesToTheAddressInToWithTheHeadersThatTheTransportKnows() throws Exception {
        assertThat(post(TEXT + HEADERS + OUT_ONLY + TO_HEADER + CALL)).isEqualTo("||false");

        assertThat(smtp.getReceivedMessages()).hasSize(2);
        MimeMessage mail = smtp.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Your order: \u00fcber");
        assertThat(mail.getFrom()[0]).hasToString("shop@books.com");
        assertThat(mail.getHeader("Reply-To")).containsExactly("shop@books.com");
        assertThat(mail.getHeader("To")).containsExactly("reader@example.com");
        assertThat(mail.getHeader("Cc")).containsExactly("cc@example.com");
        assertThat(mail.getHeader("X-Ignored")).isNull();
        assertThat(mail.getContentType()).startsWithIgnoringCase("text/plain").containsIgnoringCase("charset=utf-8");
        assertThat(mail.getContent().toString().strip()).isEqualTo("Dear reader: \u00fcber");
    }

    @Test
    void aMailInTwoFormatsKeepsItsMessageIdAndItsOwnHeaders() throws Exception {
        assertThat(post("<class name=\"" + HtmlMailMediator.class.getName() + "\"/>" + HEADERS + OUT_ONLY + TO_HEADER
                        + CALL))
                .isEqualTo("||false");

        MimeMessage mail = smtp.getReceivedMessages()[0];
        assertThat(mail.getMessageID()).isEqualTo("<mail-42@books.com>");
        assertThat(mail.getHeader("Reply-To")).containsExactly("desk@books.com");
        assertThat(mail.getHeader("X-Correlation-ID")).containsExactly("c-1");
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString().strip()).isEqualTo("Gr\u00fc\u00dfe");
        assertThat(parts.getBodyPart(1).getContent().toString().strip()).isEqualTo("<p>Gr\u00fc\u00dfe</p>");
    }

    /** Synapse 3.0.1 took such a body for an HTTP request that was not read yet. */
    @Test
    void aMailMayBeSentFromDeepInsideAFlow() throws Exception {
        String nested = "<class name=\"" + HtmlMailMediator.class.getName() + "\"/>" + OUT_ONLY
                + "<filter source=\"$ctx:OUT_ONLY\" regex=\"true\"><then>"
                + "<switch source=\"$ctx:OUT_ONLY\"><case regex=\"false\"><drop/></case><default><filter source=\"$ctx:OUT_ONLY\" regex=\"false\"><then><drop/></then>"
                + "<else>" + HEADERS + TO_HEADER + CALL + "<log/></else></filter></default></switch></then></filter>";
        assertThat(post(nested)).isEqualTo("||false");

        assertThat(smtp.getReceivedMessages()[0].getMessageID()).isEqualTo("<mail-42@books.com>");
    }

    @Test
    void withoutTheMessagesOptionsItsOwnHeadersAreLost() throws Exception {
        post("<class name=\"" + HtmlMailMediator.class.getName() + "\"/>" + OUT_ONLY + TO_HEADER
                + "<call blocking=\"true\">" + DEFAULT_ENDPOINT + "</call>");

        assertThat(smtp.getReceivedMessages()[0].getMessageID()).isNotEqualTo("<mail-42@books.com>");
        assertThat(smtp.getReceivedMessages()[0].getHeader("X-Correlation-ID")).isNull();
    }

    @Test
    void anEndpointMayNameTheAddressAndTheConfigurationTheSender() throws Exception {
        assertThat(
                        post(
                                TEXT + OUT_ONLY + "<property name=\"name\" value=\"reader\"/>"
                                        + "<call blocking=\"true\"><endpoint><address uri=\"mailto:${name}@example.com,other@example.com\"/></endpoint></call>"))
                .isEqualTo("||false");

        assertThat(smtp.getReceivedMessages()).hasSize(2);
        MimeMessage mail = smtp.getReceivedMessages()[0];
        assertThat(mail.getFrom()[0]).hasToString("configured@books.com");
        assertThat(mail.getHeader("To")).containsExactly("reader@example.com, other@example.com");
    }

    @Test
    void whatTheServerDoesNotTakeGoesToTheFaultSequence() throws Exception {
        int closed = smtp.getSmtp().getPort();
        smtp.stop();

        assertThat(post(TEXT + OUT_ONLY + TO_HEADER + CALL, closed))
                .isEqualTo("401002|Error generating mail message|true");
    }

    @Test
    void aMailThatExpectsAnAnswerIsSentAndFails() throws Exception {
        assertThat(post(TEXT + TO_HEADER + CALL)).startsWith("401002|").endsWith("|true");

        assertThat(smtp.getReceivedMessages()).hasSize(1);
    }

    @Test
    void withoutASmtpServerThereIsNoTransport() throws Exception {
        assertThat(post(TEXT + OUT_ONLY + TO_HEADER + CALL, 0))
                .startsWith("401002|Cannot infer transport information")
                .endsWith("|true");
    }

    @Test
    void anInvalidAddressFails() throws Exception {
        assertThat(post(TEXT + OUT_ONLY + TO_HEADER.replace("reader@example.com", "a b@@c") + CALL))
                .startsWith("401002|Invalid target address");
    }

    @Test
    void afterAFailureTheFaultSequenceCanGoOnWithTheNextMail() throws Exception {
        Path mails = car("loop")
                .sequence(
                        "SendMails",
                        "onError=\"MailFailed\"",
                        TEXT + OUT_ONLY
                                + "<switch source=\"$ctx:next\"><case regex=\"\"><property name=\"receiver\" value=\"mailto:a b@@c\"/></case>"
                                + "<default><property name=\"receiver\" value=\"mailto:reader@example.com\"/></default></switch>"
                                + "<header name=\"To\" expression=\"$ctx:receiver\"/>" + CALL)
                .sequence("MailFailed", "<property name=\"next\" value=\"second\"/><sequence key=\"SendMails\"/>")
                .xml(
                        "MailTask",
                        "synapse/task",
                        "<task name=\"MailTask\" class=\"org.apache.synapse.startup.tasks.MessageInjector\">"
                                + "<trigger once=\"true\"/><property name=\"injectTo\" value=\"sequence\"/>"
                                + "<property name=\"sequenceName\" value=\"SendMails\"/></task>")
                .writeTo(directory);
        try (EmbeddedRuntime runtime = EmbeddedRuntime.builder()
                .car(mails)
                .smtp(SmtpSettings.withoutSignIn(
                        "127.0.0.1", smtp.getSmtp().getPort(), "POST_", "configured@books.com"))
                .start()) {
            assertThat(runtime.port()).isPositive();
            assertThat(smtp.waitForIncomingEmail(30_000, 1)).isTrue();
        }
        assertThat(smtp.getReceivedMessages()).hasSize(1);
    }

    @Test
    void onlyToIsSetWithoutTheTransportScope() {
        assertThatThrownBy(() -> post("<header name=\"Action\" value=\"x\"/>"))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("<header name=\"Action\"> without scope=\"transport\" is not supported");
    }
}
