package com.books.bookstore.db;

import static com.books.bookstore.db.support.Shop.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Answer;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;

/** Law: whatever is ordered, cancelled, received and lost, a book's stock is the sum of its movements and never negative. */
@Tag("slow")
class StockConservationTest {

    private static final int BOOKS = 3;
    private static final int STOCK = 12;
    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);

    /** What a customer or staff do next. */
    sealed interface Step {

        /** Orders some copies of each book; no copies of a book: no such line. */
        record Place(List<Integer> copies) implements Step {}

        /** Cancels one of the orders placed so far, perhaps once more. */
        record Cancel(int order) implements Step {}

        /** Copies of one of the books come or go. */
        record Move(int book, int change) implements Step {}
    }

    @AfterContainer
    static void closeDatabase() {
        DATABASE.close();
    }

    @Property(tries = 60)
    void stockAndStandingOrdersStayTheSameTogether(@ForAll("steps") List<Step> steps) {
        List<Integer> books = new ArrayList<>();
        for (int i = 0; i < BOOKS; i++) {
            books.add(shop.addBook("Book " + i, STOCK));
        }
        List<Integer> orders = new ArrayList<>();
        Map<Integer, List<Integer>> standing = new HashMap<>();
        int[] moved = new int[BOOKS];

        for (Step step : steps) {
            if (step instanceof Step.Place place) {
                Line[] lines = linesOf(place, books);
                if (lines.length > 0) {
                    Answer answer = shop.place(lines);
                    if (answer.outcome().equals("placed")) {
                        orders.add(answer.id("orderId"));
                        standing.put(answer.id("orderId"), place.copies());
                    } else {
                        assertThat(answer.outcome()).isEqualTo("out_of_stock");
                    }
                }
            } else if (step instanceof Step.Cancel cancel && !orders.isEmpty()) {
                int orderId = orders.get(cancel.order() % orders.size());
                boolean stood = standing.remove(orderId) != null;
                assertThat(shop.cancel(orderId, CUSTOMER).outcome()).isEqualTo(stood ? "cancelled" : "not_pending");
            } else if (step instanceof Step.Move move) {
                boolean possible = shop.stock(books.get(move.book())) + move.change() >= 0;
                assertThat(shop.changeStock(books.get(move.book()), "counted", move.change())
                                .outcome())
                        .isEqualTo(possible ? "recorded" : "out_of_range");
                moved[move.book()] += possible ? move.change() : 0;
            }
            for (int i = 0; i < BOOKS; i++) {
                int index = i;
                int ordered = standing.values().stream()
                        .mapToInt(copies -> copies.get(index))
                        .sum();
                assertThat(shop.stock(books.get(i)))
                        .isEqualTo(STOCK + moved[i] - ordered)
                        .isEqualTo(shop.movements(books.get(i)))
                        .isNotNegative();
            }
        }
    }

    private static Line[] linesOf(Step.Place place, List<Integer> books) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < BOOKS; i++) {
            if (place.copies().get(i) > 0) {
                lines.add(Line.of(books.get(i), place.copies().get(i)));
            }
        }
        return lines.toArray(Line[]::new);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> copies = Arbitraries.integers().between(0, 6);
        Arbitrary<Step> place =
                Combinators.combine(copies, copies, copies).as((a, b, c) -> new Step.Place(List.of(a, b, c)));
        Arbitrary<Step> cancel = Arbitraries.integers().between(0, 20).map(Step.Cancel::new);
        Arbitrary<Step> move = Combinators.combine(
                        Arbitraries.integers().between(0, BOOKS - 1),
                        Arbitraries.integers().between(-8, 8).filter(change -> change != 0))
                .as(Step.Move::new);
        return Arbitraries.oneOf(place, cancel, move).list().ofMinSize(1).ofMaxSize(15);
    }
}
