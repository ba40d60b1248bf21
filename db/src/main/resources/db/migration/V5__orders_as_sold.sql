-- What an order was made of at the moment of sale, so that it stays true when the book's
-- price or title changes, and how its total came about.
--
-- The baseline did not record the price of a line: for older lines unit_price, discount and
-- line_total stay NULL (unknown) rather than being guessed from today's price. The title is
-- taken from the book. Older orders knew neither discount nor tax.
ALTER TABLE order_items
    ADD COLUMN title      VARCHAR(255)   NULL,
    ADD COLUMN unit_price DECIMAL(10, 2) NULL,
    ADD COLUMN discount   DECIMAL(10, 2) NULL,
    ADD COLUMN line_total DECIMAL(10, 2) NULL;

UPDATE order_items JOIN books ON books.book_id = order_items.book_id
SET order_items.title = books.title;

ALTER TABLE order_items
    ADD CONSTRAINT order_items_line_adds_up CHECK (line_total = unit_price * quantity - discount),
    ADD CONSTRAINT order_items_amounts_not_negative CHECK (unit_price >= 0 AND discount >= 0 AND line_total >= 0);

ALTER TABLE orders
    ADD COLUMN currency       CHAR(3)        NOT NULL DEFAULT 'USD',
    ADD COLUMN subtotal       DECIMAL(10, 2) NULL,
    ADD COLUMN discount_total DECIMAL(10, 2) NOT NULL DEFAULT 0.00,
    ADD COLUMN tax_rate       DECIMAL(6, 4)  NOT NULL DEFAULT 0.0000,
    ADD COLUMN tax_total      DECIMAL(10, 2) NOT NULL DEFAULT 0.00,
    ADD COLUMN promo_code     VARCHAR(40)    NULL;

UPDATE orders SET subtotal = total_amount;

ALTER TABLE orders
    ADD CONSTRAINT orders_total_adds_up CHECK (total_amount = subtotal - discount_total + tax_total);
