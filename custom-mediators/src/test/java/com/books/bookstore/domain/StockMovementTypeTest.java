package com.books.bookstore.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StockMovementTypeTest {

    private static final Path ROOT = Path.of("..");

    /** Law: movements are differences, so that the stock after all of them does not depend on their order. */
    @Property
    void theOrderOfMovementsDoesNotMatter(@ForAll("movements") List<Tuple2<StockMovementType, Integer>> movements) {
        List<Tuple2<StockMovementType, Integer>> backwards = movements.stream().collect(Collectors.toList());
        Collections.reverse(backwards);

        assertThat(sum(movements)).isEqualTo(sum(backwards));
        assertThat(movements).allSatisfy(movement -> {
            int change = movement.get1().change(movement.get2());
            assertThat(Math.abs(change)).isEqualTo(Math.abs(movement.get2())).isNotZero();
        });
    }

    @ParameterizedTest
    @EnumSource(StockMovementType.class)
    void noMovementIsEmptyOrTooLarge(StockMovementType type) {
        for (int quantity : new int[] {0, type.minimumQuantity() - 1, Stock.MAXIMUM + 1}) {
            assertThatThrownBy(() -> type.change(quantity)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theApiAndTheDatabaseHaveTheSameTypesAndTheSameMaximum() throws IOException {
        String types = Stream.of(StockMovementType.values())
                .map(StockMovementType::code)
                .collect(Collectors.joining(", "));
        String definition =
                Files.readString(ROOT.resolve("sequences/src/main/wso2mi/resources/api-definitions/InventoryAPI.yaml"));
        assertThat(definition).contains("enum: [" + types + "]").contains("maximum: " + Stock.MAXIMUM);
        Path migrations = ROOT.resolve("db/src/main/resources/db/migration");
        assertThat(Files.readString(migrations.resolve("V15__stock_movements.sql")))
                .contains("'" + types.replace(", ", "', '") + "'");
        assertThat(Files.readString(migrations.resolve("R__change_stock.sql"))).contains("> " + Stock.MAXIMUM);
    }

    private static long sum(List<Tuple2<StockMovementType, Integer>> movements) {
        return movements.stream()
                .mapToLong(movement -> movement.get1().change(movement.get2()))
                .sum();
    }

    @Provide
    Arbitrary<List<Tuple2<StockMovementType, Integer>>> movements() {
        Arbitrary<Integer> quantities = Arbitraries.integers().between(1, Stock.MAXIMUM);
        Arbitrary<Tuple2<StockMovementType, Integer>> movement = Combinators.combine(
                        Arbitraries.of(StockMovementType.class), quantities, Arbitraries.of(true, false))
                .as((type, quantity, less) ->
                        Tuple.of(type, less && type == StockMovementType.COUNTED ? -quantity : quantity));
        return movement.list().ofMaxSize(20);
    }
}
