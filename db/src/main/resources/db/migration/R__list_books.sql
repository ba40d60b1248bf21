-- A page of the books on sale: one row per book with its `document`, and `place`, from which the next page goes on; one row more if there is a
-- next page; and a last row without document that has `total` of the books found, `more` 1 if there may be more than that, and
-- `suggestions`, JSON of words that differ by a slip of the keyboard, if there are none. The total of all books and that of a category are
-- kept; others are counted up to 10,000. With p_limit 0 the last row only. It locks and changes nothing.
--
-- p_words     JSON array of at most 8 words, as index_books has them: books in whose title or author each of them is a word, a beginning of
--             one or, from three characters on, a part of one; [] for any
-- p_isbn      the beginning of an ISBN: books that have it are found too; '' for none
-- p_category  the name of a category: books of it only; '' for any
-- p_max_stock copies at most, -1 for any number
-- p_sort      title_asc, title_desc, price_asc, price_desc, stock_asc, stock_desc, or relevance_asc: whole words before parts, then by title
-- p_place     JSON array: the `place` of the last book of the page before; '' for none
--
-- Of the books with the rarest word (and the category) it looks at 3,000 at most, whole words first, so that no search costs more than that. The
-- other words are tested on these by their numbers. What is found is looked up once, for page and total; the books of one whole word are counted
-- already. The indexes are given: in the order of the primary key the books of a word lie close together, so that 3,000 look-ups read a few hundred
-- pages, not 3,000. The statements are put together from constant texts and numbers; every other value is a parameter or a variable.
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
    DECLARE v_i, v_whole_books INT DEFAULT 0;
    DECLARE v_fewest INT;
    -- The numbers of the words that a word of p_words finds, and of those of its rarest, which leads.
    DECLARE v_whole, v_starts, v_parts, v_ids, v_lead_whole, v_lead_starts, v_lead_parts LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    -- What tests a candidate `c` for a word, and how well it has the word; of the rarest word, and of all others.
    DECLARE v_join, v_lead_join, v_joins, v_rank, v_lead_rank, v_ranks LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT '';
    DECLARE v_found LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT '';
    -- NULL for any, -1 for one that is not known.
    DECLARE v_category_id INT DEFAULT IF(p_category = '', NULL,
        COALESCE((SELECT c.category_id FROM categories AS c WHERE c.name = p_category), -1));
    DECLARE v_book_words VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT IF(v_category_id IS NULL,
        ' FROM book_words AS b FORCE INDEX (PRIMARY) WHERE b.word_id IN (',
        ' FROM book_words AS b FORCE INDEX (book_words_by_category) WHERE b.category_id = @list_books_category AND b.word_id IN (');
    DECLARE v_column VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin DEFAULT
        CASE SUBSTRING_INDEX(p_sort, '_', 1) WHEN 'price' THEN 'price' WHEN 'stock' THEN 'stock_quantity' ELSE 'title' END;
    DECLARE v_only_whole BOOLEAN;
    DECLARE v_ranked BOOLEAN DEFAULT p_sort = 'relevance_asc' AND v_count > 0;
    DECLARE v_down BOOLEAN DEFAULT p_sort LIKE '%\_desc';
    DECLARE v_beyond CHAR(1) CHARACTER SET ascii COLLATE ascii_bin DEFAULT IF(v_down, '<', '>');
    DECLARE v_key VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_order, v_from, v_where, v_from_place TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

    SET @list_books_isbn = CONCAT(p_isbn, '%'), @list_books_category = v_category_id, @list_books_max_stock = p_max_stock,
        @list_books_limit = IF(p_limit = 0, 0, p_limit + 1), @list_books_offset = p_offset,
        @list_books_total = 0, @list_books_more = 0, @list_books_suggestions = NULL;

    WHILE v_i < v_count DO
        CALL find_words(JSON_UNQUOTE(JSON_EXTRACT(p_words, CONCAT('$[', v_i, ']'))), v_whole, v_starts, v_parts);
        SET v_ids = CONCAT_WS(',', v_whole, v_starts, v_parts);
        SET @list_books_sql = CONCAT('SELECT COUNT(*) INTO @list_books_count FROM (SELECT 1 AS one', v_book_words, v_ids, ') LIMIT 3001) AS f');
        PREPARE list_books_statement FROM @list_books_sql;
        EXECUTE list_books_statement;
        -- One word is one look-up, several are looked for among the words of the book.
        IF v_starts = '0' AND v_parts = '0' THEN
            SET v_join = CONCAT(' STRAIGHT_JOIN book_words AS t', v_i, ' FORCE INDEX (PRIMARY) ON t', v_i, '.word_id = ', v_whole,
                                ' AND t', v_i, '.book_id = c.book_id'),
                v_rank = '';
        ELSE
            SET v_join = CONCAT(' STRAIGHT_JOIN book_words AS t', v_i, ' FORCE INDEX (book_words_by_book) ON t', v_i, '.book_id = c.book_id'
                                ' AND t', v_i, '.word_id IN (', v_ids, ')'),
                v_rank = CONCAT(' + MIN(CASE WHEN t', v_i, '.word_id IN (', v_whole, ') THEN 0 WHEN t', v_i, '.word_id IN (', v_starts,
                                ') THEN 1 ELSE 2 END)');
        END IF;
        IF v_fewest IS NULL OR @list_books_count < v_fewest THEN
            SET v_joins = CONCAT(v_joins, v_lead_join), v_ranks = CONCAT(v_ranks, v_lead_rank);
            SET v_fewest = @list_books_count, v_lead_join = v_join, v_lead_rank = v_rank,
                v_lead_whole = v_whole, v_lead_starts = v_starts, v_lead_parts = v_parts;
        ELSE
            SET v_joins = CONCAT(v_joins, v_join), v_ranks = CONCAT(v_ranks, v_rank);
        END IF;
        SET v_i = v_i + 1;
    END WHILE;

    IF v_count > 0 THEN
        SET v_only_whole = v_lead_starts = '0' AND v_lead_parts = '0';
        IF NOT v_only_whole THEN
            SET @list_books_sql = CONCAT('SELECT COUNT(*) INTO @list_books_count FROM (SELECT 1 AS one', v_book_words, v_lead_whole, ') LIMIT 3000) AS f');
            PREPARE list_books_statement FROM @list_books_sql;
            EXECUTE list_books_statement;
            SET v_whole_books = @list_books_count, v_only_whole = @list_books_count = 3000;
        END IF;
        SET v_found = CONCAT('(SELECT b.book_id, 0 AS word_rank', v_book_words, v_lead_whole, ') LIMIT 3000)');
        IF NOT v_only_whole THEN
            SET v_found = CONCAT(
                '(SELECT f.book_id, MIN(f.word_rank) AS word_rank FROM (', v_found,
                ' UNION ALL (SELECT b.book_id, 1', v_book_words, v_lead_starts, ') LIMIT ', 3000 - v_whole_books, ')'
                ' UNION ALL (SELECT b.book_id, 2', v_book_words, v_lead_parts, ') LIMIT ', 3000 - v_whole_books, ')'
                ') AS f GROUP BY f.book_id LIMIT 3000)');
        END IF;
        SET v_found = CONCAT('SELECT c.book_id, ', IF(v_ranks = '', 'c.word_rank', CONCAT('MIN(c.word_rank)', v_ranks)), ' AS word_rank FROM ',
            v_found, ' AS c', v_joins, IF(v_ranks = '', '', ' GROUP BY c.book_id'));
    END IF;
    IF p_isbn <> '' THEN
        SET v_found = CONCAT(v_found, IF(v_found = '', '', ' UNION ALL '),
            '(SELECT b.book_id, 0 AS word_rank FROM books AS b WHERE b.isbn_on_sale LIKE @list_books_isbn',
            IF(v_category_id IS NULL, '', ' AND b.category_id = @list_books_category'), ' LIMIT 3000)');
    END IF;

    SET v_where = CONCAT(' WHERE b.deleted_at IS NULL', IF(p_max_stock < 0, '', ' AND b.stock_quantity <= @list_books_max_stock'),
        IF(v_category_id IS NULL, '', ' AND b.category_id = @list_books_category'));
    IF v_count = 1 AND v_only_whole AND p_isbn = '' AND p_max_stock < 0 THEN
        SET @list_books_sql = CONCAT('SET @list_books_total = ', LEAST(v_fewest, 3000)), @list_books_more = v_fewest > 3000;
        SET v_from = CONCAT('FROM (', v_found, ') AS r STRAIGHT_JOIN books AS b ON b.book_id = r.book_id');
    ELSEIF v_found <> '' THEN
        SET @list_books_sql = CONCAT(
            'SELECT COUNT(*), CONCAT("[", GROUP_CONCAT(CONCAT("[", r.book_id, ",", r.word_rank, "]")), "]") INTO @list_books_total, @list_books_found'
            ' FROM (SELECT s.book_id, ', IF(p_isbn = '', 's.word_rank', 'MIN(s.word_rank) AS word_rank'), ' FROM (', v_found,
            ') AS s', IF(p_isbn = '', '', ' GROUP BY s.book_id'), ') AS r',
            IF(p_max_stock < 0, '', CONCAT(' STRAIGHT_JOIN books AS b ON b.book_id = r.book_id', v_where)));
        SET @list_books_more = COALESCE(v_fewest, 0) > 3000;
        SET v_from = 'FROM JSON_TABLE(COALESCE(@list_books_found, "[]"), "$[*]" COLUMNS (book_id INT PATH "$[0]", word_rank INT PATH "$[1]")) AS r'
                     ' STRAIGHT_JOIN books AS b ON b.book_id = r.book_id';
    ELSE
        SET v_from = CONCAT('FROM books AS b', IF(v_category_id IS NULL OR v_column = 'stock_quantity', '',
            CONCAT(' FORCE INDEX (books_by_category_', v_column, ')')));
        SET @list_books_sql = IF(p_max_stock < 0,
            'SELECT IF(@list_books_category IS NULL, t.books_on_sale,
                       COALESCE((SELECT c.books FROM categories AS c WHERE c.category_id = @list_books_category), 0))
             INTO @list_books_total FROM book_totals AS t',
            CONCAT('SELECT LEAST(COUNT(*), 10000), COUNT(*) > 10000 INTO @list_books_total, @list_books_more FROM (SELECT 1 AS one ',
                   v_from, v_where, ' LIMIT 10001) AS f'));
    END IF;
    PREPARE list_books_statement FROM @list_books_sql;
    EXECUTE list_books_statement;

    IF @list_books_total = 0 THEN
        SELECT JSON_ARRAYAGG(JSON_OBJECT('word', c.word, 'suggestion', c.suggestion, 'books', c.books))
        INTO @list_books_suggestions
        FROM (SELECT m.word, s.word AS suggestion, (SELECT COUNT(*) FROM book_words AS b WHERE b.word_id = s.word_id) AS books
              FROM (SELECT DISTINCT m.word, l.word_id
                    FROM JSON_TABLE(p_words, '$[*]' COLUMNS (word VARCHAR(64) CHARACTER SET utf8mb4 PATH '$')) AS m
                         JOIN search_positions AS p ON p.position <= CHAR_LENGTH(m.word) + 1
                         JOIN search_word_slips AS l ON l.slip = CONVERT(CONCAT(LEFT(m.word, p.position - 1),
                             SUBSTRING(m.word, p.position + 1)) USING utf8mb4) COLLATE utf8mb4_unicode_ci
                    WHERE CHAR_LENGTH(m.word) > 3) AS m
                   JOIN search_words AS s ON s.word_id = m.word_id
              LIMIT 100) AS c
        WHERE c.books > 0;
    END IF;

    SET v_order = CONCAT(IF(v_ranked, 'r.word_rank, ', ''), 'b.', v_column, IF(v_down, ' DESC', ''), ', b.book_id', IF(v_down, ' DESC', ''));
    SET v_from_place = '';
    IF p_place <> '' THEN
        SET v_key = JSON_UNQUOTE(JSON_EXTRACT(p_place, '$[0]'));
        SET @list_books_key = v_key;
        SET @list_books_id = CAST(JSON_EXTRACT(p_place, '$[1]') AS SIGNED);
        SET @list_books_rank = CAST(COALESCE(JSON_EXTRACT(p_place, '$[2]'), 0) AS SIGNED);
        SET @list_books_number = IF(v_column = 'title', 0, CAST(v_key AS DECIMAL(12, 2)));
        SET v_from_place = CONCAT(
            IF(v_ranked, ' AND (r.word_rank > @list_books_rank OR r.word_rank = @list_books_rank', ''),
            REPLACE(REPLACE(REPLACE(' AND b.COLUMN BEYOND= @list_books_KEY AND (b.COLUMN BEYOND @list_books_KEY OR b.book_id BEYOND @list_books_id)',
                'COLUMN', v_column), 'BEYOND', v_beyond), 'KEY', IF(v_column = 'title', 'key', 'number')),
            IF(v_ranked, ')', ''));
    END IF;
    -- An ORDER BY without LIMIT inside a UNION would be left out. Places are made of the page only, not of everything that is sorted.
    SET @list_books_sql = CONCAT(
        '(SELECT d.document AS document, JSON_ARRAY(', IF(v_column = 'title', 'b.title', CONCAT('CAST(b.', v_column, ' AS CHAR)')), ', b.book_id',
        IF(v_ranked, ', page.word_rank', ''), ') AS place, NULL AS total, NULL AS more, NULL AS suggestions FROM (SELECT b.book_id, ',
        IF(v_ranked, 'r.word_rank', '0'), ' AS word_rank ',
        v_from, v_where, v_from_place, ' ORDER BY ', v_order, ' LIMIT ? OFFSET ?) AS page'
        ' STRAIGHT_JOIN books AS b ON b.book_id = page.book_id'
        ' STRAIGHT_JOIN book_documents AS d ON d.book_id = b.book_id ORDER BY ', REPLACE(v_order, 'r.', 'page.'), ' LIMIT 10000)'
        ' UNION ALL SELECT NULL, NULL, @list_books_total, @list_books_more, CONVERT(@list_books_suggestions USING utf8mb4)');
    PREPARE list_books_statement FROM @list_books_sql;
    EXECUTE list_books_statement USING @list_books_limit, @list_books_offset;
    DEALLOCATE PREPARE list_books_statement;
END $$

DELIMITER ;
