package com.books.bookstore.it.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks tests of answers that API Manager's gateway gives itself, in its own words, before the request reaches the bookstore: missing tokens
 * and scopes, unknown paths, wrong methods; and of addresses that are not published there. The tests of deployments have what the gateway answers.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag(NotBehindGateway.TAG)
public @interface NotBehindGateway {

    String TAG = "not-behind-gateway";
}
