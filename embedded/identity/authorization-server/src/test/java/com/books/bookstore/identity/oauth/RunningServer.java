package com.books.bookstore.identity.oauth;

import com.books.bookstore.identity.oauth.settings.ServerSettings;
import com.books.bookstore.identity.oauth.users.InMemoryUserDirectory;
import com.books.bookstore.signin.SignInClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/** One authorization server for all test classes that take an {@link AuthorizationServer} as a parameter. */
class RunningServer implements ParameterResolver {

    static final String WEB_ORIGIN = "https://shop.books.example";
    static final String STOREFRONT = WEB_ORIGIN + "/signed-in";
    static final String LOCAL_ORIGIN = "http://localhost:8080";
    static final String OTHER_CLIENT = "bookstore-operations";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == AuthorizationServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RunningServer.class))
                .getOrComputeIfAbsent(Running.class)
                .server;
    }

    /** Settings of a server on free ports whose refusals take no longer than they have to. */
    static ServerSettings.Builder settings(Path dataDirectory) {
        return ServerSettings.in(dataDirectory)
                .users(InMemoryUserDirectory.withDemoUsers())
                .httpsPort(0)
                .httpPort(0)
                .failureTime(Duration.ZERO);
    }

    /** Signs users in at this server, as the command line does. */
    static SignInClient client(AuthorizationServer server) {
        return SignInClient.at(server.issuer())
                .trusting(server.clientSslContext())
                .build();
    }

    static class Running implements AutoCloseable {

        private final Path dataDirectory;
        private final AuthorizationServer server;

        Running() throws IOException {
            dataDirectory = Files.createTempDirectory("authorization-server");
            server = AuthorizationServer.start(settings(dataDirectory)
                    .webRedirectUri(STOREFRONT)
                    .webOrigin(WEB_ORIGIN)
                    .webOrigin(LOCAL_ORIGIN)
                    .serviceClient(OTHER_CLIENT, Set.of("internal_approval_task_view"))
                    .build());
        }

        @Override
        public void close() throws IOException {
            server.close();
            FileSystemUtils.deleteRecursively(dataDirectory);
        }
    }
}
