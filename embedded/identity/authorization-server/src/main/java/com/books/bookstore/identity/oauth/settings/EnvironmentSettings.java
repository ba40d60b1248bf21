package com.books.bookstore.identity.oauth.settings;

import com.books.bookstore.identity.oauth.users.InMemoryUserDirectory;
import com.books.bookstore.identity.oauth.users.KernelUserDirectory;
import com.books.bookstore.identity.oauth.users.UserDirectory;
import com.books.bookstore.tls.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads settings from environment variables; what is not set keeps its default. The README lists the variables. */
public final class EnvironmentSettings {

    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentSettings.class);
    private static final String PREFIX = "BOOKSTORE_IDENTITY_";
    private static final String DEMO_USERS = PREFIX + "DEMO_USERS";
    private static final int MAX_PORT = 65_535;

    private EnvironmentSettings() {}

    /**
     * @param environment such as {@link System#getenv()}
     * @throws IllegalArgumentException when a variable has no usable value; names the variable, not the value
     * @throws IOException              when the kernel's certificate authority cannot be read
     */
    public static ServerSettings from(Map<String, String> environment) throws IOException {
        ServerSettings.Builder settings = ServerSettings.in(Path.of(environment.getOrDefault(
                PREFIX + "DATA", Path.of(".bookstore", "identity").toString())));
        whenSet(environment, PREFIX + "HOST", settings::host);
        whenSet(environment, PREFIX + "BIND", settings::bindAddress);
        whenSet(environment, PREFIX + "HTTPS_PORT", text -> settings.httpsPort(port(PREFIX + "HTTPS_PORT", text)));
        whenSet(environment, PREFIX + "HTTP_PORT", text -> settings.httpPort(port(PREFIX + "HTTP_PORT", text)));
        whenSet(environment, PREFIX + "WEB_REDIRECT_URIS", text -> words(text).forEach(settings::webRedirectUri));
        whenSet(environment, PREFIX + "WEB_ORIGINS", text -> words(text).forEach(settings::webOrigin));
        whenSet(
                environment,
                "BOOKSTORE_REGISTRATION_CLIENT_SECRET",
                secret -> settings.clientSecret(ServerSettings.REGISTRATION_CLIENT, secret));
        whenSet(
                environment,
                "BOOKSTORE_EMAIL_CLIENT_SECRET",
                secret -> settings.clientSecret(ServerSettings.EMAIL_CLIENT, secret));
        return settings.users(users(environment)).build();
    }

    private static UserDirectory users(Map<String, String> environment) throws IOException {
        String kernel = environment.getOrDefault(PREFIX + "KERNEL_URL", "");
        if (kernel.isBlank()) {
            if (!Boolean.parseBoolean(environment.getOrDefault(DEMO_USERS, "").strip())) {
                throw new IllegalArgumentException(PREFIX
                        + "KERNEL_URL is missing: the address of the kernel with the users. For a demo without a kernel"
                        + " set " + DEMO_USERS + "=true; the demo users have public passwords");
            }
            LOG.warn("The demo users can sign in; their passwords are public");
            return InMemoryUserDirectory.withDemoUsers();
        }
        String secret = environment.getOrDefault(PREFIX + "KERNEL_SECRET", "");
        if (secret.isBlank()) {
            throw new IllegalArgumentException(
                    PREFIX + "KERNEL_SECRET has to be set together with " + PREFIX + "KERNEL_URL");
        }
        String authority = environment.getOrDefault(PREFIX + "KERNEL_CA", "");
        return authority.isBlank()
                ? new KernelUserDirectory(URI.create(kernel), secret)
                : new KernelUserDirectory(URI.create(kernel), secret, Trust.in(Path.of(authority)));
    }

    private static void whenSet(Map<String, String> environment, String name, Consumer<String> use) {
        String value = environment.get(name);
        if (value != null && !value.isBlank()) {
            use.accept(value.strip());
        }
    }

    private static List<String> words(String text) {
        return List.of(text.split("\\s+"));
    }

    private static int port(String name, String text) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= MAX_PORT) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(name + " has to be a port: 0 to " + MAX_PORT);
    }
}
