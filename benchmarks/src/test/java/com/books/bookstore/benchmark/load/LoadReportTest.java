package com.books.bookstore.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The bookstore is compared with every other system that was measured. */
class LoadReportTest {

    @Test
    void comparesTheBookstoreWithTheOthersRoundByRound() {
        String report = new LoadReport(
                        List.of(
                                measured(MeasuredSystem.BOOKSTORE, 300, 100, 200),
                                measured(MeasuredSystem.PLAIN, 600, 100, 200),
                                measured(MeasuredSystem.SPRING_BOOT, 240, 100, 100)),
                        "settings")
                .markdown();

        assertThat(report)
                .contains("| GET /catalog/v1/books/{id} | bookstore | 20 |")
                .contains("| GET /catalog/v1/books/{id} | plain JDBC | 1.00 | 0.75 to 1.00 |")
                .contains("| GET /catalog/v1/books/{id} | Spring Boot | 1.25 | 1.13 to 1.63 |");
    }

    @Test
    void comparesNothingIfOnlyTheBookstoreWasMeasured() {
        assertThat(new LoadReport(List.of(measured(MeasuredSystem.BOOKSTORE, 300)), "settings").markdown())
                .doesNotContain("compared with");
    }

    /** So many reads in each round of ten seconds, each of a millisecond. */
    private static Measurement measured(MeasuredSystem system, int... requests) {
        Measurement measurement = new Measurement(Workload.READ_BOOK, system);
        for (int round : requests) {
            Histogram latencies = new Histogram(3);
            latencies.recordValueWithCount(1_000, round);
            Instant begin = Instant.parse("2026-11-28T12:00:00Z");
            measurement.add(
                    new LoadGenerator.Phase(latencies, 0, null, new CpuProfile.Window(begin, begin.plusSeconds(10))),
                    CpuTimes.NONE,
                    round);
        }
        return measurement;
    }
}
