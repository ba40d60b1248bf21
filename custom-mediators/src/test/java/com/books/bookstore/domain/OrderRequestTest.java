package com.books.bookstore.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderRequestTest {

    @Test
    void addsUpLinesOfTheSameBookInAscendingOrder() {
        OrderRequest request =
                OrderRequest.merging(List.of(new OrderLine(5, 1), new OrderLine(2, 3), new OrderLine(5, 4)), null);

        assertThat(request.lines()).containsExactly(new OrderLine(2, 3), new OrderLine(5, 5));
    }

    @Test
    void takesOneToAHundredBooks() {
        assertThat(OrderRequest.merging(books(100), null).lines()).hasSize(100);
        assertThatIllegalArgumentException().isThrownBy(() -> OrderRequest.merging(books(101), null));
        assertThatIllegalArgumentException().isThrownBy(() -> OrderRequest.merging(List.of(), null));
    }

    @Test
    void takesOneTo999CopiesOfABook() {
        assertThat(OrderRequest.merging(List.of(new OrderLine(1, 998), new OrderLine(1, 1)), null)
                        .lines()
                        .get(0)
                        .quantity())
                .isEqualTo(999);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrderRequest.merging(List.of(new OrderLine(1, 999), new OrderLine(1, 1)), null));
        assertThatIllegalArgumentException().isThrownBy(() -> new OrderLine(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new OrderLine(1, 1000));
        assertThatIllegalArgumentException().isThrownBy(() -> new OrderLine(0, 1));
    }

    @Test
    void aBookHasNeitherNegativeValuesNorFractionsOfACent() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Book(1, "One", new BigDecimal("-0.01"), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Book(1, "One", BigDecimal.ONE, -1));
        assertThat(new Book(1, "One", new BigDecimal("9.9"), 0).price()).isEqualTo("9.90");
        assertThatThrownBy(() -> new Book(1, "One", new BigDecimal("9.999"), 0))
                .isInstanceOf(ArithmeticException.class);
    }

    private static List<OrderLine> books(int count) {
        List<OrderLine> lines = new ArrayList<>();
        for (int book = 1; book <= count; book++) {
            lines.add(new OrderLine(book, 1));
        }
        return lines;
    }
}
