package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Account;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Law: whatever is registered, deleted, renamed, ordered and cancelled, an account sees the orders that it placed or claimed and those of
 * its address that no account owns; what an account owns stays its own.
 */
@Tag("slow")
class OrderOwnershipLawTest {

    private static final int ADDRESSES = 2;
    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Shop SHOP = new Shop(DATABASE);
    private static final int BOOK = SHOP.addBook("Kim", 1_000_000);

    private enum Action {
        /** Deletes the account of the address, and registers the address again. */
        REGISTER_AGAIN,
        /** The accounts of the two addresses change places. */
        SWAP_ADDRESSES,
        ORDER,
        CANCEL_OLDEST,
        /** An order without an account, as an older version places it. */
        ORDER_WITHOUT_ACCOUNT
    }

    /** @param address whose account acts */
    record Step(Action action, int address) {}

    @AfterContainer
    static void closeDatabase() {
        DATABASE.close();
    }

    @Property(tries = 40)
    void accountsSeeTheirOwnOrdersAndNoOthers(@ForAll("steps") List<Step> steps) {
        String run = UUID.randomUUID().toString();
        List<String> addresses = IntStream.range(0, ADDRESSES)
                .mapToObj(i -> i + "-" + run + "@books.com")
                .toList();
        Map<String, String> accounts = new HashMap<>();
        addresses.forEach(address -> accounts.put(address, UUID.randomUUID().toString()));
        Map<Integer, String> owners = new HashMap<>();

        for (Step step : steps) {
            String address = addresses.get(step.address());
            Account account = new Account(accounts.get(address), address);
            switch (step.action()) {
                case REGISTER_AGAIN -> accounts.put(address, UUID.randomUUID().toString());
                case SWAP_ADDRESSES ->
                    accounts.put(address, accounts.put(addresses.get(1 - step.address()), account.subject()));
                case ORDER -> {
                    claim(owners, account);
                    owners.put(order(account), account.subject());
                }
                case CANCEL_OLDEST ->
                    owners.keySet().stream().min(Integer::compare).ifPresent(order -> {
                        claim(owners, account);
                        boolean owned = owners.get(order).equals(account.subject());
                        assertThat(SHOP.cancel(order, account).outcome().equals("not_found"))
                                .isEqualTo(!owned);
                    });
                case ORDER_WITHOUT_ACCOUNT -> {
                    int order = order(new Account(UUID.randomUUID().toString(), "of-an-older-version@books.com"));
                    DATABASE.execute("UPDATE orders SET customer_subject = NULL, user_email = '" + address
                            + "' WHERE order_id = " + order);
                    owners.put(order, address);
                }
            }
            for (String each : addresses) {
                Account owner = new Account(accounts.get(each), each);
                assertThat(SHOP.orders(owner))
                        .containsExactlyInAnyOrderElementsOf(owners.keySet().stream()
                                .filter(order -> List.of(owner.subject(), each).contains(owners.get(order)))
                                .toList());
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Action.class), Arbitraries.integers().between(0, ADDRESSES - 1))
                .as(Step::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(15);
    }

    private static void claim(Map<Integer, String> owners, Account account) {
        owners.replaceAll((order, owner) -> owner.equals(account.email()) ? account.subject() : owner);
    }

    private static int order(Account account) {
        return SHOP.place(account, UUID.randomUUID().toString(), Line.of(BOOK, 1))
                .id("orderId");
    }
}
