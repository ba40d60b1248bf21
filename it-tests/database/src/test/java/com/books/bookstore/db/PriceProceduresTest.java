package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Account;
import com.books.bookstore.db.support.Shop.Answer;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PriceProceduresTest {

    private static final String ADMIN = "admin@books.com";
    private static final String FROM =
            Long.toString(Instant.parse("2026-06-01T00:00:00Z").getEpochSecond());
    private static final String UNTIL =
            Long.toString(Instant.parse("2036-09-01T00:00:00Z").getEpochSecond());

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Test
    void addsAPromotionOnce() {
        Answer created = create("ONCE", "12.5", FROM, UNTIL, "10", "1");

        assertThat(created.outcome()).isEqualTo("created");
        assertThat(created.document()).isEqualTo(Shop.json("""
                        {"code": "ONCE", "percentOff": 12.50, "validFrom": "2026-06-01T00:00:00Z", "validUntil": "2036-09-01T00:00:00Z",
                         "maxUses": 10, "maxUsesPerCustomer": 1, "uses": 0, "version": 1}"""));
        assertThat(create("once", "5", "", "", "", "").outcome()).isEqualTo("code_taken");
        assertThat(audit("promotion_created", "ONCE")).isEqualTo(1);
    }

    @Test
    void changesAPromotionOnlyFromTheVersionThatWasRead() {
        create("CHANGED", "10", FROM, "", "", "");

        Answer updated = update("CHANGED", "1", "20", "", UNTIL, "5", "");
        assertThat(updated.outcome()).isEqualTo("updated");
        assertThat(updated.document().get("validFrom").textValue()).isEqualTo("2026-06-01T00:00:00Z");
        assertThat(updated.document().get("percentOff").decimalValue()).isEqualByComparingTo("20");
        assertThat(updated.document().get("version").intValue()).isEqualTo(2);
        assertThat(update("CHANGED", "1", "30", "", "", "", "").outcome()).isEqualTo("version_conflict");
        assertThat(update("NO-SUCH", "*", "30", "", "", "", "").outcome()).isEqualTo("not_found");
        assertThat(audit("promotion_changed", "CHANGED")).isEqualTo(1);
    }

    @Test
    void countsTheUsesOfAPromotion() {
        create("COUNTED", "10", "", "", "", "");
        int book = shop.addBook("Emma", 10);
        Account ann = new Account("ann", "ann@books.com");
        Answer order = shop.place(ann, "k", "f".repeat(64), Shop.orderJson("COUNTED", Line.of(book, 1)));

        assertThat(uses("COUNTED")).isEqualTo(1);
        shop.cancel(order.id("orderId"), ann);
        assertThat(uses("COUNTED")).isZero();
    }

    @Test
    void replacesTheQuantityDiscountsOnlyFromTheVersionThatWasRead() {
        assertThat(tiers()).isNull();
        assertThat(replace("7", "2:50")).isEqualTo("version_conflict");
        assertThat(tiers()).isNull();

        assertThat(replace("0", "5:5,10:10")).isEqualTo("updated");
        assertThat(tiers()).isEqualTo("5:5,10:10");
        assertThat(replace("0", "none")).isEqualTo("version_conflict");
        assertThat(replace("1", "none")).isEqualTo("updated");
        assertThat(tiers()).isEqualTo("none");
        assertThat(audit("quantity_discounts_changed", "")).isEqualTo(2);
    }

    private static Answer create(
            String code, String percent, String from, String until, String uses, String usesPerCustomer) {
        return Answer.of(DATABASE.rows(
                "CALL create_promotion(?, ?, ?, ?, ?, ?, ?)",
                code,
                percent,
                from,
                until,
                uses,
                usesPerCustomer,
                ADMIN));
    }

    private static Answer update(
            String code,
            String version,
            String percent,
            String from,
            String until,
            String uses,
            String usesPerCustomer) {
        return Answer.of(DATABASE.rows(
                "CALL update_promotion(?, ?, ?, ?, ?, ?, ?, ?)",
                code,
                version,
                percent,
                from,
                until,
                uses,
                usesPerCustomer,
                ADMIN));
    }

    private static Object replace(String version, String tiers) {
        return DATABASE.rows("CALL replace_quantity_discounts(?, ?, ?)", version, tiers, ADMIN)
                .get(0)
                .get("outcome");
    }

    private static int uses(String code) {
        return Shop.json((String) DATABASE.value("SELECT document FROM promotion_documents WHERE code = ?", code))
                .get("uses")
                .intValue();
    }

    private static Object tiers() {
        return DATABASE.rows("CALL order_context('[]', '', 'ann', 'ann@books.com', '')")
                .get(0)
                .get("tiers");
    }

    private static long audit(String kind, String subject) {
        return DATABASE.count("SELECT COUNT(*) FROM audit_events WHERE kind = ? AND subject = ?", kind, subject);
    }
}
