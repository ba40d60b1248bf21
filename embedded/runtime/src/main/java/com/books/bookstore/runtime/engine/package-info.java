/**
 * Apache Synapse as the runtime uses it: APIs, message bodies and expressions as on Micro Integrator, and the grammar of what it takes.
 */
package com.books.bookstore.runtime.engine;
