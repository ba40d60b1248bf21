package com.books.bookstore.identity.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The kernel of an earlier run. One whose starter was killed ends by itself, but keeps its ports and its database until then. Its
 * process is noted in its home.
 */
final class EarlierKernel {

    /** More than the kernel itself takes at most ({@link GuardedMain}). */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(40);

    private static final String NOTE = "kernel.pid";

    private EarlierKernel() {}

    /** The system property by which a process is known as the kernel of this home. */
    static String mark(Path home) {
        return "-Dcarbon.home=" + home;
    }

    static void note(Path home, Process process) throws IOException {
        Files.writeString(home.resolve(NOTE), Long.toString(process.pid()));
    }

    /**
     * Stops the kernel that an earlier run left behind in this home, and waits until it has ended.
     *
     * @param home     an absolute path
     * @param progress told when there is one
     * @throws KernelException when it does not end
     */
    static void stop(Path home, Consumer<String> progress) throws IOException, KernelException {
        Path note = home.resolve(NOTE);
        if (!Files.exists(note)) {
            return;
        }
        Optional<ProcessHandle> left = Optional.of(Files.readString(note).strip())
                .filter(pid -> pid.matches("\\d{1,18}"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                // The number may have been given to some other program since.
                .filter(process -> Stream.of(process.info().arguments().orElse(new String[0]))
                        .anyMatch(mark(home)::equals));
        if (left.isPresent()) {
            progress.accept("Stopping the identity kernel that an earlier run left behind");
            end(left.get());
        }
        Files.delete(note);
    }

    private static void end(ProcessHandle process) throws KernelException {
        process.destroy();
        try {
            process.onExit()
                    .orTimeout(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException late) {
            throw new KernelException(
                    "The identity kernel of an earlier run (process " + process.pid() + ") does not end; stop it first",
                    late);
        }
    }
}
