/** Runs the unit test suites of MI projects, in the format that WSO2's unit test framework defines, as JUnit tests. */
package com.books.bookstore.runtime.unittest;
