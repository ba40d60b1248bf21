package com.books.bookstore.registration;

/** Which part of a list of registrations is wanted: from an offset on, or what follows a place that an earlier part named. Immutable. */
public final class RegistrationRange {

    private final int limit;
    private final int offset;
    private final long place;
    private final String registration;

    /**
     * @param limit        rows at most
     * @param offset       rows to skip; 0 with a place
     * @param place        the number of the place, 0 for none
     * @param registration the registration of the place, empty if its number says everything
     */
    public RegistrationRange(int limit, int offset, long place, String registration) {
        this.limit = limit;
        this.offset = offset;
        this.place = place;
        this.registration = registration;
    }

    public int limit() {
        return limit;
    }

    public int offset() {
        return offset;
    }

    public long place() {
        return place;
    }

    public String registration() {
        return registration;
    }
}
