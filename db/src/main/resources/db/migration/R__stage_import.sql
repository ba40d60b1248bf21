-- Takes a part of a file of books: compares its lines with the books on sale and keeps them for apply_import. Lines that were sent before
-- are replaced. Files that are older than a day are deleted.
--
-- p_columns  the columns of the file, separated by commas: of a book on sale, fields without a column stay as they are
-- p_rows     JSON array of {"line", "bookId"?, "title", "author"?, "isbn"?, "price", "description"?, "publisher"?, "publicationYear"?,
--            "language"?, "category"?, "coverImageUrl"?, "format"?, "stock"?, "counted"?} with valid values, or {"line", "errors"}
--
-- A line without the number of a book is of the book on sale that has its ISBN, if there is one, or else of a new book. A line may take the
-- ISBN of another book if the file gives that book another one or none, in this part or in any other: so books can swap ISBNs.
--
-- outcome          document
-- staged           {"importId", "lines": of this part}
-- not_found        NULL: the file is somebody else's
-- already_applied  NULL
DELIMITER $$

DROP PROCEDURE IF EXISTS stage_import_once $$

CREATE PROCEDURE stage_import_once(
    IN p_import_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_columns VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_rows LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_old VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin;
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

    -- In a transaction of its own, by their keys: a range would lock files that others send.
    SELECT MIN(import_id) INTO v_old FROM book_imports WHERE created_at < CURRENT_TIMESTAMP - INTERVAL 1 DAY;
    WHILE v_old IS NOT NULL DO
        DELETE FROM book_import_lines WHERE import_id = v_old;
        DELETE FROM book_imports WHERE import_id = v_old;
        SELECT MIN(import_id) INTO v_old FROM book_imports WHERE created_at < CURRENT_TIMESTAMP - INTERVAL 1 DAY;
    END WHILE;
    COMMIT;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    -- Not IGNORE, which takes a shared lock: two parts of a file at once would both have it and wait for each other.
    INSERT INTO book_imports (import_id, actor) VALUES (p_import_id, p_actor) ON DUPLICATE KEY UPDATE import_id = import_id;
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
        -- They are INSERTs, which read without locks: UPDATEs with joins would lock books, and lines of other files at the ends of ranges.
        -- A count is the difference to the stock that staff saw. If that is not the stock any more, the file may have been applied before.
        INSERT INTO book_import_lines (import_id, line, result, book_id, fingerprint, author, isbn, description, publisher, publication_year,
                                       language, category, cover_image_url, format, stock, stock_change, new_words, errors, isbn_of)
        SELECT p_import_id,
               v.line,
               CASE
                   WHEN v.errors IS NOT NULL THEN 'wrong'
                   WHEN v.book_id IS NULL THEN 'new'
                   WHEN v.stock_change = 0 AND v.same_words AND v.same_price AND v.isbn <=> v.isbn_before
                        AND BINARY v.description <=> BINARY v.description_before AND BINARY v.publisher <=> BINARY v.publisher_before
                        AND v.publication_year <=> v.publication_year_before AND v.language <=> v.language_before
                        AND v.cover_image_url <=> v.cover_image_url_before AND v.format <=> v.format_before THEN 'unchanged'
                   ELSE 'changed'
               END,
               v.book_id, v.fingerprint, v.author, v.isbn, v.description, v.publisher, v.publication_year, v.language, v.category,
               v.cover_image_url, v.format, v.stock, v.stock_change, v.book_id IS NOT NULL AND NOT v.same_words, v.errors,
               IF(v.errors IS NULL AND v.isbn_book <> v.book_id AND NOT v.isbn <=> v.isbn_before, v.isbn_book, NULL)
        FROM (SELECT l.line,
                     COALESCE(l.book_id, i.book_id) AS book_id,
                     i.book_id AS isbn_book,
                     b.fingerprint,
                     IF(b.book_id IS NULL OR FIND_IN_SET('author', p_columns), l.author, b.author) AS author,
                     IF(b.book_id IS NULL OR FIND_IN_SET('isbn', p_columns), l.isbn, b.isbn) AS isbn,
                     IF(b.book_id IS NULL OR FIND_IN_SET('description', p_columns), l.description, b.description) AS description,
                     IF(b.book_id IS NULL OR FIND_IN_SET('publisher', p_columns), l.publisher, b.publisher) AS publisher,
                     IF(b.book_id IS NULL OR FIND_IN_SET('publicationYear', p_columns), l.publication_year, b.publication_year) AS publication_year,
                     IF(b.book_id IS NULL OR FIND_IN_SET('language', p_columns), l.language, b.language) AS language,
                     IF(b.book_id IS NULL OR FIND_IN_SET('category', p_columns), l.category, b.category) AS category,
                     IF(b.book_id IS NULL OR FIND_IN_SET('coverImageUrl', p_columns), l.cover_image_url, b.cover_image_url) AS cover_image_url,
                     IF(b.book_id IS NULL OR FIND_IN_SET('format', p_columns), l.format, b.format) AS format,
                     IF(b.book_id IS NULL, l.stock, b.stock_quantity) AS stock,
                     COALESCE(l.counted - b.stock_quantity, 0) AS stock_change,
                     BINARY l.title <=> BINARY b.title
                         AND BINARY IF(FIND_IN_SET('author', p_columns), l.author, b.author) <=> BINARY b.author
                         AND IF(FIND_IN_SET('category', p_columns), l.category, b.category) <=> b.category AS same_words,
                     l.price <=> b.price AS same_price,
                     b.isbn AS isbn_before,
                     b.description AS description_before,
                     b.publisher AS publisher_before,
                     b.publication_year AS publication_year_before,
                     b.language AS language_before,
                     b.cover_image_url AS cover_image_url_before,
                     b.format AS format_before,
                     CASE
                         WHEN l.errors IS NOT NULL THEN l.errors
                         WHEN l.book_id IS NOT NULL AND b.book_id IS NULL THEN JSON_ARRAY(JSON_OBJECT(
                             'field', 'bookId', 'message', 'is not the number of a book on sale; a new book has none'))
                         WHEN b.book_id IS NULL AND l.counted IS NOT NULL THEN JSON_ARRAY(JSON_OBJECT(
                             'field', 'counted', 'message', 'must be empty for a new book: stockQuantity has its first copies'))
                         WHEN l.counted IS NOT NULL AND NOT b.stock_quantity <=> l.stock THEN JSON_ARRAY(JSON_OBJECT(
                             'field', 'counted', 'message', CONCAT('needs the present stock in stockQuantity, which is ', b.stock_quantity,
                                                                   ': count again, or leave counted empty')))
                     END AS errors
              FROM book_import_lines AS l FORCE INDEX (PRIMARY)
                   LEFT JOIN books AS i ON i.isbn_on_sale = l.isbn
                   LEFT JOIN book_fingerprints AS b ON b.book_id = COALESCE(l.book_id, i.book_id)
              WHERE l.import_id = p_import_id AND l.line BETWEEN v_first AND v_last) AS v
        ON DUPLICATE KEY UPDATE
            result = VALUES(result), book_id = VALUES(book_id), fingerprint = VALUES(fingerprint), author = VALUES(author),
            isbn = VALUES(isbn), description = VALUES(description), publisher = VALUES(publisher),
            publication_year = VALUES(publication_year), language = VALUES(language), category = VALUES(category),
            cover_image_url = VALUES(cover_image_url), format = VALUES(format), stock = VALUES(stock),
            stock_change = VALUES(stock_change), new_words = VALUES(new_words), errors = VALUES(errors), isbn_of = VALUES(isbn_of);

        -- Lines that are wrong only together with others. The first error of a line is enough.
        INSERT INTO book_import_lines (import_id, line, result, errors)
        SELECT p_import_id, t.line, 'wrong',
               JSON_ARRAY(JSON_OBJECT('field', 'bookId', 'message', CONCAT('is the book of line ', MIN(o.line), ', too')))
        FROM book_import_lines AS t FORCE INDEX (PRIMARY)
             STRAIGHT_JOIN book_import_lines AS o FORCE INDEX (book_import_lines_by_book)
                 ON o.import_id = t.import_id AND o.book_id = t.book_id AND o.line < t.line
        WHERE t.import_id = p_import_id AND t.line BETWEEN v_first AND v_last AND t.result <> 'wrong'
          AND (o.result <> 'wrong' OR o.isbn_of IS NOT NULL)
        GROUP BY t.line
        ON DUPLICATE KEY UPDATE result = VALUES(result), errors = VALUES(errors), isbn_of = NULL;

        INSERT INTO book_import_lines (import_id, line, result, errors)
        SELECT p_import_id, t.line, 'wrong',
               JSON_ARRAY(JSON_OBJECT('field', 'isbn', 'message', CONCAT('is the ISBN of line ', MIN(o.line), ', too')))
        FROM book_import_lines AS t FORCE INDEX (PRIMARY)
             STRAIGHT_JOIN book_import_lines AS o FORCE INDEX (book_import_lines_by_isbn)
                 ON o.import_id = t.import_id AND o.isbn = t.isbn AND o.line < t.line
        WHERE t.import_id = p_import_id AND t.line BETWEEN v_first AND v_last AND t.result <> 'wrong'
          AND (o.result <> 'wrong' OR o.isbn_of IS NOT NULL)
        GROUP BY t.line
        ON DUPLICATE KEY UPDATE result = VALUES(result), errors = VALUES(errors), isbn_of = NULL;

        -- In all parts: this one may give away an ISBN that another needs, or replace the line that gave it away.
        INSERT INTO book_import_lines (import_id, line, result, errors)
        SELECT p_import_id, l.line, IF(MIN(o.line) IS NULL, 'wrong', 'changed'),
               IF(MIN(o.line) IS NULL,
                  JSON_ARRAY(JSON_OBJECT('field', 'isbn', 'message', CONCAT('is the ISBN of book ', MIN(l.isbn_of)))), NULL)
        FROM book_import_lines AS l FORCE INDEX (book_import_lines_by_isbn_of)
             LEFT JOIN book_import_lines AS o FORCE INDEX (book_import_lines_by_book)
                 ON o.import_id = l.import_id AND o.book_id = l.isbn_of AND NOT o.isbn <=> l.isbn
                    AND (o.result <> 'wrong' OR o.isbn_of IS NOT NULL)
        WHERE l.import_id = p_import_id AND l.isbn_of IS NOT NULL AND (l.result = 'wrong') <> (o.line IS NULL)
        GROUP BY l.line
        ON DUPLICATE KEY UPDATE result = VALUES(result), errors = VALUES(errors);
    END IF;
    COMMIT;

    SELECT v_outcome AS outcome,
           IF(v_outcome = 'staged', JSON_OBJECT('importId', p_import_id, 'lines', v_lines + 0), NULL) AS document;
END $$

-- A deadlock has rolled everything back: up to five attempts, as for place_order.
DROP PROCEDURE IF EXISTS stage_import $$

CREATE PROCEDURE stage_import(
    IN p_import_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_columns VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_rows LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
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
            CALL stage_import_once(p_import_id, p_actor, p_columns, p_rows);
            SET v_attempt = 0;
        END;
    UNTIL v_attempt = 0 END REPEAT;
END $$

DELIMITER ;
