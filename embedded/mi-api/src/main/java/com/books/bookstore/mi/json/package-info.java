/** How {@link org.apache.synapse.commons.json.JsonUtil} keeps JSON beside a message and shows it as XML. */
package com.books.bookstore.mi.json;
