/** A bookstore as most would build it, with Spring Boot: what the bookstore's figures are compared with. */
package com.books.bookstore.benchmark.springboot;
