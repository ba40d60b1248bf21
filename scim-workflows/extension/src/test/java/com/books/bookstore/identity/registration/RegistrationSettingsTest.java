package com.books.bookstore.identity.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.identity.registration.RegistrationSettings.MailChannel;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RegistrationSettingsTest {

    private static RegistrationSettings with(String... pairs) {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty(pairs[i], pairs[i + 1]);
        }
        return RegistrationSettings.from(properties);
    }

    @Test
    void nothingNeedsToBeConfigured() {
        RegistrationSettings settings = RegistrationSettings.defaults();

        assertThat(settings.signUpClients()).containsExactly("bookstore-registration");
        assertThat(settings.userStores()).containsExactly("PRIMARY");
        assertThat(settings.tenantDomains()).containsExactly("carbon.super");
        assertThat(settings.customerRole()).isEqualTo("bookstore-customer");
        assertThat(settings.approverRole()).isEqualTo("bookstore-admin");
        assertThat(settings.mailChannel()).isEqualTo(MailChannel.NONE);
        assertThat(settings.administratorMails()).isEmpty();
        assertThat(settings.decisionsKept()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void anSmtpServerSwitchesMailsOn() {
        assertThat(with("smtp_host", "mail.example.com").mailChannel()).isEqualTo(MailChannel.SMTP);
        RegistrationSettings shop = with(
                "mail_channel", "shop", "shop_api_url", "https://mi.example:8253/", "shop_client_secret", "secret");
        assertThat(shop.mailChannel()).isEqualTo(MailChannel.SHOP);
        assertThat(shop.shopApiUrl()).isEqualTo("https://mi.example:8253");
        assertThat(shop.shopTokenUrl()).isEqualTo("https://localhost:9443/oauth2/token");
        assertThat(shop.shopClientId()).isEqualTo("bookstore-emails");
        assertThat(with("mail_channel", "notification-event").mailChannel()).isEqualTo(MailChannel.NOTIFICATION_EVENT);
    }

    @Test
    void theAddressOfTheShopEndsWithoutASlash() {
        assertThat(with("shop_url", "https://shop.example/").shopUrl()).isEqualTo("https://shop.example");
        assertThat(with().shopUrl()).isEmpty();
    }

    @Test
    void everyMistakeIsNamed() {
        assertThatThrownBy(() -> with(
                        "smtp_port",
                        "mail",
                        "smtp_starttls",
                        "maybe",
                        "mail_channel",
                        "pigeon",
                        "sign_up_client",
                        "x",
                        "customer_role",
                        "bookstore-admin",
                        "workflow_name",
                        "w".repeat(46)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("smtp_port is not a number from 1 to 65535: mail")
                .hasMessageContaining("smtp_starttls is neither true nor false: maybe")
                .hasMessageContaining("mail_channel is none of none, shop, smtp, notification-event: pigeon")
                .hasMessageContaining("sign_up_client is not known")
                .hasMessageContaining("customer_role is the approver role")
                .hasMessageContaining("workflow_name is longer than 45 characters");
        assertThatThrownBy(() -> with("mail_channel", "smtp")).hasMessageContaining("smtp_host is missing");
        assertThatThrownBy(() -> with("sign_up_clients", " , ")).hasMessageContaining("names no client");
        assertThatThrownBy(() -> with("keep_decisions_days", "0"))
                .hasMessageContaining("keep_decisions_days is not a number from 1 to 3650: 0");
        assertThatThrownBy(() -> with("shop_url", "javascript:alert(1)"))
                .hasMessageContaining("shop_url does not begin with https:// or http://");
        assertThatThrownBy(() -> with("shop_url", "https://[shop"))
                .hasMessageContaining("shop_url does not begin with");
        assertThatThrownBy(() -> with("mail_channel", "shop"))
                .hasMessageContaining("shop_api_url is missing")
                .hasMessageContaining("shop_client_secret is missing");
        assertThatThrownBy(() -> with("smtp_port", "70000")).hasMessageContaining("smtp_port is not a number");
    }
}
