-- How many books on sale have no copy left, kept where stock changes: few orders take the last copy, and only these wait for this row.
-- count_categories counts again: R__return_books.sql calls it once the procedures that keep the count are installed.
ALTER TABLE book_totals ADD COLUMN books_out_of_stock INT NOT NULL DEFAULT 0;
