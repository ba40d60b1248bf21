package com.books.bookstore.identity.kernel;

import com.books.bookstore.embedded.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the files by which a start differs from another: ports, passwords, emails. */
final class KernelConfiguration {

    /** Name and password of the embedded databases, whose files only the owner of the directory can read. */
    static final String DATABASE_USER = "wso2carbon";

    private static final String VALIDATION_QUERY = "SELECT COUNT(*) FROM INFORMATION_SCHEMA.USERS";

    private KernelConfiguration() {}

    // WRITE_DELAY=0: what was committed outlives a kernel that is killed and a full disk; H2 else writes up to half a
    // second later, and of
    // a new database may lose the tables. H2 says of a connection that it is valid, and may answer SELECT 1, also when
    // its database has
    // been closed by a full disk, so the pools ask for more and then open the database again.
    static void write(KernelOptions options, Secrets secrets) throws IOException {
        Path conf = options.home().resolve("repository/conf");
        PrivateFiles.write(conf.resolve("deployment.toml"), deployment(options, secrets));
        PrivateFiles.write(conf.resolve("identity/identity.xml"), identity(options));
    }

    private static String deployment(KernelOptions options, Secrets secrets) {
        return String.format(
                Locale.ROOT,
                """
                [server]
                hostname = "localhost"
                node_ip = "127.0.0.1"

                [user_store]
                type = "database_unique_id"

                [user_store.properties]
                UsernameJavaRegEx = '^[^\\s/\\\\,;"%%*?]{3,254}$'
                PasswordJavaRegEx = '%12$s'
                PasswordJavaRegExViolationErrorMsg = "%13$s"
                # Lists and searches are of all users; by default the store lists the first 100 only.
                MaxUserNameListLength = "1000000"
                # After failures of its database the store tries again after this many milliseconds; by default after two minutes.
                # The smallest number that the kernel takes is set below, in user_store_commons.
                ConnectionRetryDelay = "1000"
                # As Identity Server names them. Each hash keeps its own number of iterations.
                PasswordDigest = "PBKDF2"
                'Hash.Algorithm.Properties' = '{"pbkdf2.iteration.count":"%10$d"}'

                [user_store_commons]
                min_connection_retry_delay_in_milli_seconds = "1000"

                # Customers register with their mail address as user name.
                [tenant_mgt]
                enable_email_domain = true

                [database.registry_db]
                url = "jdbc:h2:./repository/database/WSO2CARBON_DB;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0"

                [database.registry_db.pool_options]
                validationQuery = "%11$s"
                validationInterval = "1000"

                [database.shared_db]
                type = "h2"
                url = "jdbc:h2:./repository/database/WSO2SHARED_DB;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=60000;WRITE_DELAY=0"
                username = "%1$s"
                password = "%1$s"

                [database.shared_db.pool_options]
                validationQuery = "%11$s"
                validationInterval = "1000"

                [datasource.WSO2IdentityDB]
                id = "WSO2IdentityDB"
                jndi_config_name = "jdbc/WSO2IdentityDB"
                url = "jdbc:h2:./repository/database/WSO2IDENTITY_DB;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=60000;WRITE_DELAY=0"
                username = "%1$s"
                password = "%1$s"
                driver = "org.h2.Driver"

                [datasource.WSO2IdentityDB.pool_options]
                testOnBorrow = "true"
                validationQuery = "%11$s"
                validationInterval = "1000"

                [super_admin]
                username = "%2$s"
                password = "%3$s"
                create_admin_account = true

                [keystore.primary]
                file_name = "%4$s"
                type = "PKCS12"
                password = "%5$s"
                alias = "%6$s"
                key_password = "%5$s"

                [truststore]
                file_name = "%7$s"
                type = "PKCS12"
                password = "%5$s"

                [monitoring.jmx]
                rmi_server_start = false

                # Without queries, which name users and may hold a token; with the correlation id of the request.
                [http_access_log]
                pattern = "%%h %%u %%t %%m %%U %%s %%b %%T %%{X-Correlation-ID}i"

                # Slow clients: a whole body has ten seconds (BodyDeadline in web.xml), the next byte five.
                [transport.http.properties]
                port = "%8$d"
                address = "127.0.0.1"
                maxConnections = "2000"
                connectionTimeout = "10000"
                connectionUploadTimeout = "5000"

                [transport.https.properties]
                port = "%9$d"
                address = "127.0.0.1"
                maxConnections = "2000"
                connectionTimeout = "10000"
                connectionUploadTimeout = "5000"
                """,
                DATABASE_USER,
                Secrets.ADMINISTRATOR,
                toml(secrets.adminPassword()),
                KeyStores.KEY_STORE,
                secrets.keyStorePassword(),
                KeyStores.KEY_ALIAS,
                KeyStores.TRUST_STORE,
                options.httpPort(),
                options.httpsPort(),
                options.limits().passwordIterations(),
                VALIDATION_QUERY,
                options.limits().passwords().pattern(),
                options.limits().passwords().description());
    }

    private static String identity(KernelOptions options) {
        return String.format(Locale.ROOT, """
                <?xml version="1.0" encoding="UTF-8"?>
                <Server xmlns="http://wso2.org/projects/carbon/carbon.xml">
                    <JDBCPersistenceManager>
                        <DataSource>
                            <Name>jdbc/WSO2IdentityDB</Name>
                        </DataSource>
                        <SkipDBSchemaCreation>true</SkipDBSchemaCreation>
                        <SessionDataPersist/>
                    </JDBCPersistenceManager>
                    <EventListeners>
                        <!-- What Identity Server writes for the [[event_listener]] of deployment.toml. -->
                        <EventListener type="org.wso2.carbon.user.core.listener.UserOperationEventListener"
                                       name="com.books.bookstore.identity.registration.internal.SelfRegistrationListener"
                                       orderId="7" enable="true">
                            <Property name="sign_up_clients">bookstore-registration</Property>
                            <Property name="keep_decisions_days">%d</Property>
                %s        </EventListener>
                    </EventListeners>
                </Server>
                """, options.limits().decisionsKeptDays(), emails(options.emails()));
    }

    private static String emails(KernelOptions.Emails emails) {
        if (emails == null) {
            return "";
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("mail_channel", "shop");
        properties.put("shop_api_url", emails.api());
        properties.put("shop_token_url", emails.tokenUrl());
        properties.put("shop_client_secret", emails.clientSecret());
        properties.put("shop_url", emails.shop());
        return properties.entrySet().stream()
                .map(property -> "            <Property name=\"" + property.getKey() + "\">" + xml(property.getValue())
                        + "</Property>\n")
                .collect(Collectors.joining());
    }

    private static String toml(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
