package com.books.bookstore.benchmark;

import com.books.bookstore.domain.Catalog;
import com.books.bookstore.domain.OrderPricing;
import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.domain.OrderTotals;
import com.books.bookstore.domain.PricedOrder;
import com.books.bookstore.domain.QuantityDiscounts;
import com.books.bookstore.domain.StockValidation;
import com.books.bookstore.domain.TaxRate;
import com.books.bookstore.json.OrderDocuments;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Pricing, stock and totals of one order of ten lines. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class OrderBenchmark {

    private final OrderRequest request = SampleOrder.request();
    private final Catalog catalog = SampleOrder.catalog();
    private final OrderPricing pricing = new OrderPricing(QuantityDiscounts.parse(SampleOrder.QUANTITY_TIERS));
    private final TaxRate taxRate = TaxRate.parse(SampleOrder.TAX_RATE);
    private final MediatedOrder classMediators = MediatedOrder.byClassMediators();
    private final MediatedOrder scriptMediator = MediatedOrder.byScriptMediator();
    private final MediatedOrder compiledFunction = MediatedOrder.byCompiledFunction();

    /** The rules alone, without engine and JSON. */
    @Benchmark
    public OrderTotals domain() {
        return totals(priced());
    }

    /** The rules, and the order written as JSON for the database: what the mediators do, without the engine. */
    @Benchmark
    public String domainAndDocument() {
        PricedOrder order = priced();
        return OrderDocuments.forDatabase(order, totals(order), SampleOrder.CURRENCY);
    }

    /** The bookstore's class mediators in a Synapse sequence. */
    @Benchmark
    public String classMediators() {
        return classMediators.mediate();
    }

    /** The same rules in one script mediator in a Synapse sequence, same message, same result. */
    @Benchmark
    public String scriptMediator() {
        return scriptMediator.mediate();
    }

    /** The same script without the script mediator's overhead: a function that Nashorn keeps compiled. */
    @Benchmark
    public String compiledFunction() {
        return compiledFunction.mediate();
    }

    private PricedOrder priced() {
        PricedOrder order = pricing.price(request, catalog, Instant.now());
        if (!StockValidation.shortages(request, catalog).isEmpty()) {
            throw new IllegalStateException("The sample order must be in stock");
        }
        return order;
    }

    private OrderTotals totals(PricedOrder order) {
        return OrderTotals.of(order, taxRate);
    }
}
