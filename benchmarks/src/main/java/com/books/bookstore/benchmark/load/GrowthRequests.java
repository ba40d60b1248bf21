package com.books.bookstore.benchmark.load;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Every read of every API, each as a role that may ask it, and what the tasks ask the database. Registrations are the identity server's, which knows
 * nothing of books and orders, and left out.
 */
final class GrowthRequests {

    private static final String STAFF_SCOPES = "inventory:write orders:read orders:read_all orders:process";
    private static final String ADMIN_SCOPES =
            STAFF_SCOPES + " registrations:approve reports:read prices:manage mails:manage";

    /** Of staff, who may see only imports of their own. */
    private static final String IMPORT = "growth";

    /** The import has new prices for this many books at most: its size is that of a file, and not of the shop. */
    private static final int LINES = 10_000;

    /** As the storefront sends a file. */
    private static final int LINES_OF_A_PART = 1_500;

    /** Of so many lines one has a price that is no number. */
    private static final int WRONG = 100;

    private final List<Request> all = new ArrayList<>();
    private final int books;
    private final String customer;
    private final String staff;
    private final String admin;

    /**
     * A request under the name that the report has for it, without what differs from shop to shop.
     *
     * @param next whether the page after the one that the path names is asked for
     */
    record Request(String name, HttpCall call, boolean next) {}

    /** What a task asks the database, as SQL. */
    record TaskCall(String name, String sql) {}

    GrowthRequests(TokenIssuer issuer, int books, int orders) {
        this.books = books;
        customer = issuer.customer("customer1@books.test").headers();
        staff = issuer.user("staff@books.test", STAFF_SCOPES).headers();
        admin = issuer.user("admin@books.test", ADMIN_SCOPES).headers();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        int ownOrder = OrderHistory.customers(orders);

        get("", "/catalog/v1/books");
        next("", "/catalog/v1/books");
        get("", "/catalog/v1/books?offset=" + Math.min(10_000, books - 100), "/catalog/v1/books?offset=10000");
        get("", "/catalog/v1/books?sort=price&order=desc");
        get("", "/catalog/v1/books?q=tolkien");
        get("", "/catalog/v1/books?q=zzzzqqq");
        get("", "/catalog/v1/books?q=silent+gar");
        get("", "/catalog/v1/books?q=lantern+kyoto");
        get("", "/catalog/v1/books?q=the");
        next("", "/catalog/v1/books?q=silent");
        get("", "/catalog/v1/books/" + books / 2, "/catalog/v1/books/{id}");
        get("", "/catalog/v1/categories");
        get("", "/catalog/v1/books?category=Fantasy");
        get("", "/catalog/v1/books?category=Fantasy&q=silent");
        get("", "/catalog/v1/quantity-discounts");

        get(customer, "/orders/v1/orders", "/orders/v1/orders (customer)");
        get(customer, "/orders/v1/orders/" + ownOrder, "/orders/v1/orders/{id} (customer)");
        get(customer, "/orders/v1/orders/" + ownOrder + "/payment", "/orders/v1/orders/{id}/payment");
        get(customer, "/orders/v1/delivery-address");
        all.add(new Request(
                "POST /orders/v1/quotes",
                new HttpCall(
                        "POST",
                        "/orders/v1/quotes",
                        customer,
                        "{\"items\":[{\"bookId\":1,\"quantity\":2},{\"bookId\":" + books / 2 + ",\"quantity\":5}]}",
                        200,
                        ""),
                false));

        get(staff, "/orders/v1/orders", "/orders/v1/orders (staff)");
        get(staff, "/orders/v1/orders?status=completed");
        get(staff, "/orders/v1/orders?status=pending&order=asc");
        get(staff, "/orders/v1/orders?offset=" + Math.min(10_000, orders - 100), "/orders/v1/orders?offset=10000");
        get(staff, "/orders/v1/orders?customer=customer1%40books.test");
        get(staff, "/orders/v1/orders?customer=reader+1");
        get(staff, "/orders/v1/orders?customer=nobody");
        get(staff, "/orders/v1/orders?book=Lantern");
        get(staff, "/orders/v1/orders?book=zzzzqqq");
        get(staff, "/orders/v1/orders?orderId=" + orders / 2, "/orders/v1/orders?orderId={id}");
        get(
                staff,
                "/orders/v1/orders?from=" + today.minusDays(30) + "&to=" + today.minusDays(20),
                "/orders/v1/orders?from=&to= (11 days)");
        get(staff, "/orders/v1/orders/" + orders / 2 + "/history", "/orders/v1/orders/{id}/history");
        get(staff, "/inventory/v1/books");
        get(staff, "/inventory/v1/books?maxStock=5&sort=stock");
        get(staff, "/inventory/v1/books?q=lantern");
        get(staff, "/inventory/v1/books/1/stock-movements", "/inventory/v1/books/{id}/stock-movements");
        get(staff, "/inventory/v1/imports/" + IMPORT, "/inventory/v1/imports/{id}");
        next(staff, "/inventory/v1/imports/" + IMPORT, "/inventory/v1/imports/{id}");
        get(staff, "/inventory/v1/imports/" + IMPORT + "?result=wrong", "/inventory/v1/imports/{id}?result=wrong");

        get(admin, "/orders/v1/promotions");
        get(admin, "/reports/v1/summaries/" + today.minusDays(1), "/reports/v1/summaries/{yesterday}");
        get(admin, "/reports/v1/summaries/" + today, "/reports/v1/summaries/{today}");
        get(
                admin,
                "/reports/v1/summaries?from=" + today.minusDays(29) + "&to=" + today,
                "/reports/v1/summaries?from=&to= (30 days)");
        get(admin, "/reports/v1/audit-events");
        get(admin, "/reports/v1/audit-events?kind=stock_changed");
        get(admin, "/reports/v1/audit-events?day=" + today.minusDays(1), "/reports/v1/audit-events?day=");
        get(admin, "/mails/v1/mails");
        get(admin, "/mails/v1/mails?status=sent");
        get(admin, "/mails/v1/mails?status=dead");

        get("Authorization: Bearer " + ServerMain.METRICS_TOKEN + "\r\n", "/metrics/business");
        get("", "/health/ready");
    }

    private void get(String headers, String path) {
        get(headers, path, path);
    }

    private void get(String headers, String path, String name) {
        all.add(new Request("GET " + name, new HttpCall("GET", path, headers, "", 200, ""), false));
    }

    /** The second page of a list. */
    private void next(String headers, String path) {
        next(headers, path, path);
    }

    private void next(String headers, String path, String name) {
        all.add(new Request("GET " + name + ", next page", new HttpCall("GET", path, headers, "", 200, ""), true));
    }

    /** The parts of a file with new prices, to be sent before the reads. It is never applied. */
    List<HttpCall> importOfNewPrices() {
        List<HttpCall> parts = new ArrayList<>();
        int lines = Math.min(books, LINES);
        for (int first = 1; first <= lines; first += LINES_OF_A_PART) {
            StringBuilder csv = new StringBuilder("bookId,title,price\\n");
            for (int id = first; id < Math.min(first + LINES_OF_A_PART, lines + 1); id++) {
                csv.append(id)
                        .append(",Book ")
                        .append(id)
                        .append(',')
                        .append(id % WRONG == 0 ? "free" : "9.99")
                        .append("\\n");
            }
            parts.add(new HttpCall(
                    "POST",
                    "/inventory/v1/imports",
                    staff,
                    "{\"importId\":\"" + IMPORT + "\",\"firstLine\":" + (first + 1) + ",\"csv\":\"" + csv + "\"}",
                    200,
                    ""));
        }
        return parts;
    }

    List<Request> all() {
        return all;
    }

    /** In the order in which they are asked; some write what they find. */
    static List<TaskCall> tasks() {
        return List.of(
                new TaskCall("SendMailsTask: claim_mails", "CALL claim_mails(UUID(), 60, 10, 16)"),
                new TaskCall("FoldFiguresTask: fold_figures", "CALL fold_figures(1000)"),
                new TaskCall("CancelUnpaidOrdersTask: cancel_unpaid_orders", "CALL cancel_unpaid_orders(87600, 100)"),
                new TaskCall(
                        "QueueSummariesTask: queue_summaries", "CALL queue_summaries(UTC_DATE() - INTERVAL 1 DAY, 5)"),
                new TaskCall("QueueSummariesTask: purge_mails", "CALL purge_mails(90, 1000)"),
                new TaskCall("QueueSummariesTask: purge_decisions", "CALL purge_decisions(30, 1000)"));
    }
}
