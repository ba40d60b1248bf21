-- A page of the books on sale as staff look for them: one row with `document` per book; or, if p_limit is 0, one row with their `total`. It
-- locks and changes nothing.
--
-- p_pattern   LIKE pattern (escape character !) of the title or the author; '%' for any
-- p_isbn      the same of the ISBN: books that match it are found, too; '' for none
-- p_max_stock copies at most, -1 for any number
-- p_sort      title_asc, title_desc, price_asc, price_desc, stock_asc or stock_desc
--
-- The statement is put together from constant texts; every value is a parameter.
DELIMITER $$

DROP PROCEDURE IF EXISTS list_inventory $$

CREATE PROCEDURE list_inventory(
    IN p_pattern VARCHAR(512) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_isbn VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_max_stock INT,
    IN p_sort VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_limit INT,
    IN p_offset INT)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_order VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin DEFAULT CASE p_sort
        WHEN 'title_desc' THEN 'b.title DESC, b.book_id DESC'
        WHEN 'price_asc' THEN 'b.price ASC, b.book_id ASC'
        WHEN 'price_desc' THEN 'b.price DESC, b.book_id DESC'
        WHEN 'stock_asc' THEN 'b.stock_quantity ASC, b.book_id ASC'
        WHEN 'stock_desc' THEN 'b.stock_quantity DESC, b.book_id DESC'
        ELSE 'b.title ASC, b.book_id ASC' END;

    SET @list_inventory_pattern = p_pattern;
    SET @list_inventory_isbn = p_isbn;
    SET @list_inventory_max_stock = p_max_stock;
    SET @list_inventory_limit = p_limit;
    SET @list_inventory_offset = p_offset;
    -- A condition that is not asked for still takes its parameter, and is true for it.
    SET @list_inventory_sql = CONCAT(
        'FROM books AS b WHERE b.deleted_at IS NULL AND (b.title LIKE ? ESCAPE "!" OR b.author LIKE ? ESCAPE "!"',
        IF(p_isbn = '', ' OR ? IS NULL', ' OR b.isbn LIKE ? ESCAPE "!"'),
        ') AND ', IF(p_max_stock < 0, '? IS NOT NULL', 'b.stock_quantity <= ?'));

    IF p_limit = 0 THEN
        SET @list_inventory_sql = CONCAT('SELECT COUNT(*) AS total ', @list_inventory_sql);
        PREPARE list_inventory_statement FROM @list_inventory_sql;
        EXECUTE list_inventory_statement
            USING @list_inventory_pattern, @list_inventory_pattern, @list_inventory_isbn, @list_inventory_max_stock;
    ELSE
        SET @list_inventory_sql = CONCAT(
            'SELECT d.document AS document FROM (SELECT b.book_id ', @list_inventory_sql, ' ORDER BY ', v_order, ' LIMIT ? OFFSET ?) AS page'
            ' STRAIGHT_JOIN books AS b ON b.book_id = page.book_id'
            ' STRAIGHT_JOIN book_documents AS d ON d.book_id = b.book_id ORDER BY ', v_order);
        PREPARE list_inventory_statement FROM @list_inventory_sql;
        EXECUTE list_inventory_statement
            USING @list_inventory_pattern, @list_inventory_pattern, @list_inventory_isbn, @list_inventory_max_stock,
                @list_inventory_limit, @list_inventory_offset;
    END IF;
    DEALLOCATE PREPARE list_inventory_statement;
END $$

DELIMITER ;
