package com.books.bookstore.launcher;

import java.util.ArrayList;
import java.util.List;

/** What {@code up} prints when the bookstore is open: its addresses, and commands to try. */
final class Announcement {

    /** Programs that start the bookstore wait for this line. */
    private static final String LAST_LINE = "Ctrl-C stops it.";

    private final Bookstore bookstore;
    private final String api;
    /** The option without which the commands would look for another bookstore; empty for the default. */
    private final String dataDirectory;

    Announcement(Bookstore bookstore, DataDirectory data) {
        this.bookstore = bookstore;
        this.api = bookstore.runtime().baseUri().toString();
        this.dataDirectory = data.optionOfOtherCommands();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("", "The bookstore is open."));
        lines.addAll(addresses());
        lines.addAll(List.of("", "Try it in another terminal, in this directory:"));
        lines.addAll(bookstore.administrator().map(this::forAdministrator).orElseGet(this::forCustomer));
        lines.addAll(List.of("", LAST_LINE));
        return lines;
    }

    private List<String> addresses() {
        EmbeddedIdentity identity = bookstore.identity();
        List<String> lines = new ArrayList<>();
        lines.add("  shop       " + bookstore.storefront().origin());
        lines.add("  APIs       "
                + String.join(
                        "  ",
                        bookstore.runtime().apiContexts().stream()
                                .sorted()
                                .map(context -> api + context)
                                .toList()));
        lines.add("  identity   " + identity.issuer() + "  (certificate " + identity.caCertificate() + ")");
        lines.add("  sign-in    " + identity.browserAddress()
                + "/oauth2/authorize  (the same server for browsers on this machine)");
        lines.add("  SCIM       " + identity.scimAddress());
        lines.add("  users      "
                + bookstore
                        .administrator()
                        .map(Announcement::users)
                        .orElse("customer, staff, admin; their password is " + EmbeddedIdentity.DEMO_PASSWORD));
        lines.add("  emails     "
                + bookstore
                        .mailbox()
                        .map(mailbox -> mailbox.address() + "  or: " + command("mails"))
                        .orElseGet(() -> "sent by " + bookstore.smtp()));
        lines.add("  database   " + bookstore.database().jdbcUrl().replaceFirst("\\?.*", "")
                + (bookstore.database().isEmbedded() ? "  (embedded)  look into it with: " + command("sql") : ""));
        lines.add("  metrics    " + bookstore.metricsAddress());
        lines.add("  CARs       " + String.join("  ", bookstore.deployedCars()));
        return lines;
    }

    private static String users(FirstAdministrator first) {
        return first.userName()
                + first.passwordFile()
                        .map(file -> "; the password is in " + file)
                        .orElse("") + ", and everyone whose registration an administrator approves";
    }

    private List<String> forCustomer() {
        return List.of(
                "  curl '" + api + "/catalog/v1/books?q=dune'",
                "  TOKEN=$(" + command("token customer") + ")",
                "  curl -X POST " + api + "/orders/v1/orders -H \"Authorization: Bearer $TOKEN\" \\",
                "       -H 'Content-Type: application/json' -H \"Idempotency-Key: $(date +%s)\" \\",
                "       -d '{\"items\":[{\"bookId\":1,\"quantity\":2}]}'",
                "  curl " + api + "/orders/v1/orders -H \"Authorization: Bearer $TOKEN\"");
    }

    /** The shop is empty at first. */
    private List<String> forAdministrator(FirstAdministrator first) {
        String password =
                first.passwordFile().map(file -> "--password-file " + file).orElse("--password-file FILE");
        return List.of(
                "  ADMIN=$(" + command("token " + first.userName() + " " + password) + ")",
                "  curl -X POST " + api + "/inventory/v1/books -H \"Authorization: Bearer $ADMIN\" \\",
                "       -H 'Content-Type: application/json' -d '{\"title\":\"Dune\",\"price\":9.99,\"stockQuantity\":5}'",
                "  curl '" + api
                        + "/registrations/v1/registrations?status=pending' -H \"Authorization: Bearer $ADMIN\"");
    }

    private String command(String words) {
        return "./bookstore " + words + dataDirectory;
    }
}
