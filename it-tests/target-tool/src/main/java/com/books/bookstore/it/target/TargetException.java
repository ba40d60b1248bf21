package com.books.bookstore.it.target;

/** Something about the target that its tester has to change; the message is for them and holds no secret. */
class TargetException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TargetException(String message) {
        super(message);
    }
}
