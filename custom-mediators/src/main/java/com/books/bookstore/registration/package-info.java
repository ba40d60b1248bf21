/** Who asks for an account, and the rules for it; knows neither engine nor JSON. */
package com.books.bookstore.registration;
