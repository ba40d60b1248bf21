package com.books.bookstore.domain;

import java.util.List;

/** Where an order is delivered. Its parts are checked texts without control characters. Immutable. */
public final class DeliveryAddress {

    /** Lines between the recipient's name and the city. */
    public static final int MAX_LINES = 3;

    /** Unicode characters of the name, a line or the city. */
    public static final int MAX_LENGTH = 100;

    /** Unicode characters of a postal code. */
    public static final int MAX_POSTAL_CODE = 20;

    private final String name;
    private final List<String> lines;
    private final String postalCode;
    private final String city;
    private final String country;

    /**
     * @param name       of the recipient
     * @param lines      street, number and the like: 1 to {@value #MAX_LINES}
     * @param postalCode empty where there is none
     * @param country    ISO 3166-1 alpha-2 code
     */
    public DeliveryAddress(String name, List<String> lines, String postalCode, String city, String country) {
        this.name = name;
        this.lines = List.copyOf(lines);
        this.postalCode = postalCode;
        this.city = city;
        this.country = country;
    }

    public String name() {
        return name;
    }

    public List<String> lines() {
        return lines;
    }

    /** Empty where there is none. */
    public String postalCode() {
        return postalCode;
    }

    public String city() {
        return city;
    }

    /** ISO 3166-1 alpha-2 code. */
    public String country() {
        return country;
    }
}
