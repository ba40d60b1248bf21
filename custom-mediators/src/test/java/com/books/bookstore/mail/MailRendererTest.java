package com.books.bookstore.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.json.Json;
import com.books.bookstore.json.RegistrationDocuments;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailRendererTest {

    private static final String SUMMARY =
            "{\"date\":\"2026-11-21\",\"ordersPlaced\":3,\"ordersCompleted\":2,\"ordersCancelled\":1,\"revenue\":1064.20,"
                    + "\"discount\":8.15,\"currency\":\"USD\",\"bestSellers\":[{\"bookId\":1,\"title\":\"1984\",\"quantity\":5,\"revenue\":42.70}],"
                    + "\"lowStock\":[{\"bookId\":3,\"title\":\"Emma\",\"stockQuantity\":2}]}";

    private final MailRenderer renderer =
            new MailRenderer("shop@books.com", "boss@books.com, desk@books.com", "https://books.test");

    @Test
    void aPlacedOrderIsToldWithLinesTotalsAndStatusInBothParts() {
        Mail mail = order("order_placed", "1984");

        assertThat(mail.subject()).isEqualTo("Your order 17 at books.com");
        assertThat(mail.from()).isEqualTo("shop@books.com");
        assertThat(mail.to()).containsExactly("reader@example.com");
        for (String part : List.of(mail.body().text(), mail.body().html())) {
            assertThat(part)
                    .contains(
                            "Order 17",
                            "22 November 2026, 20:01 UTC",
                            "pending",
                            "1984",
                            "5",
                            "9.99 USD",
                            "7.25 USD",
                            "42.70 USD",
                            "1,049.95 USD",
                            "0.00 USD",
                            "WELCOME10");
        }
        assertThat(mail.body().text()).doesNotContain("<").doesNotContain("{{").doesNotContain("Subject:");
        assertThat(mail.body().html())
                .startsWith("<!DOCTYPE html>")
                .endsWith("</html>\n")
                .doesNotContain("{{");
    }

    private Mail written(String subject, String text, String html) {
        return renderer.render(new OutboxMail(
                "registration_approved",
                "jane@example.com",
                "8f3e-17@books.com",
                "request-1",
                new RegistrationEmail(subject, text, html).json()));
    }

    @Test
    void anEmailOfTheIdentityServerIsSentAsItWasWritten() {
        Mail mail = written("Welcome", "Dear J\u00e4ne,\n", "<p>Dear J\u00e4ne</p>\n");

        assertThat(mail.from()).isEqualTo("shop@books.com");
        assertThat(mail.to()).containsExactly("jane@example.com");
        assertThat(mail.subject()).isEqualTo("Welcome");
        assertThat(mail.body().text()).isEqualTo("Dear J\u00e4ne,\n");
        assertThat(mail.body().html()).isEqualTo("<p>Dear J\u00e4ne</p>\n");
        assertThat(mail.headers()).containsEntry("Message-ID", "<8f3e-17@books.com>");
        assertThat(new String(written("s", "", "<p></p>").body().bytes(), StandardCharsets.US_ASCII))
                .doesNotContain("text/plain")
                .contains("text/html");
    }

    @Property
    void aSubjectInAnyLanguageIsAsciiOnTheWayAndTheSameAfterIt(@ForAll @StringLength(min = 1, max = 200) String any)
            throws Exception {
        String subject = any.codePoints()
                .filter(c -> !Character.isISOControl(c) && !Character.isSurrogate((char) c) || c > 0xffff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .append("\u00e9")
                .toString();

        String encoded = written(subject, "t", "h").subject();

        assertThat(encoded).matches("[\\x21-\\x7e ]+");
        assertThat(encoded.split(" ")).allMatch(word -> word.length() <= 75);
        assertThat(decoded(encoded)).isEqualTo(subject);
    }

    /** RFC 2047: blanks between encoded words are none. */
    private static String decoded(String words) {
        return Arrays.stream(words.split(" "))
                .map(word -> new String(
                        Base64.getDecoder().decode(word.substring("=?UTF-8?B?".length(), word.length() - 2)),
                        StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    @Test
    void anOrderSaysWhereItIsDelivered() {
        String document = orderDocument("1984")
                .replaceFirst(
                        "\\{",
                        "{\"deliveryAddress\":{\"name\":\"Jane <R>\",\"lines\":[\"1 Main Street\",\"Flat 2\"],\"postalCode\":\"80331\","
                                + "\"city\":\"Munich\",\"country\":\"DE\"},");
        Mail mail = renderer.render(
                new OutboxMail("order_placed", "reader@example.com", "8f3e-17@books.com", "request-1", document));

        assertThat(mail.body().text())
                .contains("\n\nDelivery to:\n  Jane <R>\n  1 Main Street\n  Flat 2\n  80331 Munich\n  Germany\n\n");
        assertThat(mail.body().html()).contains("Jane &lt;R&gt;<br>1 Main Street<br>Flat 2<br>80331 Munich<br>Germany");
        assertThat(order("order_placed", "1984").body().text()).doesNotContain("Delivery");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "order_placed|Your order 17 at books.com|Thank you",
                "order_completed|Your order 17 at books.com is completed|Your order is completed",
                "order_cancelled|Your order 17 at books.com is cancelled|Your order is cancelled",
                "order_returned|The return of your order 17 at books.com|We have received the books of your order"
            })
    void everyStepHasItsOwnWords(String kind, String subject, String words) {
        Mail mail = order(kind, "1984");
        assertThat(mail.subject()).isEqualTo(subject);
        assertThat(mail.body().text()).startsWith(words);
        assertThat(mail.body().html()).contains(words);
        assertThat(mail.body().text()).doesNotContain("not paid in time");
    }

    @Test
    void anOrderThatWasNotPaidSaysWhyItIsCancelled() {
        String document = orderDocument("1984").replaceFirst("\\{", "{\"unpaid\":true,");
        Mail mail = renderer.render(
                new OutboxMail("order_cancelled", "reader@example.com", "8f3e-17@books.com", "request-1", document));

        assertThat(mail.body().text())
                .contains("You will not be charged.\nWe cancelled it because it was not paid in time.");
        assertThat(mail.body().html()).contains("not paid in time");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "registration_confirm|Confirm your email address at books.com|23 November 2026, 20:00 UTC",
                "registration_waiting|Your registration at books.com is waiting|already waiting"
            })
    void aRegistrationEmailHasTheLinkAsItIs(String kind, String subject, String words) {
        String link = "https://books.test/register/confirm#token=eyJ.-_.x";
        Mail mail = renderer.render(new OutboxMail(
                kind,
                "jane@books.com",
                "id@books.com",
                "",
                RegistrationDocuments.email("https://books.test", link, Instant.parse("2026-11-23T20:00:00Z"))));

        assertThat(mail.subject()).isEqualTo(subject);
        assertThat(mail.to()).containsExactly("jane@books.com");
        assertThat(mail.body().text().lines()).contains(link);
        assertThat(mail.body().text()).contains(words);
        // Mustache escapes = in attributes; browsers read it back.
        assertThat(mail.body().html().replace("&#x3D;", "=")).contains("href=\"" + link + "\"", words);
    }

    @Test
    void ordersAndSummariesLinkToTheirPages() {
        Mail order = order("order_completed", "1984");
        Mail summary = renderer.render(new OutboxMail("summary", "", "id@books.com", "", SUMMARY));

        assertThat(order.body().text()).contains("\n\nSee this order: https://books.test/orders/17\n");
        assertThat(order.body().html()).contains("href=\"https://books.test/orders/17\"");
        assertThat(summary.body().text()).contains("\n\nDashboard: https://books.test/dashboard\n");
        assertThat(summary.body().html()).contains("href=\"https://books.test/dashboard\"");
    }

    @Test
    void withoutTheStorefrontsAddressThereAreNoLinks() {
        Mail mail = new MailRenderer("shop@books.com", "boss@books.com", "")
                .render(new OutboxMail("summary", "", "id@books.com", "", SUMMARY));

        assertThat(mail.body().text()).doesNotContain("Dashboard");
        assertThat(mail.body().html()).doesNotContain("href");
    }

    @Test
    void theSummaryGoesToTheAdministrators() {
        Mail mail = renderer.render(new OutboxMail("summary", "", "id@books.com", "", SUMMARY));

        assertThat(mail.to()).containsExactly("boss@books.com", "desk@books.com");
        assertThat(mail.subject()).isEqualTo("books.com on 2026-11-21: 3 orders placed, 2 completed");
        for (String part : List.of(mail.body().text(), mail.body().html())) {
            assertThat(part)
                    .contains("Saturday, 21 November 2026", "1,064.20 USD", "8.15 USD", "1984", "42.70 USD", "Emma");
        }
        assertThat(mail.headers()).doesNotContainKey("X-Correlation-ID");
    }

    @Test
    void aDayWithoutAnythingIsToldToo() {
        String nothing =
                "{\"date\":\"2026-11-21\",\"ordersPlaced\":0,\"ordersCompleted\":0,\"ordersCancelled\":0,\"revenue\":0.00,\"discount\":0.00,"
                        + "\"currency\":\"EUR\",\"bestSellers\":[],\"lowStock\":[]}";
        Mail mail = renderer.render(new OutboxMail("summary", "", "id@books.com", "", nothing));
        assertThat(mail.body().text()).contains("0.00 EUR", "none");
        assertThat(mail.body().html()).contains("<p>none</p>");
    }

    @Test
    void headersNameTheMailAndTheRequest() {
        assertThat(order("order_placed", "1984").headers())
                .containsEntry("Message-ID", "<8f3e-17@books.com>")
                .containsEntry("X-Correlation-ID", "request-1")
                .containsEntry("Auto-Submitted", "auto-generated")
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil\r\nBcc: all@example.com", "evil\nX: y", "a b", "é", "<script>"})
    void aCorrelationIdThatIsNoneIsLeftOut(String correlationId) {
        Mail mail = renderer.render(new OutboxMail(
                "order_placed", "reader@example.com", "id@books.com", correlationId, orderDocument("x")));
        assertThat(mail.headers()).doesNotContainKey("X-Correlation-ID");
    }

    @Test
    void userTextIsEscapedInHtmlAndStaysAsItIsInText() {
        Mail mail = order("order_placed", "<script>alert('x')</script> & \"more\" {{orderId}}");
        assertThat(mail.body().html())
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot; {{orderId}}")
                .doesNotContain("<script");
        assertThat(mail.body().text()).contains("<script>alert('x')</script> & \"more\" {{orderId}}");
    }

    @Test
    void aTitleCannotPassForALineOfTheMailNorTurnItAround() {
        Mail mail = order("order_placed", "Emma\r\n\r\nTotal 0.00 USD\u2028Pay to\u202Eevil");
        assertThat(mail.body().text().lines()).anyMatch(line -> line.contains("Emma Total 0.00 USD Pay to evil"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "reader",
                "reader@",
                "@example.com",
                "a@b.c\r\nBcc: x@y.z",
                "a@b.c\nX: y",
                "a b@c.d",
                "\"a@b.c,d\"@e.f",
                "<a@b.c>",
                "a@b.c;d@e.f",
                "a@b.c,",
                "Reader <a@b.c>",
                "ü@example.com",
                "a@exämple.com",
                "a@-b.c",
                "a@b.c ,\t,d@e.f"
            })
    void whatIsNoPlainAddressGetsNoMail(String recipients) {
        if (recipients.isEmpty()) {
            assertThatThrownBy(() -> new MailRenderer("shop@books.com", recipients, ""))
                    .isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThatThrownBy(() -> renderer.render(
                            new OutboxMail("order_placed", recipients, "id@books.com", "", orderDocument("x"))))
                    .isInstanceOf(UnsendableMailException.class)
                    .hasMessageNotContaining(recipients);
        }
    }

    @Test
    void thereIsOneSender() {
        assertThatThrownBy(() -> new MailRenderer("a@books.com,b@books.com", "c@books.com", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MailRenderer("a@books.com\r\nBcc: b@books.com", "c@books.com", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no at", "a@b\r\nX: y", "<a@b>", "a@b@c"})
    void aMessageIdIsHeldToItsForm(String messageId) {
        assertThatThrownBy(() ->
                        renderer.render(new OutboxMail("order_placed", "a@b.c", messageId, "", orderDocument("x"))))
                .isInstanceOf(UnsendableMailException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "not json", "[]", "{\"orderId\":17}"})
    void whatCannotBeToldIsNotSent(String document) {
        assertThatThrownBy(() -> renderer.render(new OutboxMail("order_placed", "a@b.c", "id@books.com", "", document)))
                .isInstanceOf(UnsendableMailException.class);
    }

    @Test
    void anUnknownKindIsNotSent() {
        assertThatThrownBy(() ->
                        renderer.render(new OutboxMail("../secret", "a@b.c", "id@books.com", "", orderDocument("x"))))
                .isInstanceOf(UnsendableMailException.class);
    }

    @Test
    void whatOldOrdersDoNotKnowIsADash() {
        String old = orderDocument("x")
                .replace(
                        "\"unitPrice\":9.99,\"discount\":7.25,\"lineTotal\":42.70",
                        "\"unitPrice\":null,\"discount\":null,\"lineTotal\":null")
                .replace("\"WELCOME10\"", "null");
        Mail mail = renderer.render(new OutboxMail("order_completed", "a@b.c", "id@books.com", "", old));
        assertThat(mail.body().text()).contains("- each: -").doesNotContain("code");
    }

    @Property(tries = 200)
    void noTitleBreaksALineOrOpensATag(@ForAll @StringLength(max = 60) String title) {
        Mail mail = order("order_placed", title);
        Mail plain = order("order_placed", "x");
        assertThat(mail.body().text().lines().count())
                .isEqualTo(plain.body().text().lines().count());
        assertThat(mail.body().html().chars().filter(c -> c == '<').count())
                .isEqualTo(plain.body().html().chars().filter(c -> c == '<').count());
        assertThat(mail.subject()).isEqualTo(plain.subject());
    }

    @Property(tries = 200)
    void theBodyIsAsciiInShortLinesAndSaysWhatTheMailSays(@ForAll @StringLength(max = 60) String title) {
        MultipartBody body = order("order_placed", title).body();
        String whole = new String(body.bytes(), StandardCharsets.US_ASCII);
        assertThat(whole.split("\r\n"))
                .allMatch(line -> line.length() <= 100)
                .allMatch(line -> line.chars().allMatch(c -> c >= 32 && c < 127));
        String boundary = body.contentType().replaceAll(".*boundary=\"(.*)\"", "$1");
        List<String> parts = Arrays.stream(whole.split("--" + boundary + "(--)?\r\n"))
                .filter(part -> !part.isEmpty())
                .map(part -> new String(
                        Base64.getMimeDecoder().decode(part.split("\r\n\r\n", 2)[1]), StandardCharsets.UTF_8))
                .collect(Collectors.toList());
        // What cannot be said in UTF-8, half of a pair, is a question mark.
        assertThat(parts).containsExactly(utf8(body.text()), utf8(body.html()));
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private Mail order(String kind, String title) {
        return renderer.render(
                new OutboxMail(kind, "reader@example.com", "8f3e-17@books.com", "request-1", orderDocument(title)));
    }

    private static String orderDocument(String title) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("orderId", 17);
            json.writeStringField("status", "pending");
            json.writeStringField("userEmail", "reader@example.com");
            json.writeStringField("orderDate", "2026-11-22T20:01:41Z");
            json.writeStringField("currency", "USD");
            json.writeFieldName("items");
            json.writeStartArray();
            json.writeStartObject();
            json.writeNumberField("bookId", 1);
            json.writeFieldName("title");
            json.writeString(title);
            json.writeNumberField("quantity", 5);
            json.writeNumberField("unitPrice", new java.math.BigDecimal("9.99"));
            json.writeNumberField("discount", new java.math.BigDecimal("7.25"));
            json.writeNumberField("lineTotal", new java.math.BigDecimal("42.70"));
            json.writeEndObject();
            json.writeEndArray();
            json.writeNumberField("subtotal", new java.math.BigDecimal("1049.95"));
            json.writeNumberField("discountTotal", new java.math.BigDecimal("7.25"));
            json.writeNumberField("taxTotal", new java.math.BigDecimal("0.00"));
            json.writeNumberField("totalAmount", new java.math.BigDecimal("1042.70"));
            json.writeStringField("promoCode", "WELCOME10");
            json.writeEndObject();
        });
    }
}
