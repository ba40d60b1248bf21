package com.books.bookstore.identity.oauth.settings;

import com.books.bookstore.identity.oauth.users.Accounts;
import com.books.bookstore.identity.oauth.users.RecoveryMail;
import com.books.bookstore.identity.oauth.users.UserDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How the authorization server is to run. Immutable; made by {@link #in(Path)}.
 *
 * @param dataDirectory       keys, certificate, clients' secrets and state; made when absent, readable by its owner only
 * @param host                host name of the issuer and the certificate
 * @param bindAddress         network interface of the https port
 * @param httpsPort           0 takes any free port
 * @param httpPort            plain http, on 127.0.0.1 only; 0 takes any free port, empty opens none
 * @param users               who can sign in
 * @param ownAccounts         how users change their own accounts; empty: not here
 * @param webRedirectUris     where {@code bookstore-web} may be sent back to; {@code http://127.0.0.1/...} and
 *                            {@code http://[::1]/...} match with any port, all else must match to the letter
 * @param webOrigins          origins whose scripts may call the token endpoint, such as {@code http://localhost:3000}
 * @param clientSecrets       secrets of confidential clients by client id; the server makes up those that are not given
 * @param serviceClients      scopes of the confidential clients by client id
 * @param accessTokenLifetime how long an access token is good for
 * @param signInLifetime      how long after signing in refresh tokens go on being exchanged
 * @param failureTime         a refused password is never answered sooner, so that timing tells nothing about the user
 */
public record ServerSettings(
        Path dataDirectory,
        String host,
        String bindAddress,
        int httpsPort,
        OptionalInt httpPort,
        UserDirectory users,
        Optional<OwnAccounts> ownAccounts,
        List<String> webRedirectUris,
        List<String> webOrigins,
        Map<String, String> clientSecrets,
        Map<String, Set<String>> serviceClients,
        Duration accessTokenLifetime,
        Duration signInLifetime,
        Duration sessionLifetime,
        Duration requestDeadline,
        Duration failureTime) {

    /** Lets users change their accounts, and recover passwords by email. */
    public record OwnAccounts(Accounts accounts, RecoveryMail mail) {}

    /** The public client of the storefront and the command line. */
    public static final String WEB_CLIENT = "bookstore-web";

    /** The confidential client with which the registration API signs users up. */
    public static final String REGISTRATION_CLIENT = "bookstore-registration";

    /**
     * What {@link #REGISTRATION_CLIENT} may ask for: Identity Server's scopes of SCIM sign-ups, and of seeing where a request
     * stands. It cannot look at users.
     */
    public static final Set<String> REGISTRATION_SCOPES =
            Set.of("internal_user_mgt_create", "internal_workflow_instance_view");

    /** The confidential client with which the kernel hands emails about registrations to the shop. */
    public static final String EMAIL_CLIENT = "bookstore-emails";

    /** What {@link #EMAIL_CLIENT} may ask for, and no user. */
    public static final Set<String> EMAIL_SCOPES = Set.of("mails:submit");

    /** Where the command line is sent back to; any port matches. */
    public static final String LOOPBACK_REDIRECT_URI = "http://127.0.0.1/callback";

    /** The port of WSO2 Identity Server. */
    public static final int DEFAULT_HTTPS_PORT = 9443;

    public ServerSettings {
        Objects.requireNonNull(users, "users");
        webRedirectUris = List.copyOf(webRedirectUris);
        webOrigins = List.copyOf(webOrigins);
        clientSecrets = Map.copyOf(clientSecrets);
        serviceClients = Map.copyOf(serviceClients);
        if (accessTokenLifetime.toSeconds() < 1 || signInLifetime.toSeconds() < 1) {
            throw new IllegalArgumentException("Tokens have to last for a second at least");
        }
    }

    /** Without its secrets. */
    @Override
    public String toString() {
        return "ServerSettings[dataDirectory=" + dataDirectory + ", host=" + host + ", httpsPort=" + httpsPort
                + ", httpPort=" + httpPort + "]";
    }

    /** Settings with defaults for all but the data directory: port 9443, no plain http. Who can sign in has to be said. */
    public static Builder in(Path dataDirectory) {
        return new Builder(dataDirectory);
    }

    /** Collects settings; not thread safe. */
    public static final class Builder {

        private final Path dataDirectory;
        private String host = "localhost";
        private String bindAddress = "127.0.0.1";
        private int httpsPort = DEFAULT_HTTPS_PORT;
        private OptionalInt httpPort = OptionalInt.empty();
        private UserDirectory users;
        private OwnAccounts ownAccounts;
        private final List<String> webRedirectUris = new ArrayList<>(List.of(LOOPBACK_REDIRECT_URI));
        private final List<String> webOrigins = new ArrayList<>();
        private final Map<String, String> clientSecrets = new LinkedHashMap<>();
        private final Map<String, Set<String>> serviceClients =
                new LinkedHashMap<>(Map.of(REGISTRATION_CLIENT, REGISTRATION_SCOPES, EMAIL_CLIENT, EMAIL_SCOPES));
        private Duration accessTokenLifetime = Duration.ofMinutes(15);
        private Duration signInLifetime = Duration.ofHours(24);
        private Duration sessionLifetime = Duration.ofHours(8);
        private Duration requestDeadline = Duration.ofSeconds(20);
        private Duration failureTime = Duration.ofMillis(300);

        private Builder(Path dataDirectory) {
            this.dataDirectory = Objects.requireNonNull(dataDirectory, "dataDirectory");
        }

        /** Host name of the issuer and the certificate; {@code localhost} unless set. */
        public Builder host(String name) {
            this.host = name;
            return this;
        }

        /** Network interface of the https port; {@code 127.0.0.1} unless set; {@code 0.0.0.0} for all. */
        public Builder bindAddress(String address) {
            this.bindAddress = address;
            return this;
        }

        /** 0 takes any free port. */
        public Builder httpsPort(int port) {
            this.httpsPort = port;
            return this;
        }

        /** Opens plain http on 127.0.0.1 as well; 0 takes any free port. The issuer stays the https address. */
        public Builder httpPort(int port) {
            this.httpPort = OptionalInt.of(port);
            return this;
        }

        /** Who can sign in; has to be set. */
        public Builder users(UserDirectory directory) {
            this.users = directory;
            return this;
        }

        /** Gives users a page for their account and one for forgotten passwords; there is none unless set. */
        public Builder ownAccounts(Accounts accounts, RecoveryMail mail) {
            this.ownAccounts = new OwnAccounts(accounts, mail);
            return this;
        }

        /** Another address to which {@code bookstore-web} may be sent back. */
        public Builder webRedirectUri(String uri) {
            this.webRedirectUris.add(uri);
            return this;
        }

        /**
         * A storefront, by its origin such as {@code http://localhost:8080}: {@code bookstore-web} may be sent back to
         * {@code /callback} below it after signing in and to {@code /} after signing out, and its scripts may call the token
         * endpoint.
         *
         * @throws IllegalArgumentException when it is more, or less, than scheme, host and port
         */
        public Builder webOrigin(String origin) {
            if (!origin.matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")) {
                throw new IllegalArgumentException(
                        "An origin is scheme, host and port, as http://localhost:8080: " + origin);
            }
            this.webOrigins.add(origin);
            this.webRedirectUris.add(origin + "/callback");
            return this;
        }

        /** The secret of a confidential client, instead of one that the server makes up and keeps. */
        public Builder clientSecret(String clientId, String secret) {
            this.clientSecrets.put(clientId, secret);
            return this;
        }

        /** A confidential client that may ask for these scopes in its own name. */
        public Builder serviceClient(String clientId, Set<String> scopes) {
            this.serviceClients.put(clientId, Set.copyOf(scopes));
            return this;
        }

        /** Lifetime of access tokens; 15 minutes unless set. The upper bound for access that was taken away. */
        public Builder accessTokenLifetime(Duration lifetime) {
            this.accessTokenLifetime = lifetime;
            return this;
        }

        /** How long after the password check refresh tokens are accepted; 24 hours unless set. */
        public Builder signInLifetime(Duration lifetime) {
            this.signInLifetime = lifetime;
            return this;
        }

        /** How long after signing in a browser's session ends, however often it is used; 8 hours unless set. */
        public Builder sessionLifetime(Duration lifetime) {
            this.sessionLifetime = lifetime;
            return this;
        }

        /** How long a client may take to send a request and to take its answer; 20 seconds unless set. */
        public Builder requestDeadline(Duration limit) {
            this.requestDeadline = limit;
            return this;
        }

        /** A refused password is never answered sooner; 300 ms unless set. */
        public Builder failureTime(Duration atLeast) {
            this.failureTime = atLeast;
            return this;
        }

        public ServerSettings build() {
            return new ServerSettings(
                    dataDirectory,
                    host,
                    bindAddress,
                    httpsPort,
                    httpPort,
                    users,
                    Optional.ofNullable(ownAccounts),
                    webRedirectUris,
                    webOrigins,
                    clientSecrets,
                    serviceClients,
                    accessTokenLifetime,
                    signInLifetime,
                    sessionLifetime,
                    requestDeadline,
                    failureTime);
        }
    }
}
