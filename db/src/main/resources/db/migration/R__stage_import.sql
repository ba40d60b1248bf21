-- Takes a part of a file of books: compares its lines with the books on sale and keeps them for apply_import. Lines that were sent before
-- are replaced. Files that are older than a day are deleted.
--
-- p_columns  the columns of the file, separated by commas: of a book on sale, fields without a column stay as they are
-- p_rows     JSON array of {"line", "bookId"?, "title", "author"?, "isbn"?, "price", "description"?, "publisher"?, "publicationYear"?,
--            "language"?, "category"?, "coverImageUrl"?, "format"?, "stock"?, "counted"?} with valid values, or {"line", "errors"}
--
-- A line without the number of a book is of the book on sale that has its ISBN, if there is one, or else of a new book.
--
-- outcome          document
-- staged           {"importId", "lines": of this part}
-- not_found        NULL: the file is somebody else's
-- already_applied  NULL
DELIMITER $$

DROP PROCEDURE IF EXISTS stage_import $$

CREATE PROCEDURE stage_import(
    IN p_import_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_columns VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_rows LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_applied BOOLEAN;
    DECLARE v_first, v_last, v_lines INT;
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT 'staged';

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    DELETE l FROM book_imports AS i JOIN book_import_lines AS l ON l.import_id = i.import_id
    WHERE i.created_at < CURRENT_TIMESTAMP - INTERVAL 1 DAY;
    DELETE FROM book_imports WHERE created_at < CURRENT_TIMESTAMP - INTERVAL 1 DAY;

    INSERT IGNORE INTO book_imports (import_id, actor) VALUES (p_import_id, p_actor);
    SELECT actor, applied_at IS NOT NULL INTO v_actor, v_applied FROM book_imports WHERE import_id = p_import_id FOR UPDATE;

    IF v_actor <> p_actor THEN
        SET v_outcome = 'not_found';
    ELSEIF v_applied THEN
        SET v_outcome = 'already_applied';
    ELSE
        SELECT MIN(j.line), MAX(j.line), COUNT(*) INTO v_first, v_last, v_lines
        FROM JSON_TABLE(p_rows, '$[*]' COLUMNS (line INT PATH '$.line')) AS j;

        DELETE FROM book_import_lines WHERE import_id = p_import_id AND line BETWEEN v_first AND v_last;

        INSERT INTO book_import_lines (import_id, line, result, book_id, title, author, isbn, price, description, publisher,
                                       publication_year, language, category, cover_image_url, format, stock, counted, errors)
        SELECT p_import_id, j.line, IF(j.errors IS NULL, 'new', 'wrong'), j.book_id, j.title, j.author, j.isbn, j.price, j.description,
               j.publisher, j.publication_year, j.language, j.category, j.cover_image_url, j.format, j.stock, j.counted, j.errors
        FROM JSON_TABLE(p_rows, '$[*]' COLUMNS (
                 line INT PATH '$.line',
                 book_id INT PATH '$.bookId',
                 title VARCHAR(255) CHARACTER SET utf8mb4 PATH '$.title',
                 author VARCHAR(255) CHARACTER SET utf8mb4 PATH '$.author',
                 isbn VARCHAR(13) CHARACTER SET utf8mb4 PATH '$.isbn',
                 price DECIMAL(10, 2) PATH '$.price',
                 description VARCHAR(4000) CHARACTER SET utf8mb4 PATH '$.description',
                 publisher VARCHAR(255) CHARACTER SET utf8mb4 PATH '$.publisher',
                 publication_year INT PATH '$.publicationYear',
                 language VARCHAR(35) CHARACTER SET utf8mb4 PATH '$.language',
                 category VARCHAR(100) CHARACTER SET utf8mb4 PATH '$.category',
                 cover_image_url VARCHAR(1000) CHARACTER SET utf8mb4 PATH '$.coverImageUrl',
                 format VARCHAR(20) CHARACTER SET utf8mb4 PATH '$.format',
                 stock INT PATH '$.stock',
                 counted INT PATH '$.counted',
                 errors JSON PATH '$.errors')) AS j;

        -- Every statement goes through the lines of this part: without the hints a server that knows no statistics yet goes through all.
        UPDATE book_import_lines AS l FORCE INDEX (PRIMARY) STRAIGHT_JOIN books AS b ON b.isbn_on_sale = l.isbn
        SET l.book_id = b.book_id
        WHERE l.import_id = p_import_id AND l.line BETWEEN v_first AND v_last AND l.result = 'new' AND l.book_id IS NULL;

        -- Lines that are wrong only together with others, or with the books on sale. The first error of a line is enough.
        UPDATE book_import_lines AS l FORCE INDEX (PRIMARY) LEFT JOIN books AS b ON b.book_id = l.book_id AND b.deleted_at IS NULL
        SET l.result = 'wrong',
            l.errors = JSON_ARRAY(JSON_OBJECT('field', 'bookId', 'message', 'is not the number of a book on sale; a new book has none'))
        WHERE l.import_id = p_import_id AND l.line BETWEEN v_first AND v_last AND l.result = 'new'
          AND l.book_id IS NOT NULL AND b.book_id IS NULL;

        UPDATE (SELECT t.line, MIN(o.line) AS other
                     FROM book_import_lines AS t FORCE INDEX (PRIMARY)
                          STRAIGHT_JOIN book_import_lines AS o FORCE INDEX (book_import_lines_by_book)
                              ON o.import_id = t.import_id AND o.book_id = t.book_id AND o.line < t.line
                     WHERE t.import_id = p_import_id AND t.line BETWEEN v_first AND v_last AND t.result = 'new' AND o.result <> 'wrong'
                     GROUP BY t.line) AS d
               STRAIGHT_JOIN book_import_lines AS l FORCE INDEX (PRIMARY) ON l.import_id = p_import_id AND l.line = d.line
        SET l.result = 'wrong',
            l.errors = JSON_ARRAY(JSON_OBJECT('field', 'bookId', 'message', CONCAT('is the book of line ', d.other, ', too')));

        UPDATE (SELECT t.line, MIN(o.line) AS other
                     FROM book_import_lines AS t FORCE INDEX (PRIMARY)
                          STRAIGHT_JOIN book_import_lines AS o FORCE INDEX (book_import_lines_by_isbn)
                              ON o.import_id = t.import_id AND o.isbn = t.isbn AND o.line < t.line
                     WHERE t.import_id = p_import_id AND t.line BETWEEN v_first AND v_last AND t.result = 'new' AND o.result <> 'wrong'
                     GROUP BY t.line) AS d
               STRAIGHT_JOIN book_import_lines AS l FORCE INDEX (PRIMARY) ON l.import_id = p_import_id AND l.line = d.line
        SET l.result = 'wrong',
            l.errors = JSON_ARRAY(JSON_OBJECT('field', 'isbn', 'message', CONCAT('is the ISBN of line ', d.other, ', too')));

        UPDATE book_import_lines AS l FORCE INDEX (PRIMARY) STRAIGHT_JOIN books AS b ON b.isbn_on_sale = l.isbn AND b.book_id <> l.book_id
        SET l.result = 'wrong',
            l.errors = JSON_ARRAY(JSON_OBJECT('field', 'isbn', 'message', CONCAT('is the ISBN of book ', b.book_id)))
        WHERE l.import_id = p_import_id AND l.line BETWEEN v_first AND v_last AND l.result = 'new';

        UPDATE book_import_lines FORCE INDEX (PRIMARY)
        SET result = 'wrong',
            errors = JSON_ARRAY(JSON_OBJECT('field', 'counted', 'message', 'must be empty for a new book: stockQuantity has its first copies'))
        WHERE import_id = p_import_id AND line BETWEEN v_first AND v_last AND result = 'new' AND book_id IS NULL AND counted IS NOT NULL;

        -- A count is the difference to the stock that staff saw. If that is not the stock any more, the file may have been applied before.
        UPDATE book_import_lines AS l FORCE INDEX (PRIMARY) STRAIGHT_JOIN books AS b ON b.book_id = l.book_id
        SET l.result = 'wrong',
            l.errors = JSON_ARRAY(JSON_OBJECT('field', 'counted', 'message', CONCAT(
                'needs the present stock in stockQuantity, which is ', b.stock_quantity, ': count again, or leave counted empty')))
        WHERE l.import_id = p_import_id AND l.line BETWEEN v_first AND v_last AND l.result = 'new'
          AND l.counted IS NOT NULL AND NOT b.stock_quantity <=> l.stock;

        UPDATE book_import_lines AS l FORCE INDEX (PRIMARY) STRAIGHT_JOIN book_fingerprints AS b ON b.book_id = l.book_id
        SET l.author           = IF(FIND_IN_SET('author', p_columns), l.author, b.author),
            l.isbn             = IF(FIND_IN_SET('isbn', p_columns), l.isbn, b.isbn),
            l.description      = IF(FIND_IN_SET('description', p_columns), l.description, b.description),
            l.publisher        = IF(FIND_IN_SET('publisher', p_columns), l.publisher, b.publisher),
            l.publication_year = IF(FIND_IN_SET('publicationYear', p_columns), l.publication_year, b.publication_year),
            l.language         = IF(FIND_IN_SET('language', p_columns), l.language, b.language),
            l.category         = IF(FIND_IN_SET('category', p_columns), l.category, b.category),
            l.cover_image_url  = IF(FIND_IN_SET('coverImageUrl', p_columns), l.cover_image_url, b.cover_image_url),
            l.format           = IF(FIND_IN_SET('format', p_columns), l.format, b.format),
            l.stock            = b.stock_quantity,
            l.stock_change     = COALESCE(l.counted - b.stock_quantity, 0),
            l.fingerprint      = b.fingerprint,
            l.new_words        = NOT (BINARY l.title <=> BINARY b.title)
                                 OR NOT (BINARY IF(FIND_IN_SET('author', p_columns), l.author, b.author) <=> BINARY b.author)
                                 OR NOT (IF(FIND_IN_SET('category', p_columns), l.category, b.category) <=> b.category),
            l.result           = 'changed'
        WHERE l.import_id = p_import_id AND l.line BETWEEN v_first AND v_last AND l.result = 'new';

        UPDATE book_import_lines AS l FORCE INDEX (PRIMARY) STRAIGHT_JOIN book_fingerprints AS b ON b.book_id = l.book_id
        SET l.result = 'unchanged'
        WHERE l.import_id = p_import_id AND l.line BETWEEN v_first AND v_last AND l.result = 'changed' AND l.stock_change = 0
          AND BINARY l.title <=> BINARY b.title AND BINARY l.author <=> BINARY b.author AND l.isbn <=> b.isbn AND l.price <=> b.price
          AND BINARY l.description <=> BINARY b.description AND BINARY l.publisher <=> BINARY b.publisher
          AND l.publication_year <=> b.publication_year AND l.language <=> b.language AND l.category <=> b.category
          AND l.cover_image_url <=> b.cover_image_url AND l.format <=> b.format;
    END IF;
    COMMIT;

    SELECT v_outcome AS outcome,
           IF(v_outcome = 'staged', JSON_OBJECT('importId', p_import_id, 'lines', v_lines + 0), NULL) AS document;
END $$

DELIMITER ;
