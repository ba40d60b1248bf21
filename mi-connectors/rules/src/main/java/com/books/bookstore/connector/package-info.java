/** The operations of the bookstore's connector for Micro Integrator: what the class mediators do, on the parameters of a template. */
package com.books.bookstore.connector;
