package com.books.bookstore.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.domain.DeliveryAddress;
import com.books.bookstore.domain.OrderLine;
import com.books.bookstore.domain.OrderRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FingerprintLawsTest {

    @Property(tries = 200)
    void theSameOrderHasTheSameFingerprintHoweverItIsWritten(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 50) Integer> bookIds,
            @ForAll Random random) {
        List<OrderLine> lines =
                bookIds.stream().map(id -> new OrderLine(id, id)).collect(Collectors.toList());
        List<OrderLine> shuffled = new ArrayList<>(lines);
        Collections.shuffle(shuffled, random);

        assertThat(OrderBody.fingerprint(OrderRequest.merging(shuffled, "P")))
                .isEqualTo(OrderBody.fingerprint(OrderRequest.merging(lines, "P")))
                .matches("[0-9a-f]{64}");
    }

    @Example
    void differentOrdersHaveDifferentFingerprints() {
        assertThat(List.of(
                        OrderBody.fingerprint(OrderRequest.merging(List.of(new OrderLine(1, 11)), null)),
                        OrderBody.fingerprint(OrderRequest.merging(List.of(new OrderLine(11, 1)), null)),
                        OrderBody.fingerprint(
                                OrderRequest.merging(List.of(new OrderLine(1, 1), new OrderLine(2, 1)), null)),
                        OrderBody.fingerprint(OrderRequest.merging(List.of(new OrderLine(1, 11)), "1")),
                        OrderBody.fingerprint(OrderRequest.merging(List.of(new OrderLine(1, 11)), "P")),
                        to("Jane", "1", "2", "3"),
                        to("Jane", "12", "3", ""),
                        to("Jane", "1", "23", "")))
                .doesNotHaveDuplicates();
    }

    /** The fingerprint of an order with these lines, the last of which may be empty. */
    private static String to(String name, String first, String second, String postalCode) {
        return OrderBody.fingerprint(OrderRequest.merging(List.of(new OrderLine(1, 11)), "P")
                .deliveredTo(new DeliveryAddress(name, List.of(first, second), postalCode, "Rome", "IT")));
    }
}
