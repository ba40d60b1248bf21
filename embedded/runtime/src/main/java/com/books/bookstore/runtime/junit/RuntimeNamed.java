package com.books.bookstore.runtime.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which of several runtimes a parameter of a test gets: the one of the extension with this {@link MiRuntimeExtension#named name}. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface RuntimeNamed {

    String value();
}
