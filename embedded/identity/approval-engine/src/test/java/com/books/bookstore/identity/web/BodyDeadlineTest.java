package com.books.bookstore.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ReadListener;
import javax.servlet.ServletInputStream;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With no time at all: a body that has not come is too late, one that has come is not. */
class BodyDeadlineTest {

    private final BodyDeadline deadline = new BodyDeadline();
    private final Map<String, Object> answer = new HashMap<>(Map.of("status", 200));

    @BeforeEach
    void noTime() {
        deadline.init(stub(FilterConfig.class, Map.of("getInitParameter", "0")));
    }

    @Test
    void aRequestWhoseBodyHasComeIsAnsweredHoweverLongThatTakes() throws Exception {
        deadline.doFilter(request(""), response(), (request, response) -> {});

        assertThat(answer).containsEntry("status", 200).doesNotContainKey("flushed");
    }

    @Test
    void aRequestWithoutItsBodyIsRefusedAndItsConnectionEnds() {
        FilterChain reads = (request, response) -> request.getInputStream().read();

        assertThatThrownBy(() -> deadline.doFilter(request("{"), response(), reads))
                .isInstanceOf(ClientAbortException.class);
        assertThat(answer).containsEntry("status", 408).containsKey("flushed");
    }

    @Test
    void aBodyThatNoServletWantsEndsTheConnectionAfterTheAnswer() {
        FilterChain refuses = (request, response) -> ((HttpServletResponse) response).setStatus(401);

        assertThatThrownBy(() -> deadline.doFilter(request("{"), response(), refuses))
                .isInstanceOf(ClientAbortException.class);
        assertThat(answer).containsEntry("status", 401).containsKey("flushed");
    }

    private static HttpServletRequest request(String body) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII));
        return stub(HttpServletRequest.class, Map.of("getInputStream", new ServletInputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return bytes.read(target, offset, length);
            }

            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException();
            }
        }));
    }

    private HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getStatus":
                            return answer.get("status");
                        case "setStatus":
                            answer.put("status", arguments[0]);
                            return null;
                        case "flushBuffer":
                            answer.put("flushed", true);
                            return null;
                        case "isCommitted":
                            return answer.containsKey("flushed");
                        default:
                            return null;
                    }
                });
    }

    private static <T> T stub(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
