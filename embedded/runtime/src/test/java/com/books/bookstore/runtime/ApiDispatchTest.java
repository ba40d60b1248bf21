package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.support.HttpApi;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which resource answers a request, and what it learns about it. */
class ApiDispatchTest {

    private static EmbeddedRuntime runtime;
    private static HttpApi http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        runtime = EmbeddedRuntime.builder()
                .car(car("dispatch")
                        .api(
                                "BooksAPI",
                                "/shop/v1",
                                resource("GET", "uri-template=\"/books\"", "list", "$ctx:query.param.q")
                                        + resource(
                                                "GET", "uri-template=\"/books/{bookId}\"", "one", "$ctx:uri.var.bookId")
                                        + resource(
                                                "PATCH",
                                                "uri-template=\"/books/{bookId}\"",
                                                "patched",
                                                "$ctx:uri.var.bookId")
                                        + resource("HEAD", "uri-template=\"/probe\"", "probed", "'x'")
                                        + resource(
                                                "GET",
                                                "uri-template=\"/files/*\"",
                                                "file",
                                                "$ctx:REST_SUB_REQUEST_PATH")
                                        + resource(
                                                "GET POST PUT PATCH DELETE HEAD OPTIONS",
                                                "",
                                                "default",
                                                "$axis2:HTTP_METHOD"))
                        .api(
                                "SmallAPI",
                                "/small",
                                resource("GET", "uri-template=\"/only\"", "only", "$ctx:REST_FULL_REQUEST_PATH"))
                        .api(
                                "MappedAPI",
                                "/mapped",
                                resource("GET", "url-mapping=\"/a/*\"", "mapped", "$ctx:REST_SUB_REQUEST_PATH")
                                        + resource("GET", "uri-template=\"/v{name}\"", "named", "$ctx:uri.var.name"))
                        .api(
                                "OptionsAPI",
                                "/options",
                                resource("GET", "uri-template=\"/x\"", "get", "$axis2:HTTP_METHOD")
                                        + resource("OPTIONS", "uri-template=\"/*\"", "options", "$axis2:HTTP_METHOD"))
                        .api(
                                "DeepAPI",
                                "/small/deep",
                                resource("GET", "uri-template=\"/x\"", "deep", "$axis2:REST_URL_POSTFIX"))
                        .xml(
                                "VersionedAPI",
                                "synapse/api",
                                "<api name=\"VersionedAPI\" context=\"/versioned\" version=\"2.0\" version-type=\"url\">"
                                        + resource(
                                                "GET",
                                                "uri-template=\"/v\"",
                                                "versioned",
                                                "get-property('SYNAPSE_REST_API')")
                                        + "</api>")
                        .writeTo(directory))
                .start();
        http = new HttpApi(runtime.baseUri());
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    private static String resource(String methods, String path, String answer, String expression) {
        return "<resource methods=\"" + methods + "\" " + path + "><inSequence>"
                + "<payloadFactory media-type=\"text\"><format>" + answer + ":$1</format><args><arg expression=\""
                + expression
                + "\"/></args></payloadFactory><respond/></inSequence></resource>\n";
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/v1/books/17,                     one:17",
        "/shop/v1/books/a%20b,                  one:a b",
        "/shop/v1/books/17?q=x,                 one:17",
        "/shop/v1/books?q=a%20b%26c,            list:a b&c",
        "/shop/v1/books?q=1&q=2,                list:2",
        "/shop/v1/books?q=a+b,                  list:a b",
        "/shop/v1/books?q=%C3%A9,               list:é",
        "/shop/v1/books,                        list:",
        "/shop/v1/books/17/pages,               default:GET",
        "/shop/v1/books/,                       list:",
        "/shop/v1/books/?q=1,                   list:1",
        "/shop/v1/books/17/,                    one:17",
        "/shop/v1/books/17//,                   default:GET",
        "/shop/v1,                              default:GET",
        "/shop/v1?x=1,                          default:GET",
        "/shop/v1/files/a/b.txt,                file:/files/a/b.txt",
        "/small/only?a=b,                       only:/small/only?a=b",
        "/small/deep/x?y=1,                     deep:/x?y=1",
        "/versioned/2.0/v,                      versioned:VersionedAPI:v2.0",
        "/mapped/a/b,                           mapped:/a/b",
        "/mapped/v1,                            named:1",
    })
    void theResourceIsChosenByPath(String path, String answer) {
        HttpResponse<String> response = http.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(answer == null ? "" : answer);
    }

    @Test
    void aVariableNeedsACharacter() {
        assertThat(http.get("/mapped/v").statusCode()).isEqualTo(404);
    }

    /** Micro Integrator adds three headers to what an API answers. */
    @Test
    void answersHaveNoCorsHeaders() {
        assertThat(http.get("/shop/v1/books", "Origin", "https://shop.books.test")
                        .headers()
                        .map())
                .allSatisfy((name, values) -> assertThat(name).doesNotStartWith("access-control"));
    }

    @Test
    void theResourceIsChosenByMethod() {
        assertThat(http.send("PATCH", "/shop/v1/books/3", "{}").body()).isEqualTo("patched:3");
        assertThat(http.send("DELETE", "/shop/v1/books/3", null).body()).isEqualTo("default:DELETE");
        assertThat(http.send("PUT", "/shop/v1/books", "x").body()).isEqualTo("default:PUT");
    }

    @Test
    void headGetsHeadersOnly() {
        HttpResponse<String> response = http.send("HEAD", "/shop/v1/probe", null);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=UTF-8");
    }

    @Test
    void anUnknownMethodOfAKnownPathIs405() {
        HttpResponse<String> response = http.send("DELETE", "/small/only", null);

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET");
        assertThat(response.body()).contains("\"code\":\"method_not_allowed\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/", "/small/unknown", "/shop/v10/books", "/smaller"})
    void anUnknownPathIs404(String path) {
        HttpResponse<String> response = http.get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains("\"status\":404").contains("\"code\":\"not_found\"");
    }

    @Test
    void optionsNamesTheMethodsOfTheResource() {
        HttpResponse<String> response = http.send("OPTIONS", "/small/only", null);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Allow")).contains("GET");
    }

    @Test
    void aResourceThatNamesOptionsTakesItBeforeOthersOfThePath() {
        assertThat(http.send("OPTIONS", "/options/x", null).body()).contains("options");
        assertThat(http.get("/options/x").body()).contains("get");
    }

    /** The flow can answer them; Micro Integrator gives up on it. */
    @Test
    void whatCannotBeDecodedReachesTheFlowAsItIs() {
        assertThat(http.raw("/shop/v1/books?q=%")).contains("list:%");
        assertThat(http.raw("/shop/v1/books?q=%zz&x=1")).contains("list:%zz");
        assertThat(http.raw("/shop/v1/books/%C3%28")).contains("one:");
    }
}
