package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.identity.kernel.KernelOptions.Emails;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class KernelConfigurationTest {

    @TempDir
    private Path home;

    private Map<String, String> written(Emails emails) throws Exception {
        Files.createDirectories(home.resolve("repository/conf/identity"));
        Secrets secrets = Secrets.of(home, null);
        KernelConfiguration.write(KernelOptions.of(home, home, 1, 2).withEmails(emails), secrets);
        NodeList properties = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(home.resolve("repository/conf/identity/identity.xml").toFile())
                .getElementsByTagName("Property");
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < properties.getLength(); i++) {
            found.put(
                    ((Element) properties.item(i)).getAttribute("name"),
                    properties.item(i).getTextContent());
        }
        return found;
    }

    @Test
    void emailsGoToTheShopThatTheOptionsName() throws Exception {
        Emails emails = new Emails(
                "http://localhost:8290",
                "http://127.0.0.1:9764/oauth2/token",
                "s<e>cret & \"more\"",
                "https://shop.example");

        assertThat(written(emails))
                .containsEntry("mail_channel", "shop")
                .containsEntry("shop_api_url", "http://localhost:8290")
                .containsEntry("shop_token_url", "http://127.0.0.1:9764/oauth2/token")
                .containsEntry("shop_client_secret", "s<e>cret & \"more\"")
                .containsEntry("shop_url", "https://shop.example");
        assertThat(emails.toString()).doesNotContain("cret");
    }

    /** The launcher's language must not change what the server reads: Arabic digits are no port. */
    @Test
    void numbersAreWrittenInLatinDigitsInEveryLanguage() throws Exception {
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(written(null)).containsEntry("keep_decisions_days", "30");
            assertThat(Files.readString(home.resolve("repository/conf/deployment.toml")))
                    .contains("port = \"1\"", "port = \"2\"", "pbkdf2.iteration.count\":\"210000");
        } finally {
            Locale.setDefault(usual);
        }
    }
}
