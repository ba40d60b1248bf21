package com.books.bookstore.benchmark.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A mail server that takes every email, forgets it, and needs the same time for each of its answers. */
final class SlowSmtp implements AutoCloseable {

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Duration delay;

    SlowSmtp(Duration delay) throws IOException {
        this.delay = delay;
        socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                threads.execute(() -> converse(client));
            }
        } catch (IOException e) {
            // The socket was closed: the run is over.
        }
    }

    private void converse(Socket client) {
        try (client;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
                OutputStream out = client.getOutputStream()) {
            client.setTcpNoDelay(true);
            answer(out, "220 localhost");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String command = line.toUpperCase(Locale.ROOT);
                if (command.startsWith("DATA")) {
                    answer(out, "354 send it");
                    skipEmail(in);
                    answer(out, "250 taken");
                } else if (command.startsWith("QUIT")) {
                    answer(out, "221 localhost");
                    return;
                } else {
                    answer(out, "250 localhost");
                }
            }
        } catch (IOException e) {
            // The client has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void skipEmail(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            // Nothing of it is kept.
        }
    }

    private void answer(OutputStream out, String text) throws IOException, InterruptedException {
        Thread.sleep(delay.toMillis());
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
