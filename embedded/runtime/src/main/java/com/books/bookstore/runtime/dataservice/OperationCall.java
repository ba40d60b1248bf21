package com.books.bookstore.runtime.dataservice;

import java.util.Map;
import java.util.Objects;

/**
 * One operation of a request box.
 *
 * @param operation the operation's name
 * @param params its parameters by name; a null value is SQL's NULL
 */
public record OperationCall(String operation, Map<String, String> params) {

    public OperationCall {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(params, "params");
    }
}
