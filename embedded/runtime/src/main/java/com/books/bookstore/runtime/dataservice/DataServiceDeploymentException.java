package com.books.bookstore.runtime.dataservice;

/** A data service cannot be deployed. The message names file, line and element. */
public class DataServiceDeploymentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String element;

    /**
     * @param file the name of the .dbs file
     * @param line the line on which the element starts, counted from 1
     * @param element the element at fault, for example {@code call-query}
     * @param message what is wrong with it
     */
    public DataServiceDeploymentException(String file, int line, String element, String message) {
        this(file, line, element, message, null);
    }

    /** As above, with the failure behind it. */
    public DataServiceDeploymentException(String file, int line, String element, String message, Throwable cause) {
        super(file + ":" + line + ": <" + element + ">: " + message, cause);
        this.file = file;
        this.line = line;
        this.element = element;
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    public String element() {
        return element;
    }
}
