package com.books.bookstore.db;

import static com.books.bookstore.db.support.Shop.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.db.support.DatabaseRefusal;
import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Account;
import com.books.bookstore.db.support.Shop.Answer;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders belong to accounts: to the subject of a token, not to its email address. */
@Tag("slow")
class OrderOwnershipTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Shop SHOP = new Shop(DATABASE);
    private static final Account FIRST = new Account("first account", CUSTOMER);
    private static final Account SECOND = new Account("second account", CUSTOMER);

    private static int book;

    @BeforeAll
    static void addBook() {
        book = SHOP.addBook("Kim", 100_000);
    }

    @BeforeEach
    void removeOrders() {
        DATABASE.execute(
                "DELETE FROM mail_outbox",
                "DELETE FROM order_history",
                "DELETE FROM payments",
                "DELETE FROM order_items",
                "DELETE FROM orders");
    }

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Test
    void anAddressThatIsRegisteredAgainInheritsNothing() {
        int order = place(FIRST);

        assertThat(SHOP.orders(SECOND)).isEmpty();
        assertThat(SHOP.cancel(order, SECOND).outcome()).isEqualTo("not_found");
        assertThat(SHOP.orders(Account.STAFF)).containsExactly(order);
        assertThat(SHOP.orderDocument(order).get("userEmail").textValue()).isEqualTo(CUSTOMER);
    }

    @Test
    void anAccountKeepsItsOrdersWhenItsAddressChanges() {
        int order = place(FIRST);
        Account renamed = new Account(FIRST.subject(), "new@books.com");

        assertThat(SHOP.orders(renamed)).containsExactly(order);
        assertThat(SHOP.cancel(order, renamed).outcome()).isEqualTo("cancelled");
    }

    @Test
    void keysBelongToAccounts() {
        Answer first = SHOP.place(FIRST, "key", Line.of(book, 1));
        Answer second = SHOP.place(SECOND, "key", Line.of(book, 2));

        assertThat(List.of(first.outcome(), second.outcome())).containsOnly("placed");
        assertThat(SHOP.place(SECOND, "key", Line.of(book, 2)).document()).isEqualTo(second.document());
        assertThat(context(SECOND, "key")).isEqualTo(second.id("orderId"));
        assertThat(context(new Account("third account", CUSTOMER), "key")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIRST ACCOUNT", "first account\u00a0", "first accoùnt", "email:" + CUSTOMER})
    void subjectsAreComparedExactly(String almost) {
        place(FIRST);
        placeBefore();

        assertThat(SHOP.orders(new Account(almost, "other@books.com"))).isEmpty();
    }

    @Test
    void anOrderWithoutACustomerIsRefused() {
        for (String subject : new String[] {"", null}) {
            assertThatThrownBy(() -> place(new Account(subject, CUSTOMER))).isInstanceOf(DatabaseRefusal.class);
        }
        assertThat(SHOP.orders(new Account(null, CUSTOMER))).isEmpty();
        assertThat(SHOP.orders(Account.STAFF)).isEmpty();
    }

    @Test
    void anOlderOrderBelongsToItsAddressUntilAnAccountOrders() {
        int before = placeBefore();
        assertThat(SHOP.orders(FIRST)).containsExactly(before);
        assertThat(SHOP.orders(new Account("other", "other@books.com"))).isEmpty();

        int order = place(FIRST);

        assertThat(SHOP.orders(FIRST)).containsExactly(order, before);
        assertThat(SHOP.orders(SECOND)).isEmpty();
        place(SECOND);
        assertThat(SHOP.orders(FIRST)).containsExactly(order, before);
    }

    @Test
    void cancellingClaimsToo() {
        int before = placeBefore();
        int other = placeBefore();

        assertThat(SHOP.cancel(before, FIRST).outcome()).isEqualTo("cancelled");

        assertThat(SHOP.orders(FIRST)).containsExactly(other, before);
        assertThat(SHOP.orders(SECOND)).isEmpty();
    }

    @Test
    void staffClaimNothing() {
        int before = placeBefore();

        SHOP.complete(before);
        SHOP.cancel(placeBefore(), Account.STAFF);

        assertThat(SHOP.orders(FIRST)).hasSize(2);
    }

    @Test
    void anOrderThatIsNotPlacedClaimsNothing() {
        int before = placeBefore();

        assertThat(SHOP.place(FIRST, "key", Line.of(book, 200_000)).outcome()).isEqualTo("out_of_stock");

        assertThat(SHOP.orders(SECOND)).containsExactly(before);
    }

    @Test
    void aRequestFromBeforeIsNotRepeated() {
        Answer before = SHOP.place(FIRST, "key", Line.of(book, 1));
        DATABASE.execute("UPDATE orders SET customer_subject = NULL");

        assertThat(context(FIRST, "key")).isEqualTo(before.id("orderId"));
        Answer again = SHOP.place(FIRST, "key", Line.of(book, 1));

        assertThat(again.outcome()).isEqualTo("replayed");
        assertThat(again.document()).isEqualTo(before.document());
        assertThat(SHOP.orders(FIRST)).hasSize(1);
    }

    @Test
    void aKeyThatWasUsedBeforeAndAfterDoesNotStandInTheWay() {
        SHOP.place(FIRST, "key", Line.of(book, 1));
        DATABASE.execute("UPDATE orders SET customer_subject = NULL");
        Account another = new Account(FIRST.subject(), "other@books.com");
        Answer own = SHOP.place(another, "key", Line.of(book, 2));

        // The account has the address of the older order now, and the key stands for its own order.
        assertThat(SHOP.place(FIRST, "key", Line.of(book, 2)).document()).isEqualTo(own.document());
        place(FIRST);

        assertThat(SHOP.orders(another)).hasSize(3);
        assertThat(SHOP.place(FIRST, "key", Line.of(book, 2)).document()).isEqualTo(own.document());
    }

    @Test
    void anAdministratorTiesOlderOrdersToAnAccountOrToNone() {
        int before = placeBefore();
        DATABASE.execute("CALL claim_orders('first account', '" + CUSTOMER + "')");
        assertThat(SHOP.orders(FIRST)).containsExactly(before);
        assertThat(SHOP.orders(SECOND)).isEmpty();

        int closed = placeBefore();
        DATABASE.execute(
                "UPDATE orders SET customer_subject = '', idempotency_key = NULL WHERE customer_subject IS NULL");
        assertThat(SHOP.orders(FIRST)).containsExactly(before);
        assertThat(SHOP.orders(Account.STAFF)).containsExactly(closed, before);
    }

    @Test
    void pagesAreNewestFirstAndFilteredByStatus() {
        int before = placeBefore();
        int second = SHOP.place(new Account("second account", "other@books.com"), "a", Line.of(book, 1))
                .id("orderId");
        int third = SHOP.place(new Account("third account", "third@books.com"), "a", Line.of(book, 1))
                .id("orderId");
        DATABASE.execute("UPDATE orders SET customer_subject = 'first account' WHERE order_id = " + second);
        SHOP.complete(second);

        assertThat(SHOP.orders(FIRST)).containsExactly(second, before);
        assertThat(SHOP.orders(FIRST, "", 1, 0)).containsExactly(second);
        assertThat(SHOP.orders(FIRST, "", 1, 1)).containsExactly(before);
        assertThat(SHOP.orders(FIRST, "pending", 10, 0)).containsExactly(before);
        assertThat(SHOP.orders(Account.STAFF, "completed", 10, 0)).containsExactly(second);
        assertThat(SHOP.orders(Account.STAFF, "", 10, 0)).containsExactly(third, second, before);
    }

    /** Rows that the server touches for a customer's page do not become more with other customers' orders. */
    @Test
    void theCostOfAPageDoesNotGrowWithTheShop() throws Exception {
        int before = placeBefore();
        place(FIRST);
        long small = rowsReadForAPage();
        DATABASE.execute(
                "INSERT INTO orders (user_email, payment_status, total_amount) SELECT CONCAT('c', b.book_id, '@books.com'), 'pending', 1"
                        + " FROM books b");
        // Doubled: 4,096 orders of other customers, all newer, some without an account.
        for (int i = 0; i < 12; i++) {
            DATABASE.execute("INSERT INTO orders (user_email, customer_subject, payment_status, total_amount)"
                    + " SELECT user_email, IF(order_id % 2, 'somebody', NULL), 'pending', 1 FROM orders WHERE user_email <> '"
                    + CUSTOMER + "'");
        }
        DATABASE.execute("ANALYZE TABLE orders");

        assertThat(SHOP.orders(FIRST)).hasSize(2).contains(before);
        assertThat(rowsReadForAPage()).isLessThanOrEqualTo(small + 10);
    }

    private static long rowsReadForAPage() throws Exception {
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            TestDatabase.rows(
                    connection,
                    "CALL list_orders('', 0, '', '', '', '', 0, ?, ?, 0, 20, 0)",
                    FIRST.subject(),
                    FIRST.email());
            long start = TestDatabase.rowsRead(connection);
            TestDatabase.rows(
                    connection,
                    "CALL list_orders('', 0, '', '', '', '', 0, ?, ?, 0, 20, 0)",
                    FIRST.subject(),
                    FIRST.email());
            return TestDatabase.rowsRead(connection) - start;
        }
    }

    private static int place(Account account) {
        return SHOP.place(account, UUID.randomUUID().toString(), Line.of(book, 1))
                .id("orderId");
    }

    /** An order from before orders had accounts. */
    private static int placeBefore() {
        int order = place(new Account("nobody yet", CUSTOMER + ".old"));
        DATABASE.execute(
                "UPDATE orders SET customer_subject = NULL, user_email = '" + CUSTOMER + "' WHERE order_id = " + order);
        return order;
    }

    private static Integer context(Account account, String key) {
        String previous =
                (String) DATABASE.rows("CALL order_context('[]', '', ?, ?, ?)", account.subject(), account.email(), key)
                        .get(0)
                        .get("previous");
        return previous == null ? null : Shop.json(previous).get("orderId").asInt();
    }
}
