package com.books.bookstore.identity.registration;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

/**
 * What an administrator may set for self-registration: which sign-ups wait for approval, who approves, which role an
 * approved customer gets, and how email leaves.
 *
 * <p>The keys are the properties of this bundle's {@code [[event_listener]]} in {@code deployment.toml}; every one has a
 * default. Immutable and safe for use by many threads.
 */
public final class RegistrationSettings {

    public static final String SIGN_UP_CLIENTS = "sign_up_clients";
    public static final String USER_STORES = "user_stores";
    public static final String TENANT_DOMAINS = "tenant_domains";
    public static final String CUSTOMER_ROLE = "customer_role";
    public static final String APPROVER_ROLE = "approver_role";
    public static final String WORKFLOW_NAME = "workflow_name";
    public static final String KEEP_DECISIONS_DAYS = "keep_decisions_days";
    public static final String MAIL_CHANNEL = "mail_channel";
    public static final String MAIL_FROM = "mail_from";
    public static final String MAIL_TEMPLATES = "mail_templates";
    public static final String SHOP_URL = "shop_url";
    public static final String ADMINISTRATOR_MAILS = "administrator_mails";
    public static final String SHOP_API_URL = "shop_api_url";
    public static final String SHOP_TOKEN_URL = "shop_token_url";
    public static final String SHOP_CLIENT_ID = "shop_client_id";
    public static final String SHOP_CLIENT_SECRET = "shop_client_secret";
    public static final String SMTP_HOST = "smtp_host";
    public static final String SMTP_PORT = "smtp_port";
    public static final String SMTP_USER = "smtp_user";
    public static final String SMTP_PASSWORD = "smtp_password";
    public static final String SMTP_STARTTLS = "smtp_starttls";

    /** Width of WF_WORKFLOW.WF_NAME and WF_WORKFLOW_ASSOCIATION.ASSOC_NAME in Identity Server's tables. */
    private static final int LONGEST_WORKFLOW_NAME = 45;

    private static final int MOST_DAYS = 3650;

    private static final Set<String> KEYS = Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(
            SIGN_UP_CLIENTS,
            USER_STORES,
            TENANT_DOMAINS,
            CUSTOMER_ROLE,
            APPROVER_ROLE,
            WORKFLOW_NAME,
            KEEP_DECISIONS_DAYS,
            MAIL_CHANNEL,
            MAIL_FROM,
            MAIL_TEMPLATES,
            SHOP_URL,
            ADMINISTRATOR_MAILS,
            SHOP_API_URL,
            SHOP_TOKEN_URL,
            SHOP_CLIENT_ID,
            SHOP_CLIENT_SECRET,
            SMTP_HOST,
            SMTP_PORT,
            SMTP_USER,
            SMTP_PASSWORD,
            SMTP_STARTTLS)));

    /** How email leaves the server. */
    public enum MailChannel {
        /** No email is sent. */
        NONE,
        /** The shop's email API, which sends them as it sends its own. */
        SHOP,
        /** This bundle speaks SMTP itself. */
        SMTP,
        /** Identity Server's notification event, which its own e-mail templates and SMTP settings serve. */
        NOTIFICATION_EVENT
    }

    private final Set<String> signUpClients;
    private final Set<String> userStores;
    private final Set<String> tenantDomains;
    private final String customerRole;
    private final String approverRole;
    private final String workflowName;
    private final Duration decisionsKept;
    private final MailChannel mailChannel;
    private final String mailFrom;
    private final String mailTemplates;
    private final String shopUrl;
    private final List<String> administratorMails;
    private final String shopApiUrl;
    private final String shopTokenUrl;
    private final String shopClientId;
    private final String shopClientSecret;
    private final String smtpHost;
    private final int smtpPort;
    private final String smtpUser;
    private final String smtpPassword;
    private final boolean smtpStartTls;

    private RegistrationSettings(Reader reader) {
        signUpClients = reader.set(SIGN_UP_CLIENTS, "bookstore-registration");
        userStores = upperCase(reader.set(USER_STORES, "PRIMARY"));
        tenantDomains = reader.set(TENANT_DOMAINS, "carbon.super");
        customerRole = reader.text(CUSTOMER_ROLE, "bookstore-customer");
        approverRole = reader.text(APPROVER_ROLE, "bookstore-admin");
        workflowName = reader.text(WORKFLOW_NAME, "bookstore-customer-registration");
        decisionsKept = Duration.ofDays(reader.number(KEEP_DECISIONS_DAYS, 30, 1, MOST_DAYS));
        smtpHost = reader.text(SMTP_HOST, "");
        mailChannel = reader.mailChannel(smtpHost.isEmpty() ? MailChannel.NONE : MailChannel.SMTP);
        mailFrom = reader.text(MAIL_FROM, "no-reply@books.com");
        mailTemplates = reader.text(MAIL_TEMPLATES, "");
        shopUrl = reader.address(SHOP_URL, "");
        administratorMails = Collections.unmodifiableList(new ArrayList<>(reader.set(ADMINISTRATOR_MAILS, "")));
        shopApiUrl = reader.address(SHOP_API_URL, "");
        shopTokenUrl = reader.address(SHOP_TOKEN_URL, "https://localhost:9443/oauth2/token");
        shopClientId = reader.text(SHOP_CLIENT_ID, "bookstore-emails");
        shopClientSecret = reader.text(SHOP_CLIENT_SECRET, "");
        smtpPort = reader.number(SMTP_PORT, 25, 1, 65535);
        smtpUser = reader.text(SMTP_USER, "");
        smtpPassword = reader.text(SMTP_PASSWORD, "");
        smtpStartTls = reader.flag(SMTP_STARTTLS, false);
        if (workflowName.length() > LONGEST_WORKFLOW_NAME) {
            reader.problem(WORKFLOW_NAME, "is longer than " + LONGEST_WORKFLOW_NAME + " characters");
        }
        if (signUpClients.isEmpty()) {
            reader.problem(SIGN_UP_CLIENTS, "names no client: no customer could register");
        }
        if (customerRole.equals(approverRole)) {
            reader.problem(CUSTOMER_ROLE, "is the approver role: every customer could approve others");
        }
        if (mailChannel == MailChannel.SMTP && smtpHost.isEmpty()) {
            reader.problem(SMTP_HOST, "is missing although " + MAIL_CHANNEL + " is smtp");
        }
        if (mailChannel == MailChannel.SHOP && shopApiUrl.isEmpty()) {
            reader.problem(SHOP_API_URL, "is missing although " + MAIL_CHANNEL + " is shop");
        }
        if (mailChannel == MailChannel.SHOP && shopClientSecret.isEmpty()) {
            reader.problem(SHOP_CLIENT_SECRET, "is missing although " + MAIL_CHANNEL + " is shop");
        }
    }

    /** The settings when nothing is configured. */
    public static RegistrationSettings defaults() {
        return from(new Properties());
    }

    /**
     * Reads the settings.
     *
     * @param properties keys as the constants of this class; a missing or empty value means the default
     * @throws IllegalArgumentException with one sentence that names every wrong key
     */
    public static RegistrationSettings from(Properties properties) {
        Reader reader = new Reader(properties);
        RegistrationSettings settings = new RegistrationSettings(reader);
        reader.fail();
        return settings;
    }

    private static Set<String> upperCase(Set<String> names) {
        Set<String> upper = new LinkedHashSet<>();
        names.forEach(name -> upper.add(name.toUpperCase(Locale.ROOT)));
        return upper;
    }

    /** Names of the applications (Identity Server) or client ids (embedded server) that customers sign up through. */
    public Set<String> signUpClients() {
        return signUpClients;
    }

    /** Domains of the user stores, in upper case, whose sign-ups wait. */
    public Set<String> userStores() {
        return userStores;
    }

    /** Tenants in which the workflow is provisioned and sign-ups wait. */
    public Set<String> tenantDomains() {
        return tenantDomains;
    }

    /** The role an approved customer gets, without a domain. */
    public String customerRole() {
        return customerRole;
    }

    /** The role whose members decide, without a domain. */
    public String approverRole() {
        return approverRole;
    }

    public String workflowName() {
        return workflowName;
    }

    /** How long decided requests stay in the identity database. */
    public Duration decisionsKept() {
        return decisionsKept;
    }

    public MailChannel mailChannel() {
        return mailChannel;
    }

    public String mailFrom() {
        return mailFrom;
    }

    /** A directory with templates that replace the built-in ones, or empty. */
    public String mailTemplates() {
        return mailTemplates;
    }

    /** The storefront's public address for links in emails, without a slash at its end, or empty. */
    public String shopUrl() {
        return shopUrl;
    }

    /** Who hears of new requests; empty means the members of the approver role. */
    public List<String> administratorMails() {
        return administratorMails;
    }

    /** The shop's APIs as this server reaches them, without a slash at its end, or empty. */
    public String shopApiUrl() {
        return shopApiUrl;
    }

    /** Where this server issues tokens. */
    public String shopTokenUrl() {
        return shopTokenUrl;
    }

    /** The client with which emails are handed to the shop. */
    public String shopClientId() {
        return shopClientId;
    }

    /** Never logged. */
    public String shopClientSecret() {
        return shopClientSecret;
    }

    public String smtpHost() {
        return smtpHost;
    }

    public int smtpPort() {
        return smtpPort;
    }

    public String smtpUser() {
        return smtpUser;
    }

    /** Never logged. */
    public String smtpPassword() {
        return smtpPassword;
    }

    public boolean smtpStartTls() {
        return smtpStartTls;
    }

    private static final class Reader {
        private final Properties properties;
        private final List<String> problems = new ArrayList<>();

        Reader(Properties properties) {
            this.properties = properties;
            for (String key : properties.stringPropertyNames()) {
                if (!KEYS.contains(key)) {
                    problem(key, "is not known; known are " + String.join(", ", KEYS));
                }
            }
        }

        String text(String key, String fallback) {
            String value = properties.getProperty(key);
            return value == null || value.trim().isEmpty() ? fallback : value.trim();
        }

        /** An http or https address without a slash at its end. */
        String address(String key, String fallback) {
            String value = text(key, fallback).replaceFirst("/+$", "");
            if (!value.isEmpty() && !isAddress(value)) {
                problem(key, "does not begin with https:// or http://, or is no valid address");
            }
            return value;
        }

        private static boolean isAddress(String value) {
            try {
                return value.matches("https?://.+") && new URI(value).getHost() != null;
            } catch (URISyntaxException invalid) {
                return false;
            }
        }

        Set<String> set(String key, String fallback) {
            Set<String> values = new LinkedHashSet<>();
            for (String value : text(key, fallback).split(",")) {
                if (!value.trim().isEmpty()) {
                    values.add(value.trim());
                }
            }
            return Collections.unmodifiableSet(values);
        }

        int number(String key, int fallback, int smallest, int largest) {
            String value = text(key, String.valueOf(fallback));
            try {
                int number = Integer.parseInt(value);
                if (number >= smallest && number <= largest) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // Reported below, like a number out of range.
            }
            problem(key, "is not a number from " + smallest + " to " + largest + ": " + value);
            return fallback;
        }

        boolean flag(String key, boolean fallback) {
            String value = text(key, String.valueOf(fallback)).toLowerCase(Locale.ROOT);
            if (!value.equals("true") && !value.equals("false")) {
                problem(key, "is neither true nor false: " + value);
            }
            return value.equals("true");
        }

        MailChannel mailChannel(MailChannel fallback) {
            String value = text(MAIL_CHANNEL, fallback.name());
            for (MailChannel channel : MailChannel.values()) {
                if (channel.name().equalsIgnoreCase(value.replace('-', '_'))) {
                    return channel;
                }
            }
            problem(MAIL_CHANNEL, "is none of none, shop, smtp, notification-event: " + value);
            return fallback;
        }

        void problem(String key, String what) {
            problems.add(key + " " + what);
        }

        void fail() {
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(
                        "Self-registration is misconfigured: " + String.join("; ", problems) + ".");
            }
        }
    }
}
