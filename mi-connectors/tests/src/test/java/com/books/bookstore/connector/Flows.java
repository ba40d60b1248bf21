package com.books.bookstore.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** An MI project that has the connectors, a connection of each kind, and a resource for each operation. */
final class Flows {

    private static final Path FOLDER = Path.of("target/flows");

    private static final String FAULT = """
            <sequence xmlns="http://ws.apache.org/ns/synapse" name="Failed">
                <property name="HTTP_SC" value="422" scope="axis2"/>
                <property name="Error-Code" scope="transport" expression="$ctx:ERROR_CODE"/>
                <property name="Error-Message" scope="transport" expression="$ctx:ERROR_MESSAGE"/>
                <property name="Error-Detail" scope="transport" expression="$ctx:ERROR_DETAIL"/>
                <payloadFactory media-type="json"><format>{"failed":true}</format><args/></payloadFactory>
                <respond/>
            </sequence>
            """;

    private final StubShop shop;

    private Flows(StubShop shop) {
        this.shop = shop;
    }

    /** @return the folder of the project */
    static Path write(StubShop shop, List<PackagedConnector> connectors) {
        try {
            new Flows(shop).write(connectors);
            return FOLDER;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(List<PackagedConnector> connectors) throws IOException {
        write("artifacts/sequences/Failed.xml", FAULT);
        for (PackagedConnector connector : connectors) {
            Path zip =
                    sources().resolve("resources/connectors/" + connector.zip().getFileName());
            Files.createDirectories(zip.getParent());
            Files.copy(connector.zip(), zip, StandardCopyOption.REPLACE_EXISTING);
            List<String> readme = connector.artifactsOfTheReadme();
            String suffix = "-" + connector.name();
            String shopEntry = readme.get(0).replace("key=\"shop\"", "key=\"shop" + suffix + "\"");
            write("artifacts/local-entries/shop" + suffix + ".xml", shopEntry);
            write(
                    "artifacts/apis/Example" + suffix + ".xml",
                    readme.get(1).replace("\"shop\"", "\"shop" + suffix + "\""));
            write("artifacts/apis/Operations" + suffix + ".xml", operations(connector));
        }
        connection(
                "stranger",
                "<tokenEndpoint>SHOP/token</tokenEndpoint><clientId>shop</clientId>"
                        + "<clientSecret>wrong</clientSecret>");
        connection("visitor", "<accessToken>{$ctx:theirToken}</accessToken>");
        connection("hasty", "<accessToken>t</accessToken><requestTimeout>300</requestTimeout>");
        connection("slow-to-connect", "<accessToken>t</accessToken><connectTimeout>never</connectTimeout>");
        connection("tokenless", "");
        connection("broken", "<accessToken>secret&#10;token</accessToken>");
        connection(
                "distrustful", "<accessToken>t</accessToken><trustedCertificates>target/no.pem</trustedCertificates>");
        write(
                "artifacts/local-entries/closed.xml",
                entry("closed", "http://localhost:" + closedPort(), "<accessToken>t</accessToken>"));
        write(
                "artifacts/local-entries/no-tokens.xml",
                entry(
                        "no-tokens",
                        shop.url(),
                        "<tokenEndpoint>http://localhost:" + closedPort()
                                + "/token</tokenEndpoint><clientId>shop</clientId><clientSecret>s</clientSecret>"));
        write("artifacts/apis/Cases.xml", cases());
    }

    private void connection(String key, String settings) throws IOException {
        write("artifacts/local-entries/" + key + ".xml", entry(key, shop.url(), settings.replace("SHOP", shop.url())));
    }

    private static String entry(String key, String baseUrl, String settings) {
        return "<localEntry xmlns=\"http://ws.apache.org/ns/synapse\" key=\"" + key
                + "\"><bookstore.init><connectionType>BOOKSTORE</connectionType><name>" + key + "</name><baseUrl>"
                + baseUrl + "</baseUrl>" + settings + "</bookstore.init></localEntry>";
    }

    /** A port on which no server listens any more. */
    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path sources() {
        return FOLDER.resolve("src/main/wso2mi");
    }

    private void write(String file, String content) throws IOException {
        Path path = sources().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(
                path,
                content.replace("https://api.books.example", shop.url())
                        .replace("https://login.books.example/oauth2/token", shop.url() + "/token")
                        .replace("{get-property('env', 'SHOP_SECRET')}", "secret"));
    }

    /** The calls of the reference page. */
    private static String operations(PackagedConnector connector) {
        StringBuilder resources = new StringBuilder();
        connector
                .examples()
                .forEach((name, example) -> resources.append(resource(
                        name,
                        example.flow().replace("configKey=\"shop\"", "configKey=\"shop-" + connector.name() + "\""))));
        return api(connector.name(), resources);
    }

    private static String cases() {
        StringBuilder resources = new StringBuilder();
        for (String key : List.of(
                "stranger", "hasty", "slow-to-connect", "tokenless", "broken", "distrustful", "closed", "no-tokens")) {
            resources.append(resource("listOrders-" + key, call("listOrders", key, "")));
            resources.append(resource("completeOrder-" + key, call("completeOrder", key, "<orderId>7</orderId>")));
            resources.append(resource(
                    "placeOrder-" + key, call("placeOrder", key, "<requestBody>{json-eval($)}</requestBody>")));
        }
        resources.append(resource(
                "visitor",
                "<property name=\"theirToken\" expression=\"$trp:Their-Token\"/>" + call("listOrders", "visitor", "")));
        for (String operation : List.of("listOrders", "listBooks")) {
            resources.append(
                    resource(
                            "page-" + operation,
                            call(
                                            operation,
                                            "shop-bookstore",
                                            "<responseVariable>page</responseVariable><overwriteBody>false</overwriteBody>")
                                    + "<property name=\"Next\" scope=\"transport\" expression=\"${vars.page.attributes.next}\"/>"
                                    + "<property name=\"Version\" scope=\"transport\" expression=\"${vars.page.headers.ETag}\"/>"));
        }
        resources.append(resource(
                "both",
                call("listOrders", "shop-bookstore", "<responseVariable>a</responseVariable>")
                        + "<bookstore-registration.listRegistrations configKey=\"shop-bookstore-registration\">"
                        + "<responseVariable>b</responseVariable></bookstore-registration.listRegistrations>"
                        + call("listMails", "shop-bookstore", "<responseVariable>c</responseVariable>")));
        resources.append(resource("unconnected", "<bookstore.listBooks/>"));
        resources.append(resource("incomplete", call("getOrder", "shop-bookstore", "")));
        resources.append(resource("elsewhere", call("getBook", "shop-bookstore", "<bookId>..</bookId>")));
        resources.append(resource("encoded", call("getBook", "shop-bookstore", "<bookId>a/b c</bookId>")));
        return api("cases", resources);
    }

    private static String call(String operation, String connection, String parameters) {
        return "<bookstore." + operation + " configKey=\"" + connection + "\">" + parameters + "</bookstore."
                + operation + ">";
    }

    private static String api(String name, CharSequence resources) {
        return "<api xmlns=\"http://ws.apache.org/ns/synapse\" name=\"" + name + "\" context=\"/" + name + "\">"
                + resources + "</api>";
    }

    private static String resource(String path, String flow) {
        return "<resource methods=\"POST\" uri-template=\"/" + path + "\" faultSequence=\"Failed\"><inSequence>" + flow
                + "<respond/></inSequence></resource>";
    }
}
