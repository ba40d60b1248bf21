-- Places an order: one call, one transaction, one row as the answer.
--
-- p_order is the order as it was priced, its lines in ascending order of bookId:
--   {"currency","promoCode","taxRate","subtotal","discountTotal","taxTotal","totalAmount",
--    "items":[{"bookId","quantity","unitPrice","discount","lineTotal"}]}
-- outcome     document
-- placed        the new order
-- replayed      the order that this key placed before, as it was answered then
-- key_reused    NULL: the key belongs to another request
-- unknown_book  [bookId, ..]: not in the catalogue, or deleted
-- out_of_stock  [{"bookId","title","requested","available"}, ..]: every short line
-- price_changed NULL: a price is no longer the one that was charged
--
-- The books are locked in ascending order by one statement (the JSON document drives the join, each
-- book is fetched by primary key), so two orders never wait for each other in a circle. All checks
-- are made on the locked rows. READ COMMITTED: each statement sees what was committed while this
-- one waited for its locks, and no gaps are locked. (JSON_TABLE stands in a derived table there because
-- MySQL refuses FOR UPDATE beside a bare one: error 3569.)
DELIMITER $$

DROP PROCEDURE IF EXISTS place_order $$

CREATE PROCEDURE place_order(
    IN p_user_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_idempotency_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_fingerprint CHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_order LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULLIF(p_idempotency_key, '');
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_document, v_line_documents LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_lines, v_known, v_in_stock, v_price_kept, v_adding_up INT;
    DECLARE v_currency CHAR(3) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_promo_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE v_tax_rate DECIMAL(6, 4);
    DECLARE v_subtotal, v_discount_total, v_tax_total, v_total_amount, v_sum_of_lines, v_sum_of_discounts DECIMAL(14, 2);
    DECLARE v_order_id, v_book_id, v_quantity, v_next_line INT DEFAULT 0;
    DECLARE v_items, v_item JSON;
    DECLARE v_title VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_unit_price, v_discount, v_line_total DECIMAL(10, 2);
    DECLARE v_order_date DATETIME;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    SELECT COUNT(i.book_id),
           SUM(b.book_id IS NOT NULL AND b.deleted_at IS NULL),
           SUM(b.stock_quantity >= i.quantity),
           SUM(b.price = i.unit_price),
           SUM(i.line_total = i.unit_price * i.quantity - i.discount),
           SUM(i.unit_price * i.quantity),
           SUM(i.discount),
           MAX(i.currency), MAX(i.promo_code), MAX(i.tax_rate),
           MAX(i.subtotal), MAX(i.discount_total), MAX(i.tax_total), MAX(i.total_amount)
    INTO v_lines, v_known, v_in_stock, v_price_kept, v_adding_up, v_sum_of_lines, v_sum_of_discounts,
         v_currency, v_promo_code, v_tax_rate, v_subtotal, v_discount_total, v_tax_total, v_total_amount
    FROM (SELECT * FROM JSON_TABLE(p_order, '$' COLUMNS (
              currency CHAR(3) PATH '$.currency',
              promo_code VARCHAR(40) PATH '$.promoCode',
              tax_rate DECIMAL(6, 4) PATH '$.taxRate',
              subtotal DECIMAL(10, 2) PATH '$.subtotal',
              discount_total DECIMAL(10, 2) PATH '$.discountTotal',
              tax_total DECIMAL(10, 2) PATH '$.taxTotal',
              total_amount DECIMAL(10, 2) PATH '$.totalAmount',
              NESTED PATH '$.items[*]' COLUMNS (
                  book_id INT PATH '$.bookId',
                  quantity INT PATH '$.quantity',
                  unit_price DECIMAL(10, 2) PATH '$.unitPrice',
                  discount DECIMAL(10, 2) PATH '$.discount',
                  line_total DECIMAL(10, 2) PATH '$.lineTotal'))) AS parsed) AS i
         LEFT JOIN books AS b FORCE INDEX (PRIMARY) ON b.book_id = i.book_id
    FOR UPDATE;

    IF NOT COALESCE(v_lines > 0 AND v_adding_up = v_lines
                    AND v_subtotal = v_sum_of_lines AND v_discount_total = v_sum_of_discounts
                    AND v_total_amount = v_subtotal - v_discount_total + v_tax_total, FALSE) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The amounts of the order do not add up';
    END IF;

    -- Early MySQL 8.0 reads JSON's null as the word. No code is that word: codes are in upper case.
    SET v_promo_code = NULLIF(NULLIF(v_promo_code, ''), 'null');

    IF v_known <> v_lines THEN
        SET v_outcome = 'unknown_book';
    ELSEIF v_in_stock <> v_lines THEN
        SET v_outcome = 'out_of_stock';
    ELSEIF v_price_kept <> v_lines THEN
        SET v_outcome = 'price_changed';
    ELSE
        SET v_outcome = 'placed';
        BEGIN
            -- The unique key, rather than a query before, tells that this customer used the idempotency key already.
            DECLARE EXIT HANDLER FOR 1062 SET v_outcome = 'key_used';
            INSERT INTO orders (user_email, payment_status, total_amount, currency, subtotal, discount_total,
                                tax_rate, tax_total, promo_code, idempotency_key, request_fingerprint)
            VALUES (p_user_email, 'pending', v_total_amount, v_currency, v_subtotal, v_discount_total,
                    v_tax_rate, v_tax_total, v_promo_code, v_key, p_fingerprint);
        END;
    END IF;

    IF v_outcome = 'placed' THEN
        SET v_order_id = LAST_INSERT_ID(), v_order_date = UTC_TIMESTAMP(), v_items = JSON_EXTRACT(p_order, '$.items');

        -- Line by line: MariaDB flushes its log to disk at the end of every INSERT ... SELECT, here while
        -- other orders wait for these books, and orders are short.
        WHILE v_next_line < v_lines DO
            SET v_item = JSON_EXTRACT(v_items, CONCAT('$[', v_next_line, ']')),
                v_book_id = JSON_EXTRACT(v_item, '$.bookId'),
                v_quantity = JSON_EXTRACT(v_item, '$.quantity'),
                v_unit_price = JSON_EXTRACT(v_item, '$.unitPrice'),
                v_discount = JSON_EXTRACT(v_item, '$.discount'),
                v_line_total = JSON_EXTRACT(v_item, '$.lineTotal'),
                v_title = (SELECT title FROM books WHERE book_id = v_book_id);

            INSERT INTO order_items (order_id, book_id, quantity, title, unit_price, discount, line_total)
            VALUES (v_order_id, v_book_id, v_quantity, v_title, v_unit_price, v_discount, v_line_total);

            UPDATE books
            SET stock_quantity = stock_quantity - v_quantity, version = version + 1
            WHERE book_id = v_book_id;

            SET v_line_documents = CONCAT_WS(', ', v_line_documents,
                                             CONCAT('{"bookId": ', v_book_id,
                                                    ', "title": ', JSON_QUOTE(v_title),
                                                    ', "quantity": ', v_quantity,
                                                    ', "unitPrice": ', v_unit_price,
                                                    ', "discount": ', v_discount,
                                                    ', "lineTotal": ', v_line_total, '}')),
                v_next_line = v_next_line + 1;
        END WHILE;

        INSERT INTO payments (order_id, payment_amount, payment_status)
        VALUES (v_order_id, v_total_amount, 'pending');

        INSERT INTO order_history (order_id, event, actor)
        VALUES (v_order_id, 'placed', p_actor);

        COMMIT;

        -- The same document that order_documents shows, put together from what is known here: reading it back
        -- would take as long as all of the above.
        SET v_document = CONCAT(
            '{"orderId": ', v_order_id,
            ', "status": "pending"',
            ', "userEmail": ', JSON_QUOTE(p_user_email),
            ', "orderDate": "', DATE_FORMAT(v_order_date, '%Y-%m-%dT%H:%i:%sZ'),
            '", "currency": ', JSON_QUOTE(v_currency),
            ', "items": [', v_line_documents,
            '], "subtotal": ', v_subtotal,
            ', "discountTotal": ', v_discount_total,
            ', "taxTotal": ', v_tax_total,
            ', "totalAmount": ', v_total_amount,
            ', "promoCode": ', COALESCE(JSON_QUOTE(v_promo_code), 'null'), '}');
    ELSE
        IF v_outcome = 'unknown_book' THEN
            SELECT JSON_ARRAYAGG(i.book_id)
            INTO v_document
            FROM JSON_TABLE(p_order, '$.items[*]' COLUMNS (book_id INT PATH '$.bookId')) AS i
                 LEFT JOIN books AS b ON b.book_id = i.book_id AND b.deleted_at IS NULL
            WHERE b.book_id IS NULL;
        ELSEIF v_outcome = 'out_of_stock' THEN
            SELECT JSON_ARRAYAGG(JSON_OBJECT('bookId', b.book_id, 'title', b.title,
                                             'requested', i.quantity, 'available', b.stock_quantity))
            INTO v_document
            FROM JSON_TABLE(p_order, '$.items[*]' COLUMNS (book_id INT PATH '$.bookId',
                                                           quantity INT PATH '$.quantity')) AS i
                 STRAIGHT_JOIN books AS b FORCE INDEX (PRIMARY) ON b.book_id = i.book_id
            WHERE b.stock_quantity < i.quantity;
        END IF;
        ROLLBACK;

        -- Whatever the shop looks like by now: a request that was answered before gets the same answer again.
        SELECT IF(o.request_fingerprint = p_fingerprint, 'replayed', 'key_reused'),
               IF(o.request_fingerprint = p_fingerprint, JSON_SET(d.document, '$.status', 'pending'), NULL)
        INTO v_outcome, v_document
        FROM orders AS o
             JOIN order_documents AS d ON d.order_id = o.order_id
        WHERE o.user_email = p_user_email AND o.idempotency_key = v_key;
    END IF;

    SELECT v_outcome AS outcome, v_document AS document;
END $$

DELIMITER ;
