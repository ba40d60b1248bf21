/**
 * The mediators of Micro Integrator that Apache Synapse 3.0.1 lacks or does differently, found by Synapse through its service providers.
 */
package com.books.bookstore.runtime.engine.mediator;
