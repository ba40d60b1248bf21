-- What staff find orders by: parts of the customer's address and of the recipient's name, and books.
--
-- order_texts        each address that ordered (email) and each recipient (name) once: far fewer than orders. place_order adds those that are
--                    not there; add_order_texts adds those of orders that were written without it
-- order_text_ends    what such a text ends with, from each of its characters on, at most 32 characters: an index answers "contains" as "an end
--                    begins with". The collation folds case and accents
-- former_book_words  words that a book had under another title or author, or before it was deleted: its orders are found by them too
CREATE TABLE order_texts (
    text_id INT                    NOT NULL AUTO_INCREMENT,
    kind    ENUM ('email', 'name') NOT NULL,
    text    VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (text_id),
    CONSTRAINT order_texts_once UNIQUE (kind, text)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE order_text_ends (
    text_end VARCHAR(32) NOT NULL,
    text_id  INT         NOT NULL,
    PRIMARY KEY (text_end, text_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE former_book_words (
    word_id INT NOT NULL,
    book_id INT NOT NULL,
    PRIMARY KEY (word_id, book_id),
    KEY former_book_words_by_book (book_id, word_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- An address has up to 255 characters.
INSERT INTO search_positions (position)
WITH RECURSIVE positions (position) AS (SELECT 65 UNION ALL SELECT position + 1 FROM positions WHERE position < 255)
SELECT position FROM positions;

-- The orders of a recipient, by number; those of an address have such an index already. It replaces the index that was read from end to end.
-- The last one is for the orders of days in a state.
ALTER TABLE orders
    DROP INDEX orders_by_customer_text,
    ADD INDEX orders_by_recipient (delivery_name, order_id),
    ADD INDEX orders_by_status_and_date (payment_status, order_date, order_id);

-- The orders of a book, by number. It takes the place of the index that the foreign key brought along.
CREATE INDEX order_items_by_book ON order_items (book_id, order_id);
