-- A page of the books on sale: one row per book with its `document`, and `place`, from which the next page goes on; and one row more if
-- there is a next page. With p_limit 0 one row instead: `total` of the books found, `more` 1 if there may be more than that, and
-- `suggestions`, JSON of words that differ by a slip of the keyboard, if there are none. The total of all books and that of a category are
-- kept; others are counted up to 10,000. It locks and changes nothing.
--
-- p_words     JSON array of at most 8 words, as index_books has them: books in whose title or author each of them is a word, a beginning of
--             one or, from three characters on, a part of one; [] for any
-- p_isbn      the beginning of an ISBN: books that have it are found too; '' for none
-- p_category  the name of a category: books of it only; '' for any
-- p_max_stock copies at most, -1 for any number
-- p_sort      title_asc, title_desc, price_asc, price_desc, stock_asc, stock_desc, or relevance_asc: whole words before parts, then by title
-- p_place     JSON array: the `place` of the last book of the page before; '' for none
--
-- Of the books with the rarest word (and the category) it looks at 5,000 at most, whole words first, so that no search costs more than that. The
-- statement is put together from constant texts; every value is a parameter or a variable.
DELIMITER $$

DROP PROCEDURE IF EXISTS list_books $$

CREATE PROCEDURE list_books(
    IN p_words VARCHAR(4000) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_isbn VARCHAR(13) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_category VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_max_stock INT,
    IN p_sort VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_place VARCHAR(4000) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_limit INT,
    IN p_offset INT)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_count INT DEFAULT JSON_LENGTH(p_words);
    DECLARE v_begins VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_name VARCHAR(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_key VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_word VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_i, v_rarest INT DEFAULT 0;
    DECLARE v_books, v_fewest INT;
    -- NULL for any, -1 for one that is not known.
    DECLARE v_category_id INT DEFAULT IF(p_category = '', NULL,
        COALESCE((SELECT c.category_id FROM categories AS c WHERE c.name = p_category), -1));
    -- A category has few of the books of a word: the look-up goes through 5,000 words at most, too.
    DECLARE v_some VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT IF(v_category_id IS NULL, '', ' LIMIT 5000');
    DECLARE v_books_of VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT IF(v_category_id IS NULL,
        ') AS w STRAIGHT_JOIN book_words AS b ON b.word_id = w.word_id',
        CONCAT(') AS w STRAIGHT_JOIN book_words AS b FORCE INDEX (book_words_by_category)'
               ' ON b.word_id = w.word_id AND b.category_id = @list_books_category'));
    DECLARE v_rank TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT 'c.word_rank';
    DECLARE v_found TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT '';
    DECLARE v_column VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin DEFAULT
        CASE SUBSTRING_INDEX(p_sort, '_', 1) WHEN 'price' THEN 'price' WHEN 'stock' THEN 'stock_quantity' ELSE 'title' END;
    DECLARE v_ranked BOOLEAN DEFAULT p_sort = 'relevance_asc' AND v_count > 0;
    DECLARE v_down BOOLEAN DEFAULT p_sort LIKE '%\_desc';
    DECLARE v_beyond CHAR(1) CHARACTER SET ascii COLLATE ascii_bin DEFAULT IF(v_down, '<', '>');
    DECLARE v_order, v_from, v_where TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

    SET @list_books_isbn = CONCAT(p_isbn, '%'), @list_books_category = v_category_id;
    -- The rarest word leads: its books are looked up, the others are tested on them. A single word leads anyway; of that only the total asks how
    -- many books there are.
    WHILE v_i < v_count AND (v_count > 1 OR p_limit = 0) DO
        SET v_word = JSON_UNQUOTE(JSON_EXTRACT(p_words, CONCAT('$[', v_i, ']')));
        SET @list_books_rarest = v_word, @list_books_rarest_end = CONCAT(v_word, _utf8mb4 0xF48FBFBD);
        SET @list_books_sql = CONCAT('SELECT COUNT(*) INTO @list_books_total FROM ('
            '(SELECT 1 AS one FROM (SELECT s.word_id FROM search_words AS s'
            ' WHERE s.word >= @list_books_rarest AND s.word < @list_books_rarest_end', v_some, v_books_of, ' LIMIT 5001)',
            IF(CHAR_LENGTH(v_word) > 2,
               CONCAT(' UNION ALL (SELECT 1 FROM (SELECT s.word_id FROM search_word_ends AS s'
                      ' WHERE s.word_end >= @list_books_rarest AND s.word_end < @list_books_rarest_end', v_some, v_books_of, ' LIMIT 5001)'), ''),
            ') AS found');
        PREPARE list_books_statement FROM @list_books_sql;
        EXECUTE list_books_statement;
        DEALLOCATE PREPARE list_books_statement;
        SET v_books = @list_books_total;
        IF v_fewest IS NULL OR v_books < v_fewest THEN
            SET v_fewest = v_books, v_rarest = v_i;
        END IF;
        SET v_i = v_i + 1;
    END WHILE;

    IF v_count > 0 THEN
        SET v_i = 0;
        WHILE v_i < v_count DO
            SET v_word = JSON_UNQUOTE(JSON_EXTRACT(p_words, CONCAT('$[', v_i, ']')));
            CASE v_i
                WHEN v_rarest THEN SET @list_books_rarest = v_word, @list_books_rarest_end = CONCAT(v_word, _utf8mb4 0xF48FBFBD);
                WHEN 0 THEN SET @list_books_word_0 = v_word;
                WHEN 1 THEN SET @list_books_word_1 = v_word;
                WHEN 2 THEN SET @list_books_word_2 = v_word;
                WHEN 3 THEN SET @list_books_word_3 = v_word;
                WHEN 4 THEN SET @list_books_word_4 = v_word;
                WHEN 5 THEN SET @list_books_word_5 = v_word;
                WHEN 6 THEN SET @list_books_word_6 = v_word;
                ELSE SET @list_books_word_7 = v_word;
            END CASE;
            IF v_i <> v_rarest THEN
                -- Not with REPLACE, of which MariaDB keeps the converted arguments of the first round.
                SET v_name = CONCAT('@list_books_word_', v_i);
                SET v_begins = CONCAT('LEFT(w.word, CHAR_LENGTH(', v_name, ')) = ', v_name);
                SET v_rank = CONCAT(v_rank,
                    ' + (SELECT MIN(CASE WHEN w.word = ', v_name, ' THEN 0 WHEN ', v_begins, ' THEN 1 ELSE 2 END)'
                    ' FROM book_words AS t STRAIGHT_JOIN search_words AS w ON w.word_id = t.word_id WHERE t.book_id = c.book_id AND (',
                    v_begins, ' OR CHAR_LENGTH(', v_name, ') > 2 AND LOCATE(', v_name, ', w.word) > 0))');
            END IF;
            SET v_i = v_i + 1;
        END WHILE;
        SET v_found = CONCAT(
            '(SELECT b.book_id, 0 AS word_rank FROM (SELECT s.word_id FROM search_words AS s'
            ' WHERE s.word = @list_books_rarest', v_some, v_books_of, ' LIMIT 5000) UNION ALL '
            '(SELECT b.book_id, 1 FROM (SELECT s.word_id FROM search_words AS s'
            ' WHERE s.word > @list_books_rarest AND s.word < @list_books_rarest_end', v_some, v_books_of, ' LIMIT 5000)',
            IF(CHAR_LENGTH(@list_books_rarest) > 2,
               CONCAT(' UNION ALL (SELECT b.book_id, 2 FROM (SELECT s.word_id FROM search_word_ends AS s'
                      ' WHERE s.word_end >= @list_books_rarest AND s.word_end < @list_books_rarest_end', v_some, v_books_of, ' LIMIT 5000)'), ''));
        SET v_found = CONCAT('SELECT c.book_id, ', v_rank, ' AS word_rank FROM'
            ' (SELECT f.book_id, MIN(f.word_rank) AS word_rank FROM (', v_found, ') AS f GROUP BY f.book_id) AS c');
    END IF;
    IF p_isbn <> '' THEN
        SET v_found = CONCAT(v_found, IF(v_found = '', '', ' UNION ALL '),
            '(SELECT b.book_id, 0 AS word_rank FROM books AS b WHERE b.isbn_on_sale LIKE @list_books_isbn',
            IF(v_category_id IS NULL, '', ' AND b.category_id = @list_books_category'), ' LIMIT 5000)');
    END IF;

    SET v_from = IF(v_found = '',
        CONCAT('FROM books AS b', IF(v_category_id IS NULL OR v_column = 'stock_quantity', '',
            CONCAT(' FORCE INDEX (books_by_category_', v_column, ')'))), CONCAT(
        'FROM (SELECT s.book_id, MIN(s.word_rank) AS word_rank FROM (', v_found, ') AS s WHERE s.word_rank IS NOT NULL GROUP BY s.book_id) AS r'
        ' STRAIGHT_JOIN books AS b ON b.book_id = r.book_id'));
    SET v_where = CONCAT(' WHERE b.deleted_at IS NULL AND ', IF(p_max_stock < 0, '? IS NOT NULL', 'b.stock_quantity <= ?'),
        IF(v_category_id IS NULL, '', ' AND b.category_id = @list_books_category'));
    SET @list_books_max_stock = p_max_stock;

    IF p_limit = 0 AND v_found = '' AND p_max_stock < 0 THEN
        SELECT IF(p_category = '', t.books_on_sale,
                  COALESCE((SELECT c.books FROM categories AS c WHERE c.category_id = v_category_id), 0)) AS total,
               0 AS more,
               CAST(NULL AS CHAR) AS suggestions
        FROM book_totals AS t;
    ELSEIF p_limit = 0 THEN
        SET @list_books_sql = CONCAT(
            'SELECT COUNT(*) INTO @list_books_total FROM (SELECT 1 AS one ', v_from, v_where, ' LIMIT 10001) AS found');
        PREPARE list_books_statement FROM @list_books_sql;
        EXECUTE list_books_statement USING @list_books_max_stock;
        DEALLOCATE PREPARE list_books_statement;
        SELECT LEAST(@list_books_total, 10000) AS total,
               @list_books_total > 10000 OR COALESCE(v_fewest, 0) > 5000 AS more,
               IF(@list_books_total > 0, NULL, (
                   SELECT JSON_ARRAYAGG(JSON_OBJECT('word', c.word, 'suggestion', c.suggestion, 'books', c.books))
                   FROM (SELECT m.word, s.word AS suggestion,
                                (SELECT COUNT(*) FROM book_words AS b WHERE b.word_id = s.word_id) AS books
                         FROM (SELECT DISTINCT m.word, l.word_id
                               FROM JSON_TABLE(p_words, '$[*]' COLUMNS (word VARCHAR(64) CHARACTER SET utf8mb4 PATH '$')) AS m
                                    JOIN search_positions AS p ON p.position <= CHAR_LENGTH(m.word) + 1
                                    JOIN search_word_slips AS l ON l.slip = CONVERT(CONCAT(LEFT(m.word, p.position - 1),
                                        SUBSTRING(m.word, p.position + 1)) USING utf8mb4) COLLATE utf8mb4_unicode_ci
                               WHERE CHAR_LENGTH(m.word) > 3) AS m
                              JOIN search_words AS s ON s.word_id = m.word_id
                         LIMIT 100) AS c
                   WHERE c.books > 0)) AS suggestions;
    ELSE
        SET v_order = CONCAT(IF(v_ranked, 'r.word_rank, ', ''), 'b.', v_column, IF(v_down, ' DESC', ''), ', b.book_id', IF(v_down, ' DESC', ''));
        IF p_place <> '' THEN
            SET v_key = JSON_UNQUOTE(JSON_EXTRACT(p_place, '$[0]'));
            SET @list_books_key = v_key;
            SET @list_books_id = CAST(JSON_EXTRACT(p_place, '$[1]') AS SIGNED);
            SET @list_books_rank = CAST(COALESCE(JSON_EXTRACT(p_place, '$[2]'), 0) AS SIGNED);
            SET @list_books_number = IF(v_column = 'title', 0, CAST(v_key AS DECIMAL(12, 2)));
            SET v_where = CONCAT(v_where,
                IF(v_ranked, ' AND (r.word_rank > @list_books_rank OR r.word_rank = @list_books_rank', ''),
                REPLACE(REPLACE(REPLACE(' AND b.COLUMN BEYOND= @list_books_KEY AND (b.COLUMN BEYOND @list_books_KEY OR b.book_id BEYOND @list_books_id)',
                    'COLUMN', v_column), 'BEYOND', v_beyond), 'KEY', IF(v_column = 'title', 'key', 'number')),
                IF(v_ranked, ')', ''));
        END IF;
        SET @list_books_limit = p_limit + 1;
        SET @list_books_offset = p_offset;
        SET @list_books_sql = CONCAT(
            'SELECT d.document AS document, page.place AS place FROM (SELECT b.book_id, JSON_ARRAY(', IF(v_column = 'title', 'b.title', CONCAT('CAST(b.', v_column, ' AS CHAR)')), ', b.book_id',
            IF(v_ranked, ', r.word_rank', ''), ') AS place, ', IF(v_ranked, 'r.word_rank', '0'), ' AS word_rank ',
            v_from, v_where, ' ORDER BY ', v_order, ' LIMIT ? OFFSET ?) AS page'
            ' STRAIGHT_JOIN books AS b ON b.book_id = page.book_id'
            ' STRAIGHT_JOIN book_documents AS d ON d.book_id = b.book_id ORDER BY ', REPLACE(v_order, 'r.', 'page.'));
        PREPARE list_books_statement FROM @list_books_sql;
        EXECUTE list_books_statement USING @list_books_max_stock, @list_books_limit, @list_books_offset;
        DEALLOCATE PREPARE list_books_statement;
    END IF;
END $$

DELIMITER ;
