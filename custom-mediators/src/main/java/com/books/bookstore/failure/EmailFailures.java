package com.books.bookstore.failure;

import com.books.bookstore.mail.UnsendableMailException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells from an exception what it means for the email that was being sent, and for those after it. */
public final class EmailFailures {

    /** The mail transport, which the mediators cannot link to. */
    private static final List<String> MAIL_PACKAGES = List.of("javax.mail.", "jakarta.mail.", "com.sun.mail.");

    private static final String REFUSED_MAIL = "SendFailedException";
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("MailConnectException", "AuthenticationFailedException");
    private static final String REFUSED_RECIPIENT = "SMTPAddressFailedException";
    /** The beginning of a reply, which is the whole message of that exception. */
    private static final Pattern REFUSED_FOR_GOOD = Pattern.compile("55[013][ -](?!5\\.[27]\\.)");

    private EmailFailures() {}

    /**
     * Whether the failure concerns this email alone, so that others can be sent. Geronimo's {@code javax.mail.Transport} wraps every failure
     * in the exception of a refused email; a failed connection or sign-in is then among its causes.
     */
    public static boolean concernsOneEmail(Throwable failure) {
        boolean refused = false;
        for (Throwable cause : Causes.of(failure)) {
            if (cause instanceof UnsendableMailException) {
                return true;
            }
            if (refused && cause instanceof IOException
                    || OF_THE_CONNECTION.contains(cause.getClass().getSimpleName())) {
                return false;
            }
            refused = refused || isA(cause.getClass(), REFUSED_MAIL);
        }
        return refused;
    }

    /**
     * Whether the mail server says that it will never accept email for the recipient: 550, 551 and 553 (RFC 5321, 4.2.3). Not for an
     * enhanced code (RFC 3463) about the mailbox (5.2: it can be full today) or about policy (5.7: it concerns the sender), and not when the
     * server refuses the sender or the content: those can be corrected.
     */
    public static boolean isRefusedForGood(Throwable failure) {
        return Causes.of(failure).stream()
                .anyMatch(cause -> isA(cause.getClass(), REFUSED_RECIPIENT)
                        && cause.getMessage() != null
                        && REFUSED_FOR_GOOD.matcher(cause.getMessage()).lookingAt());
    }

    /** Whether no attempt can ever send the email. */
    public static boolean isUnsendable(Throwable failure) {
        return Causes.of(failure).stream().anyMatch(UnsendableMailException.class::isInstance);
    }

    /** Whether the mail transport threw it. */
    static boolean isOfTransport(Throwable cause) {
        return MAIL_PACKAGES.stream().anyMatch(cause.getClass().getName()::startsWith);
    }

    private static boolean isA(Class<?> type, String simpleName) {
        return type != null && (simpleName.equals(type.getSimpleName()) || isA(type.getSuperclass(), simpleName));
    }
}
