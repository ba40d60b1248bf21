-- The catalogue: books that are not deleted, by title or by price, page by page.
CREATE INDEX books_by_title ON books (deleted_at, title, book_id);
CREATE INDEX books_by_price ON books (deleted_at, price, book_id);

-- The lines of an order in the order of their books: the document of an order lists them so.
-- It takes the place of the index that the foreign key brought along.
CREATE INDEX order_items_by_order ON order_items (order_id, book_id);

-- One customer's orders, and all orders in a state, newest first.
CREATE INDEX orders_by_customer ON orders (user_email, order_id);
CREATE INDEX orders_by_status ON orders (payment_status, order_id);
