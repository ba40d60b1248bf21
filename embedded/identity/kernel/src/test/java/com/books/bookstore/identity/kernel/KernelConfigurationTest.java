package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.identity.kernel.KernelOptions.Mail;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class KernelConfigurationTest {

    private static final String STORE_PASSWORD = "store-password";

    @TempDir
    private Path home;

    private Map<String, String> written(Mail mail) throws Exception {
        Files.createDirectories(home.resolve("repository/conf/identity"));
        Path security = Files.createDirectories(home.resolve("repository/resources/security"));
        Secrets secrets = Secrets.of(home, null);
        emptyStore(security.resolve(KeyStores.TRUST_STORE), secrets.keyStorePassword());
        KernelConfiguration.write(KernelOptions.of(home, home, 1, 2).withMail(mail), secrets);
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

    private static void emptyStore(Path file, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
    }

    @Test
    void mailsAreSentAsTheOptionsSay() throws Exception {
        Mail mail = new Mail(
                "smtp.example.com", 587, "shop@example.com", "shop", "p<a>ss & \"word\"", true, "https://shop.example");

        assertThat(written(mail))
                .containsEntry("smtp_host", "smtp.example.com")
                .containsEntry("smtp_port", "587")
                .containsEntry("shop_url", "https://shop.example")
                .containsEntry("mail_from", "shop@example.com")
                .containsEntry("smtp_user", "shop")
                .containsEntry("smtp_password", "p<a>ss & \"word\"")
                .containsEntry("smtp_starttls", "true");
        assertThat(mail.toString()).doesNotContain("word");
    }

    @Test
    void aMailServerThatWantsNoSignInGetsNone() throws Exception {
        assertThat(written(new Mail("127.0.0.1", 2525, "shop@example.com", null, null, false, "https://shop.example")))
                .containsEntry("smtp_starttls", "false")
                .doesNotContainKeys("smtp_user", "smtp_password");
    }

    @Test
    void theKernelTrustsWhomThisJvmTrustsHoweverOftenItStarts() throws Exception {
        Path file = home.resolve("trust.p12");
        emptyStore(file, STORE_PASSWORD);

        KernelConfiguration.trustWhomThisJvmTrusts(file, STORE_PASSWORD);
        KernelConfiguration.trustWhomThisJvmTrusts(file, STORE_PASSWORD);

        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, STORE_PASSWORD.toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        assertThat(store.size())
                .isPositive()
                .isEqualTo(((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers().length);
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
