package com.books.bookstore.launcher.mailbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Mails as files {@code 000001.eml}, {@code 000002.eml}, .. in one directory. A file has its name only when its content is on the disk, so
 * what is killed in between leaves no partial email, and an email that was acknowledged is there.
 *
 * <p>Thread-safe; one process at a time may write.
 */
public final class MailStore {

    private static final Pattern NAME = Pattern.compile("([0-9]{6,9})\\.eml");
    private static final String UNFINISHED = ".part";
    /** Older emails are deleted, so that the directory does not grow without limit. */
    static final int KEPT = 1000;

    private final Path directory;
    private final AtomicInteger last = new AtomicInteger(-1);

    /** @param directory made with the first email, if it does not exist */
    public MailStore(Path directory) {
        this.directory = directory;
    }

    /** Keeps an email and gives its number; when this returns, it is on the disk. */
    int add(byte[] mail) throws IOException {
        Files.createDirectories(directory);
        int number = nextNumber();
        Path file = file(number);
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer content = ByteBuffer.wrap(mail);
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        // The name is part of the directory, which is flushed apart. Windows cannot open one, and does not need to.
        if (!System.getProperty("os.name").startsWith("Windows")) {
            try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
        Files.deleteIfExists(file(number - KEPT));
        return number;
    }

    private synchronized int nextNumber() {
        if (last.get() < 0) {
            last.set(numbers().stream().findFirst().orElse(0));
        }
        return last.incrementAndGet();
    }

    private Path file(int number) {
        return directory.resolve(String.format(Locale.ROOT, "%06d.eml", number));
    }

    /** The numbers of all emails, the newest first. */
    public List<Integer> numbers() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> Integer.valueOf(name.group(1)))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An email as it came, behind the lines about its delivery; empty if there is none with this number. */
    public Optional<byte[]> read(int number) {
        try {
            return Optional.of(Files.readAllBytes(file(number)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
