package com.books.bookstore.identity.web;

import java.io.IOException;
import java.time.Duration;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ReadListener;
import javax.servlet.ServletException;
import javax.servlet.ServletInputStream;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.ClientAbortException;

/**
 * Gives each request some seconds until its whole body has come, however busily its client sends single bytes: the server's own limit
 * is for the time between two of them, and a thread waits for each body, also for one that no servlet wants. Then the answer, if
 * there is none yet, is 408, and the connection ends. Named first in the kernel's web.xml. Thread-safe.
 */
public final class BodyDeadline implements Filter {

    private static final String SECONDS = "seconds";

    private Duration limit;

    @Override
    public void init(FilterConfig configuration) {
        limit = Duration.ofSeconds(Long.parseLong(configuration.getInitParameter(SECONDS)));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        LimitedRequest limited = new LimitedRequest((HttpServletRequest) request, System.nanoTime() + limit.toNanos());
        try {
            chain.doFilter(limited, response);
            // Before the server does it, which knows no deadline.
            limited.drain();
        } catch (IOException | ServletException failed) {
            if (!limited.late) {
                throw failed;
            }
        }
        if (limited.late) {
            end((HttpServletResponse) response);
        }
    }

    /** The server closes the connection of a client that is said to have left in the middle of an answer. */
    private static void end(HttpServletResponse response) throws IOException {
        if (!response.isCommitted()) {
            if (response.getStatus() < HttpServletResponse.SC_BAD_REQUEST) {
                response.reset();
                response.setStatus(HttpServletResponse.SC_REQUEST_TIMEOUT);
            }
            response.setHeader("Connection", "close");
            response.flushBuffer();
        }
        throw new ClientAbortException("The request was sent too slowly");
    }

    @Override
    public void destroy() {
        // Nothing is held.
    }

    private static final class LimitedRequest extends HttpServletRequestWrapper {

        private static final int BUFFER = 8 * 1024;

        private final long end;
        private ServletInputStream body;
        private boolean late;

        LimitedRequest(HttpServletRequest request, long end) {
            super(request);
            this.end = end;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new LimitedBody(super.getInputStream());
            }
            return body;
        }

        void drain() throws IOException {
            byte[] ignored = new byte[BUFFER];
            ServletInputStream rest = getInputStream();
            while (rest.read(ignored) >= 0) {
                // Read on.
            }
        }

        /** @throws IOException when the time is over */
        private void requireTime() throws IOException {
            if (System.nanoTime() - end > 0) {
                late = true;
                throw new IOException("The request was sent too slowly");
            }
        }

        private final class LimitedBody extends ServletInputStream {

            private final ServletInputStream sent;

            LimitedBody(ServletInputStream sent) {
                this.sent = sent;
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (sent.isFinished()) {
                    // However long the answer took: the client has done its part.
                    return -1;
                }
                requireTime();
                try {
                    return sent.read(target, offset, length);
                } catch (IOException stalled) {
                    // The limit between two bytes, or the client has gone.
                    late = true;
                    throw stalled;
                }
            }

            @Override
            public boolean isFinished() {
                return sent.isFinished();
            }

            @Override
            public boolean isReady() {
                return sent.isReady();
            }

            @Override
            public void setReadListener(ReadListener listener) {
                sent.setReadListener(listener);
            }
        }
    }
}
