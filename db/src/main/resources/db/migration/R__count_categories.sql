-- Counts the books on sale again, of every category and in all, and those without a copy. Part of the caller's transaction; call it after writing to
-- books without a procedure of this schema.
DELIMITER $$

DROP PROCEDURE IF EXISTS count_categories $$

CREATE PROCEDURE count_categories()
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    UPDATE categories AS c
           LEFT JOIN (SELECT category_id, COUNT(*) AS books
                      FROM books
                      WHERE category_id IS NOT NULL AND deleted_at IS NULL
                      GROUP BY category_id) AS b ON b.category_id = c.category_id
    SET c.books = COALESCE(b.books, 0);

    -- The last lock, as where books are added and deleted.
    UPDATE book_totals
    SET books_on_sale      = (SELECT COUNT(*) FROM books WHERE deleted_at IS NULL),
        books_out_of_stock = (SELECT COUNT(*) FROM books WHERE deleted_at IS NULL AND stock_quantity = 0);
END $$

DELIMITER ;
