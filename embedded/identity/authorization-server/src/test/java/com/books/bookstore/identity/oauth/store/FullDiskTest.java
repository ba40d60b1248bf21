package com.books.bookstore.identity.oauth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** A disk that is really full: a small one in memory, which Linux gives a process of its own without being root. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class FullDiskTest {

    private static final String MOUNT = "mount -t tmpfs -o size=8m tmpfs \"$0\" && exec \"$@\"";

    @TempDir
    private Path disk;

    private static Process inSmallDisk(Path disk, String... command) throws IOException {
        String[] all = new String[6 + command.length];
        System.arraycopy(new String[] {"unshare", "-Urm", "sh", "-c", MOUNT, disk.toString()}, 0, all, 0, 6);
        System.arraycopy(command, 0, all, 6, command.length);
        return new ProcessBuilder(all).redirectErrorStream(true).start();
    }

    private static boolean isPossible(Path disk) throws InterruptedException {
        try {
            return inSmallDisk(disk, "true").waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    @Test
    @Timeout(120)
    void theDatabaseGoesOnWithAllThatWasCommittedOnceThereIsSpaceAgain() throws Exception {
        assumeTrue(isPossible(disk), "this machine does not let processes mount a disk of their own");

        Process program = inSmallDisk(
                disk,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                disk.toString());

        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(output).isZero();
        assertThat(output).contains("refused on the full disk", "all rows are there");
    }

    /** Fills the disk below a database, and frees it again. */
    public static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            Path filler = directory.resolve("filler");
            try (StateDatabase database = StateDatabase.open(directory)) {
                int committed = 0;
                insert(database, committed++);
                fill(filler);
                try {
                    for (int i = 0; i < 100_000; i++) {
                        insert(database, committed);
                        committed++;
                    }
                } catch (DataAccessException full) {
                    System.out.println("refused on the full disk");
                }
                Files.delete(filler);
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                while (!works(database) && System.nanoTime() < end) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                insert(database, committed + 1);
                Integer rows = database.jdbc()
                        .queryForObject(
                                "SELECT COUNT(*) FROM spent_credential WHERE CAST(fingerprint AS INT) < " + committed,
                                Integer.class);
                System.out.println(
                        rows != null && rows == committed ? "all rows are there" : rows + " of " + committed);
            }
        }

        private static void insert(StateDatabase database, int number) {
            database.jdbc().update("INSERT INTO spent_credential VALUES (?, 'a')", Integer.toString(number));
        }

        private static boolean works(StateDatabase database) {
            try {
                database.jdbc().update("DELETE FROM spent_credential WHERE fingerprint = '-1'");
                return true;
            } catch (DataAccessException stillClosed) {
                return false;
            }
        }

        private static void fill(Path file) {
            byte[] block = new byte[4096];
            try (OutputStream out = Files.newOutputStream(file)) {
                while (true) {
                    out.write(block);
                }
            } catch (IOException full) {
                System.out.println("full: " + full.getMessage());
            }
        }
    }
}
