-- A page of the books on sale: one row per book with its `document`, and `place`, from which the next page goes on; one row more if there is a
-- next page; and a last row without document that has `total` of the books found, `more` 1 if there may be more than that, and
-- `suggestions`, JSON of words that differ by a slip of the keyboard, if there are none. The total of all books and that of a category are
-- kept; others are counted up to 10,000, those of one word up to 5,000. With p_limit 0 the last row only. It locks and changes nothing.
--
-- p_words     JSON array of at most 8 words, as index_books has them: books in whose title or author each of them is a word, a beginning of
--             one or, from three characters on, a part of one; [] for any
-- p_isbn      the beginning of an ISBN: books that have it are found too; '' for none
-- p_category  the name of a category: books of it only; '' for any
-- p_max_stock copies at most, -1 for any number
-- p_sort      title_asc, title_desc, price_asc, price_desc, stock_asc, stock_desc, or relevance_asc: whole words before parts, then by title
-- p_place     JSON array: the `place` of the last book of the page before; '' for none
--
-- One word that is one word of the index, or a whole word of more than 1,000 books, has its books in the order of the pages, if they are sorted by
-- title: a page is read from where it begins, of a category too if that has more than 1,000 of them. Every other search looks at 1,000 books of
-- its rarest word (and in the category), whole words first, and tests the other words on these by their numbers; at 5,000 if those do not fill one
-- page. None costs more than that. It is one statement, which counts and has the page. The indexes are given: in the order of the primary key the books of a word lie
-- close together. The statements are put together from constant texts and numbers; every other value is a parameter or a variable.
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
    DECLARE v_i, v_numbers, v_number_of_rank, v_rank_of_lead, v_whole_books INT DEFAULT 0;
    DECLARE v_fewest, v_end INT;
    -- How many books of a word are looked at, and counted.
    DECLARE v_most INT DEFAULT 1000;
    DECLARE v_counted INT;
    -- The numbers of the words that a word of p_words finds, and of those of its rarest, which leads.
    DECLARE v_whole, v_starts, v_parts, v_ids, v_lead_ids, v_lead_whole, v_lead_starts, v_lead_parts LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    -- Whether they are one number.
    DECLARE v_one, v_lead_one BOOLEAN DEFAULT FALSE;
    -- What tests a candidate `b`, whose words are `l`, for a word, and how well it has the word; of the rarest word, and of all others.
    DECLARE v_test, v_lead_test, v_tests, v_join, v_lead_join, v_joins, v_rank, v_lead_rank, v_ranks LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT '';
    DECLARE v_candidates, v_of_lead, v_found LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT '';
    -- NULL for any, -1 for one that is not known.
    DECLARE v_category_id INT DEFAULT IF(p_category = '', NULL,
        COALESCE((SELECT c.category_id FROM categories AS c WHERE c.name = p_category), -1));
    DECLARE v_of_category VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT IF(v_category_id IS NULL, '', ' AND b.category_id = @list_books_category');
    DECLARE v_book_words VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT CONCAT(
        ' FROM book_words AS b FORCE INDEX (', IF(v_category_id IS NULL, 'PRIMARY', 'book_words_by_category'), ')');
    DECLARE v_column VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin DEFAULT
        CASE SUBSTRING_INDEX(p_sort, '_', 1) WHEN 'price' THEN 'price' WHEN 'stock' THEN 'stock_quantity' ELSE 'title' END;
    DECLARE v_ranked BOOLEAN DEFAULT p_sort = 'relevance_asc' AND v_count > 0;
    DECLARE v_down BOOLEAN DEFAULT p_sort LIKE '%\_desc';
    DECLARE v_beyond CHAR(1) CHARACTER SET ascii COLLATE ascii_bin DEFAULT IF(v_down, '<', '>');
    DECLARE v_key VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    -- Whether the page is read in the order of the titles of one word; whether there are more books than are listed.
    DECLARE v_by_title, v_more BOOLEAN DEFAULT FALSE;
    DECLARE v_order, v_from, v_where, v_from_place LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

    SET @list_books_isbn = CONCAT(p_isbn, '%'), @list_books_category = v_category_id, @list_books_max_stock = p_max_stock,
        @list_books_limit = IF(p_limit = 0, 0, p_limit + 1), @list_books_offset = p_offset,
        @list_books_total = 0, @list_books_more = 0, @list_books_suggestions = NULL;
    SET SESSION group_concat_max_len = 1000000;

    tries: LOOP
        SET v_counted = IF(v_count = 1, 5000, v_most), v_i = 0, v_fewest = NULL, v_more = FALSE, v_whole_books = 0,
            v_lead_test = '', v_lead_join = '', v_lead_rank = '', v_tests = '', v_joins = '', v_ranks = '', v_found = '';

        WHILE v_i < v_count DO
            -- MariaDB's JSON_UNQUOTE loses characters beyond U+FFFF; MySQL has JSON_VALUE since 8.0.21 only.
            CALL find_words(/*M! JSON_VALUE(p_words, CONCAT('$[', v_i, ']')) */ /*!80000 JSON_UNQUOTE(JSON_EXTRACT(p_words, CONCAT('$[', v_i, ']'))) */, v_whole, v_starts, v_parts);
            SET v_ids = COALESCE(NULLIF(CONCAT_WS(',', NULLIF(v_whole, '0'), NULLIF(v_starts, '0'), NULLIF(v_parts, '0')), ''), '0');
            SET v_numbers = CHAR_LENGTH(v_ids) - CHAR_LENGTH(REPLACE(v_ids, ',', '')) + 1, v_one = v_numbers = 1;
            SET @list_books_sql = CONCAT(
                'SELECT COUNT(*), MAX(f.book_id) INTO @list_books_count, @list_books_end FROM (SELECT b.book_id', v_book_words,
                ' WHERE b.word_id IN (', v_ids, ')', v_of_category, IF(v_one AND v_count > 1, ' ORDER BY b.book_id', ''), ' LIMIT ', v_counted + 1, ') AS f');
            PREPARE list_books_statement FROM @list_books_sql;
            EXECUTE list_books_statement;
            SET v_number_of_rank = CASE v_ids WHEN v_whole THEN 0 WHEN v_starts THEN 1 ELSE 2 END;
            IF v_numbers <= 20 THEN
                SET v_test = CONCAT(' AND (l.words LIKE "%,', REPLACE(v_ids, ',', ',%" OR l.words LIKE "%,'), ',%")'),
                    v_join = '',
                    v_rank = IF(v_ids IN (v_whole, v_starts, v_parts), CONCAT(' + ', v_number_of_rank), CONCAT(
                        ' + BEST(CASE WHEN l.words LIKE "%,', REPLACE(v_whole, ',', ',%" OR l.words LIKE "%,'), ',%" THEN 0'
                        ' WHEN l.words LIKE "%,', REPLACE(v_starts, ',', ',%" OR l.words LIKE "%,'), ',%" THEN 1 ELSE 2 END)'));
            ELSE
                SET v_test = '',
                    v_join = CONCAT(' STRAIGHT_JOIN book_words AS t', v_i, ' FORCE INDEX (book_words_by_book) ON t', v_i, '.book_id = b.book_id'
                                    ' AND t', v_i, '.word_id IN (', v_ids, ')'),
                    v_rank = CONCAT(' + MIN(CASE WHEN t', v_i, '.word_id IN (', v_whole, ') THEN 0 WHEN t', v_i, '.word_id IN (', v_starts,
                                    ') THEN 1 ELSE 2 END)');
            END IF;
            -- Of common words the one with the books farther apart is rarer.
            IF v_fewest IS NULL OR @list_books_count < v_fewest
               OR @list_books_count = v_fewest AND v_one AND (NOT v_lead_one OR @list_books_end > v_end) THEN
                SET v_tests = CONCAT(v_tests, v_lead_test), v_joins = CONCAT(v_joins, v_lead_join), v_ranks = CONCAT(v_ranks, v_lead_rank);
                SET v_fewest = @list_books_count, v_end = @list_books_end, v_lead_test = v_test, v_lead_join = v_join, v_lead_rank = v_rank,
                    v_lead_ids = v_ids, v_lead_one = v_one, v_rank_of_lead = v_number_of_rank,
                    v_lead_whole = v_whole, v_lead_starts = v_starts, v_lead_parts = v_parts;
            ELSE
                SET v_tests = CONCAT(v_tests, v_test), v_joins = CONCAT(v_joins, v_join), v_ranks = CONCAT(v_ranks, v_rank);
            END IF;
            SET v_i = v_i + 1;
        END WHILE;

        IF v_count > 0 AND NOT v_lead_one AND v_lead_whole <> '0' THEN
            SET @list_books_sql = CONCAT(
                'SELECT COUNT(*), MAX(f.book_id) INTO @list_books_count, @list_books_end FROM (SELECT b.book_id', v_book_words,
                ' WHERE b.word_id IN (', v_lead_whole, ')', v_of_category, IF(v_count > 1, ' ORDER BY b.book_id', ''), ' LIMIT ', v_counted + 1, ') AS f');
            PREPARE list_books_statement FROM @list_books_sql;
            EXECUTE list_books_statement;
            SET v_whole_books = @list_books_count;
            IF v_whole_books > v_most THEN
                -- Only whole words; there are more books than those.
                SET v_lead_one = TRUE, v_lead_ids = v_lead_whole, v_rank_of_lead = 0, v_more = TRUE, v_fewest = v_whole_books, v_end = @list_books_end;
            END IF;
        END IF;
        SET v_by_title = v_count = 1 AND v_lead_one AND p_isbn = '' AND p_max_stock < 0 AND v_column = 'title'
            AND (v_category_id IS NULL OR v_fewest > v_most);

        IF v_lead_one AND v_count > 1 THEN
            SET v_candidates = v_book_words,
                v_of_lead = CONCAT(' WHERE b.word_id = ', v_lead_ids, v_of_category, IF(v_fewest > v_most, CONCAT(' AND b.book_id < ', v_end), '')),
                v_rank = v_rank_of_lead;
        ELSEIF v_count > 0 THEN
            SET v_candidates = CONCAT(
                ' FROM (SELECT f.book_id, MIN(f.word_rank) AS word_rank FROM ('
                '(SELECT b.book_id, 0 AS word_rank', v_book_words, ' WHERE b.word_id IN (', v_lead_whole, ')', v_of_category, ' LIMIT ', v_most, ')'
                ' UNION ALL (SELECT b.book_id, 1', v_book_words, ' WHERE b.word_id IN (', v_lead_starts, ')', v_of_category,
                ' LIMIT ', GREATEST(v_most - v_whole_books, 0), ')'
                ' UNION ALL (SELECT b.book_id, 2', v_book_words, ' WHERE b.word_id IN (', v_lead_parts, ')', v_of_category,
                ' LIMIT ', GREATEST(v_most - v_whole_books, 0), ')) AS f GROUP BY f.book_id LIMIT ', v_most, ') AS b'),
                v_of_lead = ' WHERE TRUE',
                v_rank = 'BEST(b.word_rank)';
        END IF;
        IF v_count > 0 THEN
            SET v_found = REPLACE(CONCAT(
                'SELECT b.book_id, ', v_rank, v_ranks, ' AS word_rank', v_candidates,
                IF(v_tests = '', '', ' STRAIGHT_JOIN book_word_lists AS l ON l.book_id = b.book_id'), v_joins, v_of_lead, v_tests,
                IF(v_joins = '', '', ' GROUP BY b.book_id')),
                'BEST(', IF(v_joins = '', '(', 'MIN('));
        END IF;
        IF p_isbn <> '' THEN
            SET v_found = CONCAT(
                'SELECT s.book_id, MIN(s.word_rank) AS word_rank FROM (', IF(v_found = '', '', CONCAT('(', v_found, ') UNION ALL ')),
                '(SELECT b.book_id, 0 AS word_rank FROM books AS b WHERE b.isbn_on_sale LIKE @list_books_isbn', v_of_category,
                ' LIMIT 3000)) AS s GROUP BY s.book_id');
        END IF;

        SET v_where = CONCAT(' WHERE b.deleted_at IS NULL', IF(p_max_stock < 0, '', ' AND b.stock_quantity <= @list_books_max_stock'), v_of_category);
        IF p_place <> '' THEN
            SET v_key = /*M! JSON_VALUE(p_place, '$[0]') */ /*!80000 JSON_UNQUOTE(JSON_EXTRACT(p_place, '$[0]')) */;
            SET @list_books_key = v_key;
            SET @list_books_id = CAST(JSON_EXTRACT(p_place, '$[1]') AS SIGNED);
            SET @list_books_rank = CAST(COALESCE(JSON_EXTRACT(p_place, '$[2]'), 0) AS SIGNED);
            SET @list_books_number = IF(v_column = 'title', 0, CAST(v_key AS DECIMAL(12, 2)));
            SET v_from_place = REPLACE(REPLACE(REPLACE(
                'b.COLUMN BEYOND= @list_books_KEY AND (b.COLUMN BEYOND @list_books_KEY OR b.book_id BEYOND @list_books_id)',
                'COLUMN', v_column), 'BEYOND', v_beyond), 'KEY', IF(v_column = 'title', 'key', 'number'));
        END IF;
        SET v_order = CONCAT('b.', v_column, IF(v_down, ' DESC', ''), ', b.book_id', IF(v_down, ' DESC', ''));

        -- The total, and where the page comes from.
        IF v_by_title THEN
            SET @list_books_sql = '', @list_books_total = LEAST(v_fewest, v_counted), @list_books_more = v_more OR v_fewest > v_counted;
            SET v_from = CONCAT(v_rank_of_lead, ' AS word_rank FROM book_words AS b FORCE INDEX (book_words_by_title) WHERE b.word_id = ', v_lead_ids, v_of_category,
                CASE WHEN p_place = '' OR v_ranked AND @list_books_rank < v_rank_of_lead THEN ''
                     WHEN v_ranked AND @list_books_rank > v_rank_of_lead THEN ' AND FALSE'
                     ELSE CONCAT(' AND ', v_from_place)
                END,
                ' ORDER BY ', v_order);
        ELSEIF v_found <> '' THEN
            IF v_ranked AND p_place <> '' THEN
                SET v_from_place = CONCAT('r.word_rank > @list_books_rank OR r.word_rank = @list_books_rank AND ', v_from_place);
            END IF;
            SET @list_books_sql = CONCAT(
                'SELECT COUNT(*), CONCAT("[", REPLACE(SUBSTRING_INDEX(GROUP_CONCAT(', IF(p_place = '', '', CONCAT('IF(', v_from_place, ', ')),
                'CONCAT("[", r.book_id, ",", r.word_rank, "]")', IF(p_place = '', '', ', NULL)'), ' ORDER BY ', IF(v_ranked, 'r.word_rank, ', ''), v_order,
                ' SEPARATOR ";"), ";", ', @list_books_limit + p_offset, '), ";", ","), "]") INTO @list_books_total, @list_books_found FROM (', v_found,
                ') AS r STRAIGHT_JOIN books AS b ON b.book_id = r.book_id', v_where);
            SET @list_books_more = v_more OR COALESCE(v_fewest, 0) > v_most;
            SET v_from = CONCAT(
                'r.word_rank FROM JSON_TABLE(COALESCE(@list_books_found, "[]"), "$[*]" COLUMNS (book_id INT PATH "$[0]", word_rank INT PATH "$[1]")) AS r'
                ' STRAIGHT_JOIN books AS b ON b.book_id = r.book_id ORDER BY ', IF(v_ranked, 'r.word_rank, ', ''), v_order);
        ELSE
            SET v_from = CONCAT('FROM books AS b', IF(v_category_id IS NULL OR v_column = 'stock_quantity', '',
                CONCAT(' FORCE INDEX (books_by_category_', v_column, ')')), v_where);
            SET @list_books_sql = IF(p_max_stock < 0,
                'SELECT IF(@list_books_category IS NULL, t.books_on_sale,
                           COALESCE((SELECT c.books FROM categories AS c WHERE c.category_id = @list_books_category), 0))
                 INTO @list_books_total FROM book_totals AS t',
                CONCAT('SELECT LEAST(COUNT(*), 10000), COUNT(*) > 10000 INTO @list_books_total, @list_books_more FROM (SELECT 1 AS one ',
                       v_from, ' LIMIT 10001) AS f'));
            SET v_from = CONCAT('0 AS word_rank ', v_from, IF(p_place = '', '', CONCAT(' AND ', v_from_place)), ' ORDER BY ', v_order);
        END IF;
        IF @list_books_sql <> '' THEN
            PREPARE list_books_statement FROM @list_books_sql;
            EXECUTE list_books_statement;
        END IF;

        -- What else is asked for may be rare among the books of the word.
        IF v_most = 5000 OR NOT @list_books_more OR @list_books_total > p_limit THEN
            LEAVE tries;
        END IF;
        SET v_most = 5000;
    END LOOP;

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

    -- An ORDER BY without LIMIT inside a UNION would be left out. Places are made of the page only, not of everything that is sorted.
    SET @list_books_sql = CONCAT(
        '(SELECT d.document AS document, JSON_ARRAY(', IF(v_column = 'title', 'b.title', CONCAT('CAST(b.', v_column, ' AS CHAR)')), ', b.book_id',
        IF(v_ranked, ', page.word_rank', ''), ') AS place, NULL AS total, NULL AS more, NULL AS suggestions FROM (SELECT b.book_id, ',
        v_from, ' LIMIT ? OFFSET ?) AS page'
        ' STRAIGHT_JOIN books AS b ON b.book_id = page.book_id'
        ' STRAIGHT_JOIN book_documents AS d ON d.book_id = b.book_id ORDER BY ', IF(v_ranked, 'page.word_rank, ', ''), v_order,
        ' LIMIT 10000)'
        ' UNION ALL SELECT NULL, NULL, @list_books_total, @list_books_more, CONVERT(@list_books_suggestions USING utf8mb4)');
    PREPARE list_books_statement FROM @list_books_sql;
    EXECUTE list_books_statement USING @list_books_limit, @list_books_offset;
    DEALLOCATE PREPARE list_books_statement;
END $$

DELIMITER ;
