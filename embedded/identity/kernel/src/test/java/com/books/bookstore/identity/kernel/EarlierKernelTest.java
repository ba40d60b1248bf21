package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierKernelTest {

    @TempDir
    private Path home;

    private final List<String> progress = new ArrayList<>();

    /** Runs until its standard input ends, as the kernel does. */
    private static Process program(String mark) throws IOException {
        return new ProcessBuilder("sh", "-c", "read line", "sh", mark).start();
    }

    @Test
    void theKernelOfAnEarlierRunIsStoppedAndWaitedFor() throws Exception {
        Process left = program(EarlierKernel.mark(home));
        try {
            EarlierKernel.note(home, left);

            EarlierKernel.stop(home, progress::add);

            assertThat(left.isAlive()).isFalse();
            assertThat(progress).containsExactly("Stopping the identity kernel that an earlier run left behind");
            assertThat(home).isEmptyDirectory();
        } finally {
            left.destroyForcibly();
        }
    }

    @Test
    void anotherProgramThatGotItsNumberGoesOn() throws Exception {
        Process other = program(EarlierKernel.mark(home.resolve("other")));
        try {
            EarlierKernel.note(home, other);

            EarlierKernel.stop(home, progress::add);

            assertThat(other.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(progress).isEmpty();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void withoutAnEarlierRunThereIsNothingToStop() throws Exception {
        EarlierKernel.stop(home, progress::add);

        assertThat(progress).isEmpty();
    }

    @Test
    void aPortInUseIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            KernelOptions options = KernelOptions.of(home.resolve("parts"), home, taken.getLocalPort(), 0);

            assertThatThrownBy(() -> KernelProcess.start(options))
                    .isInstanceOf(KernelException.class)
                    .hasMessageStartingWith("Port " + taken.getLocalPort() + " cannot be used: ");
        }
    }
}
