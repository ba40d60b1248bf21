-- How many books are on sale: one row, so that lists and metrics need not count them. The procedures that add and delete books keep it and
-- lock it last, just before COMMIT, so that they hardly wait for each other; orders do not touch it. count_categories counts again:
-- R__delete_book.sql calls it once the procedures that keep the count are installed.
CREATE TABLE book_totals (
    total_id      TINYINT NOT NULL,
    books_on_sale INT     NOT NULL,
    PRIMARY KEY (total_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

INSERT INTO book_totals (total_id, books_on_sale) VALUES (1, 0);
