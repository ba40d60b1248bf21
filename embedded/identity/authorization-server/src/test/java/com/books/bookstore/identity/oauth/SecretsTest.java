package com.books.bookstore.identity.oauth;

import static com.books.bookstore.identity.oauth.Visitor.with;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.books.bookstore.identity.oauth.users.DirectoryUser;
import com.books.bookstore.identity.oauth.users.InMemoryUserDirectory;
import com.books.bookstore.signin.TokenSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class SecretsTest {

    @Test
    void nothing_secret_is_logged_whether_requests_succeed_or_fail(@TempDir Path directory) throws Exception {
        List<String> secrets = new ArrayList<>(List.of(
                "canary-password",
                "canary-wrong-password",
                "canary-client-secret",
                "canary-wrong-secret",
                "canary-code",
                "canary-refresh-token"));
        InMemoryUserDirectory users = new InMemoryUserDirectory();
        users.put(
                new DirectoryUser("1", "canary", "canary@books.com", "", "", List.of("bookstore-customer"), true, ""),
                "canary-password");
        LogRecorder log = LogRecorder.attached();
        try (AuthorizationServer server = AuthorizationServer.start(RunningServer.settings(directory)
                .users(users)
                .clientSecret("bookstore-registration", "canary-client-secret")
                .build())) {
            Visitor visitor = Visitor.of(server);
            TokenSet tokens = RunningServer.client(server).signIn("canary", "canary-password");
            visitor.submitLogin("canary", "canary-wrong-password");
            JsonNode renewed = Visitor.json(visitor.refresh(tokens.refreshToken(), Map.of()));
            visitor.refresh(tokens.refreshToken(), Map.of());
            visitor.refresh("canary-refresh-token", Map.of());
            visitor.redeem("canary-code", Map.of());
            visitor.get("/oauth2/userinfo", tokens.accessToken());
            visitor.get("/oauth2/userinfo", tokens.accessToken() + "x");
            visitor.postAs("bookstore-registration", "canary-wrong-secret", "/oauth2/introspect", with("token", "x"));
            visitor.postAs(
                    "bookstore-registration",
                    "canary-client-secret",
                    "/oauth2/introspect",
                    with("token", tokens.accessToken()));
            secrets.addAll(List.of(
                    tokens.accessToken(),
                    tokens.refreshToken(),
                    tokens.idToken(),
                    renewed.get("refresh_token").stringValue(),
                    renewed.get("access_token").stringValue()));
            secrets.add(Files.readString(directory.resolve("signing-keys.json"))
                    .replaceAll(".*\"d\":\"([^\"]+)\".*", "$1"));
        } finally {
            log.stop();
        }

        assertThat(log.text()).contains("Authorization server at").contains("used twice");
        assertThat(secrets).allSatisfy(secret -> assertThat(log.text()).doesNotContain(secret));
    }

    /** Records everything from INFO on, and everything at all of the bookstore's own classes. */
    private static final class LogRecorder extends AppenderBase<ILoggingEvent> {

        private final List<String> events = Collections.synchronizedList(new ArrayList<>());
        private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        private final Logger own = (Logger) LoggerFactory.getLogger("com.books");
        private final Level rootLevel = root.getLevel();

        static LogRecorder attached() {
            LogRecorder recorder = new LogRecorder();
            recorder.setContext(recorder.root.getLoggerContext());
            recorder.start();
            recorder.root.addAppender(recorder);
            recorder.root.setLevel(Level.INFO);
            recorder.own.setLevel(Level.TRACE);
            return recorder;
        }

        @Override
        public void stop() {
            root.detachAppender(this);
            root.setLevel(rootLevel);
            own.setLevel(null);
            super.stop();
        }

        @Override
        protected void append(ILoggingEvent event) {
            events.add(event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }

        String text() {
            return String.join("\n", events);
        }
    }
}
