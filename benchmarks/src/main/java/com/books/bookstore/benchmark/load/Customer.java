package com.books.bookstore.benchmark.load;

/**
 * Somebody who orders.
 *
 * @param token what the bookstore knows the customer by; the plain server has no access control and goes by the e-mail address
 */
record Customer(String email, String token) {

    /** The header lines that say who asks, for either server. */
    String headers() {
        return "Authorization: Bearer " + token + "\r\n" + PlainServer.CUSTOMER_HEADER + ": " + email + "\r\n";
    }
}
