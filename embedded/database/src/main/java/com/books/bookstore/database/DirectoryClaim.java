package com.books.bookstore.database;

import com.books.bookstore.embedded.StartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to use a directory, held by one server at a time. Two servers on the same data would wait for each other for
 * minutes and then fail with a long log; with this claim the second one fails at once. The right ends with the process at the latest.
 */
final class DirectoryClaim implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryClaim(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Claims a directory and makes it if it does not exist.
     *
     * @throws StartException if it is claimed already, or cannot be written to
     */
    static DirectoryClaim of(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return new DirectoryClaim(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new StartException(
                    "The directory " + directory + " for the embedded MariaDB cannot be used: " + e, e);
        }
        throw new StartException("The directory " + directory + " is used by another running bookstore");
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException nothingWasWritten) {
            // The lock is gone or goes with the process.
        }
    }
}
