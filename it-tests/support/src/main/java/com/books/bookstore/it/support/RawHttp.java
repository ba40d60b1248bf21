package com.books.bookstore.it.support;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sends requests byte for byte, as no client library would. Thread-safe. */
public final class RawHttp {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final URI address;

    /** @param address scheme, host, port, and what all paths begin with */
    public RawHttp(URI address) {
        this.address = address;
    }

    /**
     * @param target  path and query as they go out
     * @param headers lines without their ends
     */
    @SuppressWarnings("ArrayRecordComponent") // Requests are never compared.
    public record Request(String method, String target, List<String> headers, byte[] body) {

        /** For messages about it. */
        @Override
        public String toString() {
            String text = new String(body, StandardCharsets.UTF_8);
            return method + " " + target + " " + headers + " "
                    + (text.length() > 300 ? text.substring(0, 300) + "... (" + body.length + " bytes)" : text);
        }
    }

    /** @param headers by name, compared without case */
    public record Answer(int status, Map<String, List<String>> headers, String body) {

        /** The first line of a header, or null. */
        public String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? null : values.get(0);
        }
    }

    /** @throws IOException if there is no answer, or one that is no HTTP */
    public Answer send(Request request) throws IOException {
        StringBuilder head = new StringBuilder(request.method() + " " + address.getPath() + request.target()
                + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nConnection: close\r\n");
        request.headers().forEach(header -> head.append(header).append("\r\n"));
        if (request.body().length > 0) {
            head.append("Content-Length: ").append(request.body().length).append("\r\n");
        }
        try (Socket socket = BookstoreSystem.connect(address)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(request.body());
            IOException unsent = null;
            try {
                socket.getOutputStream().write(bytes.toByteArray());
            } catch (IOException e) {
                // A server may answer, and close, before it has read the whole body: RFC 9112, section 9.5.
                unsent = e;
            }
            try {
                return read(new BufferedInputStream(socket.getInputStream()), "HEAD".equals(request.method()));
            } catch (IOException e) {
                if (unsent != null) {
                    e.addSuppressed(unsent);
                }
                throw e;
            }
        }
    }

    private static Answer read(InputStream in, boolean withoutBody) throws IOException {
        String[] statusLine = line(in).split(" ", 3);
        if (statusLine.length < 2) {
            throw new IOException("No answer");
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] header = line.split(":\\s*", 2);
            headers.computeIfAbsent(header[0], name -> new ArrayList<>()).add(header[1]);
        }
        boolean chunked = headers.containsKey("Transfer-Encoding");
        byte[] body = withoutBody ? new byte[0] : chunked ? chunks(in) : in.readAllBytes();
        return new Answer(Integer.parseInt(statusLine[1]), headers, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.writeBytes(in.readNBytes(size));
            line(in);
        }
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
