package com.books.bookstore.launcher;

import com.books.bookstore.embedded.StartException;
import com.books.bookstore.launcher.mailbox.MailStore;
import com.books.bookstore.launcher.mailbox.ReceivedMail;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists and shows the emails that the local mail server received. The bookstore need not run. */
@Command(
        name = "mails",
        mixinStandardHelpOptions = true,
        description = "Lists the emails that the bookstore has sent, newest first, or shows one.")
final class MailsCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int LISTED = 50;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataDirectory data;

    @Option(names = "--to", paramLabel = "ADDRESS", description = "only emails to this address")
    private String to;

    @Option(names = "--last", description = "show the newest")
    private boolean last;

    @Parameters(arity = "0..1", paramLabel = "NUMBER", description = "show the email with this number")
    private Integer number;

    @Override
    public Integer call() {
        MailStore store = new MailStore(mailsBelow(data.path()));
        if (number != null) {
            show(store.read(number)
                    .map(content -> ReceivedMail.parse(number, content))
                    .orElseThrow(() -> new StartException("There is no email " + number)));
            return 0;
        }
        Predicate<ReceivedMail> wanted = to == null ? mail -> true : ReceivedMail.sentTo(to);
        Stream<ReceivedMail> mails = store.numbers().stream()
                .flatMap(found -> store.read(found).map(content -> ReceivedMail.parse(found, content)).stream())
                .filter(wanted);
        if (last) {
            show(mails.findFirst().orElseThrow(() -> new StartException(none())));
        } else {
            list(mails.limit(LISTED).toList());
        }
        return 0;
    }

    static Path mailsBelow(Path dataDirectory) {
        return dataDirectory.resolve("mails");
    }

    private String none() {
        return to == null ? "There are no emails" : "There are no emails to " + to;
    }

    private void list(List<ReceivedMail> mails) {
        PrintWriter out = spec.commandLine().getOut();
        if (mails.isEmpty()) {
            out.println(none());
        }
        for (ReceivedMail mail : mails) {
            out.printf(
                    Locale.ROOT,
                    "%5d  %s  %-30s  %s%n",
                    mail.number(),
                    TIME.format(mail.receivedAt()),
                    Printable.text(String.join(", ", mail.deliveredTo())),
                    Printable.text(mail.subject()));
        }
        out.flush();
    }

    private void show(ReceivedMail mail) {
        PrintWriter out = spec.commandLine().getOut();
        mail.headers().forEach(header -> out.println(header.name() + ": " + Printable.text(header.value())));
        out.println();
        String body = mail.text() != null ? mail.text() : mail.html() != null ? mail.html() : "";
        out.println(Printable.text(body.stripTrailing()));
        out.flush();
    }
}
