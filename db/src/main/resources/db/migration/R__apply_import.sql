-- Applies a file of books that stage_import has taken: all of it or nothing, in one transaction. p_lines is how many lines the file has.
-- Books keep their stock: what was counted is added as a difference.
--
-- outcome      document
-- applied      {"importId", "new", "changed", "unchanged"}
-- replayed     the same, of an import that was applied before
-- not_found    NULL: no such file, or somebody else's
-- incomplete   {"lines"} that came
-- wrong_lines  {"wrong"}: how many lines are wrong
-- outdated     NULL: a book of the file was changed since it was compared, or an ISBN taken
DELIMITER $$

DROP PROCEDURE IF EXISTS apply_import_once $$

CREATE PROCEDURE apply_import_once(
    IN p_import_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_lines INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_document VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_lines, v_new, v_changed, v_unchanged, v_wrong, v_outdated, v_from, v_first, v_last, v_count, v_out_of_stock INT;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    SELECT IF(applied_at IS NULL, 'applied', 'replayed'), outcome INTO v_outcome, v_document
    FROM book_imports
    WHERE import_id = p_import_id AND actor = p_actor
    FOR UPDATE;

    SELECT COUNT(*), COALESCE(SUM(result = 'new'), 0), COALESCE(SUM(result = 'changed'), 0), COALESCE(SUM(result = 'unchanged'), 0),
           COALESCE(SUM(result = 'wrong'), 0)
    INTO v_lines, v_new, v_changed, v_unchanged, v_wrong
    FROM book_import_lines
    WHERE import_id = p_import_id;

    IF v_outcome IS NULL THEN
        SET v_outcome = 'not_found';
    ELSEIF v_outcome = 'applied' AND v_lines <> p_lines THEN
        SET v_outcome = 'incomplete', v_document = JSON_OBJECT('lines', v_lines + 0);
    ELSEIF v_outcome = 'applied' AND v_wrong > 0 THEN
        SET v_outcome = 'wrong_lines', v_document = JSON_OBJECT('wrong', v_wrong + 0);
    ELSEIF v_outcome = 'applied' THEN
        -- In ascending order, as orders lock them.
        SELECT COUNT(b.version) INTO v_count
        FROM book_import_lines AS l FORCE INDEX (book_import_lines_by_book) STRAIGHT_JOIN books AS b ON b.book_id = l.book_id
        WHERE l.import_id = p_import_id AND l.book_id > 0 AND l.result = 'changed'
        FOR UPDATE;

        SELECT COUNT(*) INTO v_outdated
        FROM book_import_lines AS l LEFT JOIN book_fingerprints AS b ON b.book_id = l.book_id
        WHERE l.import_id = p_import_id AND l.book_id IS NOT NULL
          AND (NOT b.fingerprint <=> l.fingerprint OR (l.stock_change <> 0 AND b.stock_quantity <> l.stock));

        SET v_outcome = IF(v_outdated > 0, 'outdated', 'applied');
    END IF;

    IF v_outcome = 'applied' THEN
        INSERT IGNORE INTO categories (name)
        SELECT DISTINCT l.category
        FROM book_import_lines AS l LEFT JOIN categories AS c ON c.name = l.category
        WHERE l.import_id = p_import_id AND l.result IN ('new', 'changed') AND l.category IS NOT NULL AND c.category_id IS NULL
        ORDER BY l.category;

        UPDATE categories AS c
               JOIN (SELECT m.category_id, SUM(m.books) AS books
                     FROM (SELECT n.category_id, COUNT(*) AS books
                           FROM book_import_lines AS l JOIN categories AS n ON n.name = l.category
                           WHERE l.import_id = p_import_id AND l.result IN ('new', 'changed')
                           GROUP BY n.category_id
                           UNION ALL
                           SELECT b.category_id, -COUNT(*)
                           FROM book_import_lines AS l JOIN books AS b ON b.book_id = l.book_id
                           WHERE l.import_id = p_import_id AND l.result = 'changed' AND b.category_id IS NOT NULL
                           GROUP BY b.category_id) AS m
                     GROUP BY m.category_id) AS d ON d.category_id = c.category_id
        SET c.books = c.books + d.books
        WHERE d.books <> 0;

        INSERT INTO audit_events (kind, subject, actor, details)
        SELECT 'price_changed', l.book_id, p_actor, JSON_OBJECT('title', l.title, 'priceBefore', b.price, 'price', l.price)
        FROM book_import_lines AS l JOIN books AS b ON b.book_id = l.book_id
        WHERE l.import_id = p_import_id AND l.result = 'changed' AND b.price <> l.price;

        INSERT INTO stock_movements (book_id, type, stock_change, stock_after, reason, actor)
        SELECT l.book_id, 'counted', l.stock_change, l.counted, 'import', p_actor
        FROM book_import_lines AS l
        WHERE l.import_id = p_import_id AND l.result = 'changed' AND l.stock_change <> 0;

        INSERT INTO audit_events (kind, subject, actor, details)
        SELECT 'stock_changed', l.book_id, p_actor,
               JSON_OBJECT('title', l.title, 'type', 'counted', 'change', l.stock_change, 'stockAfter', l.counted, 'reason', 'import')
        FROM book_import_lines AS l
        WHERE l.import_id = p_import_id AND l.result = 'changed' AND l.stock_change <> 0;

        BEGIN
            DECLARE EXIT HANDLER FOR 1062 SET v_outcome = 'outdated';

            -- Books that swap ISBNs: each is free before another one takes it.
            UPDATE book_import_lines AS l JOIN books AS b ON b.book_id = l.book_id
            SET b.isbn = NULL
            WHERE l.import_id = p_import_id AND l.result = 'changed' AND NOT b.isbn <=> l.isbn;

            UPDATE book_import_lines AS l
                   JOIN books AS b ON b.book_id = l.book_id
                   LEFT JOIN categories AS c ON c.name = l.category
            SET b.title            = l.title,
                b.author           = l.author,
                b.isbn             = l.isbn,
                b.price            = l.price,
                b.description      = l.description,
                b.publisher        = l.publisher,
                b.publication_year = l.publication_year,
                b.language         = l.language,
                b.category_id      = c.category_id,
                b.cover_image_url  = l.cover_image_url,
                b.format           = l.format,
                b.stock_quantity   = b.stock_quantity + l.stock_change,
                b.version          = b.version + 1
            WHERE l.import_id = p_import_id AND l.result = 'changed';

            -- New books have version 0 until the end of this transaction: they are known by it here, and no other transaction sees them.
            INSERT INTO books (title, author, isbn, price, description, publisher, publication_year, language, category_id,
                               cover_image_url, format, stock_quantity, version)
            SELECT l.title, l.author, l.isbn, l.price, l.description, l.publisher, l.publication_year, l.language, c.category_id,
                   l.cover_image_url, l.format, COALESCE(l.stock, 0), 0
            FROM book_import_lines AS l LEFT JOIN categories AS c ON c.name = l.category
            WHERE l.import_id = p_import_id AND l.result = 'new'
            ORDER BY l.line;
        END;
    END IF;

    IF v_outcome = 'applied' AND v_new > 0 THEN
        SET v_first = LAST_INSERT_ID();
        SELECT MAX(book_id) INTO v_last FROM books WHERE book_id >= v_first AND version = 0;

        INSERT INTO stock_movements (book_id, type, stock_change, stock_after, reason, actor)
        SELECT book_id, 'received', stock_quantity, stock_quantity, 'import', p_actor
        FROM books
        WHERE book_id BETWEEN v_first AND v_last AND version = 0 AND stock_quantity <> 0;

        INSERT INTO audit_events (kind, subject, actor, details)
        SELECT 'stock_changed', book_id, p_actor, JSON_OBJECT('title', title, 'type', 'received', 'change', stock_quantity,
                                                              'stockAfter', stock_quantity, 'reason', 'import')
        FROM books
        WHERE book_id BETWEEN v_first AND v_last AND version = 0 AND stock_quantity <> 0;

        UPDATE books SET version = 1 WHERE book_id BETWEEN v_first AND v_last AND version = 0;

        WHILE v_first <= v_last DO
            CALL index_books(v_first, LEAST(v_first + 4999, v_last));
            SET v_first = v_first + 5000;
        END WHILE;
    END IF;

    IF v_outcome = 'applied' AND v_changed > 0 THEN
        -- Books that are close together at once, others one by one.
        SET v_from = 0;
        REPEAT
            SELECT MIN(w.book_id), MAX(w.book_id), COUNT(*) INTO v_first, v_last, v_count
            FROM (SELECT l.book_id
                  FROM book_import_lines AS l
                  WHERE l.import_id = p_import_id AND l.book_id > v_from AND l.new_words AND l.result = 'changed'
                  ORDER BY l.book_id
                  LIMIT 1000) AS w;
            IF v_count > 0 AND v_last - v_first < 20 * v_count THEN
                CALL index_books(v_first, v_last);
            ELSE
                WHILE v_first IS NOT NULL DO
                    CALL index_books(v_first, v_first);
                    SELECT MIN(l.book_id) INTO v_first
                    FROM book_import_lines AS l
                    WHERE l.import_id = p_import_id AND l.book_id > v_first AND l.book_id <= v_last AND l.new_words AND l.result = 'changed';
                END WHILE;
            END IF;
            SET v_from = v_last;
        UNTIL v_count = 0 END REPEAT;
    END IF;

    IF v_outcome = 'applied' THEN
        -- + 0: MariaDB quotes a number of a variable.
        SET v_document = JSON_OBJECT('importId', p_import_id, 'new', v_new + 0, 'changed', v_changed + 0, 'unchanged', v_unchanged + 0);
        UPDATE book_imports SET applied_at = CURRENT_TIMESTAMP(3), outcome = v_document WHERE import_id = p_import_id;
        SELECT COALESCE(SUM(CASE result WHEN 'new' THEN COALESCE(stock, 0) = 0
                                        WHEN 'changed' THEN stock_change <> 0 AND counted = 0 END), 0)
               - COALESCE(SUM(result = 'changed' AND stock_change <> 0 AND counted = stock_change), 0)
        INTO v_out_of_stock
        FROM book_import_lines
        WHERE import_id = p_import_id;
        IF v_new > 0 OR v_out_of_stock <> 0 THEN
            UPDATE book_totals
            SET books_on_sale = books_on_sale + v_new, books_out_of_stock = books_out_of_stock + v_out_of_stock;
        END IF;
        COMMIT;
    ELSE
        ROLLBACK;
    END IF;

    SELECT v_outcome AS outcome, v_document AS document;
END $$

-- A deadlock has rolled everything back: up to five attempts, as for place_order.
DROP PROCEDURE IF EXISTS apply_import $$

CREATE PROCEDURE apply_import(
    IN p_import_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_lines INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_attempt INT DEFAULT 0;

    REPEAT
        BEGIN
            DECLARE EXIT HANDLER FOR 1213
            BEGIN
                IF v_attempt >= 5 THEN
                    RESIGNAL;
                END IF;
            END;
            SET v_attempt = v_attempt + 1;
            CALL apply_import_once(p_import_id, p_actor, p_lines);
            SET v_attempt = 0;
        END;
    UNTIL v_attempt = 0 END REPEAT;
END $$

DELIMITER ;
