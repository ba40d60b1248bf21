package com.books.bookstore.runtime.artifact;

import com.books.bookstore.embedded.StartException;

/**
 * A CAR was refused. The message names the CAR, the file in it, the line where one is known, and what is wrong there, for example
 * {@code orders_1.0.0.car: OrderAPI_1.0.0/OrderAPI-1.0.0.xml:12: <foreach> is not supported by the embedded runtime}.
 */
public class DeploymentException extends StartException {

    private static final long serialVersionUID = 1L;

    public DeploymentException(String message) {
        super(message);
    }

    public DeploymentException(String message, Throwable cause) {
        super(message, cause);
    }
}
