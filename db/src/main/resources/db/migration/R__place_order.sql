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
    DECLARE v_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_order_id, v_earlier_order_id INT;
    DECLARE v_earlier_fingerprint CHAR(64) CHARACTER SET ascii COLLATE ascii_bin;
    DECLARE v_lines, v_known, v_in_stock, v_price_kept, v_consistent INT;
    DECLARE v_currency CHAR(3) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_promo_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE v_tax_rate DECIMAL(6, 4);
    DECLARE v_subtotal, v_discount_total, v_tax_total, v_total_amount, v_lines_gross, v_lines_discount DECIMAL(12, 2);
    DECLARE v_key_taken BOOLEAN DEFAULT FALSE;

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
    INTO v_lines, v_known, v_in_stock, v_price_kept, v_consistent, v_lines_gross, v_lines_discount,
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
                 line_total DECIMAL(10, 2) PATH '$.lineTotal'))) AS j) AS i
         LEFT JOIN books AS b FORCE INDEX (PRIMARY) ON b.book_id = i.book_id
    FOR UPDATE;

    -- Early MySQL 8.0 reads JSON's null as the word. No code is that word: codes are in upper case.
    SET v_promo_code = NULLIF(NULLIF(v_promo_code, ''), 'null');

    IF v_key IS NOT NULL THEN
        SELECT order_id, request_fingerprint
        INTO v_earlier_order_id, v_earlier_fingerprint
        FROM orders
        WHERE user_email = p_user_email AND idempotency_key = v_key;
    END IF;

    IF v_earlier_order_id IS NOT NULL THEN
        SET v_key_taken = TRUE;
    ELSEIF v_lines = 0 OR v_consistent IS NULL OR v_consistent <> v_lines
        OR v_lines_gross IS NULL OR v_lines_gross <> v_subtotal
        OR v_lines_discount <> v_discount_total
        OR COALESCE(v_total_amount <> v_subtotal - v_discount_total + v_tax_total, TRUE) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The amounts of the order do not add up';
    ELSEIF v_known <> v_lines THEN
        SET v_outcome = 'unknown_book';
        SELECT JSON_ARRAYAGG(i.book_id)
        INTO v_document
        FROM JSON_TABLE(p_order, '$.items[*]' COLUMNS (book_id INT PATH '$.bookId')) AS i
             LEFT JOIN books AS b ON b.book_id = i.book_id AND b.deleted_at IS NULL
        WHERE b.book_id IS NULL;
    ELSEIF v_in_stock <> v_lines THEN
        SET v_outcome = 'out_of_stock';
        SELECT JSON_ARRAYAGG(JSON_OBJECT('bookId', b.book_id, 'title', b.title,
                                         'requested', i.quantity, 'available', b.stock_quantity))
        INTO v_document
        FROM JSON_TABLE(p_order, '$.items[*]' COLUMNS (book_id INT PATH '$.bookId',
                                                       quantity INT PATH '$.quantity')) AS i
             STRAIGHT_JOIN books AS b FORCE INDEX (PRIMARY) ON b.book_id = i.book_id
        WHERE b.stock_quantity < i.quantity;
    ELSEIF v_price_kept <> v_lines THEN
        SET v_outcome = 'price_changed';
    ELSE
        BEGIN
            -- Another request with this key may have been faster although it shares no book with this one.
            DECLARE CONTINUE HANDLER FOR 1062 SET v_key_taken = TRUE;
            INSERT INTO orders (user_email, payment_status, total_amount, currency, subtotal, discount_total,
                                tax_rate, tax_total, promo_code, idempotency_key, request_fingerprint)
            VALUES (p_user_email, 'pending', v_total_amount, v_currency, v_subtotal, v_discount_total,
                    v_tax_rate, v_tax_total, v_promo_code, v_key, p_fingerprint);
        END;
        IF NOT v_key_taken THEN
            SET v_outcome = 'placed', v_order_id = LAST_INSERT_ID();

            INSERT INTO order_items (order_id, book_id, quantity, title, unit_price, discount, line_total)
            SELECT v_order_id, b.book_id, i.quantity, b.title, i.unit_price, i.discount, i.line_total
            FROM JSON_TABLE(p_order, '$.items[*]' COLUMNS (
                     book_id INT PATH '$.bookId',
                     quantity INT PATH '$.quantity',
                     unit_price DECIMAL(10, 2) PATH '$.unitPrice',
                     discount DECIMAL(10, 2) PATH '$.discount',
                     line_total DECIMAL(10, 2) PATH '$.lineTotal')) AS i
                 STRAIGHT_JOIN books AS b FORCE INDEX (PRIMARY) ON b.book_id = i.book_id;

            UPDATE order_items AS i FORCE INDEX (order_items_by_order)
                STRAIGHT_JOIN books AS b FORCE INDEX (PRIMARY) ON b.book_id = i.book_id
            SET b.stock_quantity = b.stock_quantity - i.quantity,
                b.version = b.version + 1
            WHERE i.order_id = v_order_id;

            INSERT INTO payments (order_id, payment_amount, payment_status)
            VALUES (v_order_id, v_total_amount, 'pending');

            INSERT INTO order_history (order_id, event, actor)
            VALUES (v_order_id, 'placed', p_actor);

            SELECT document INTO v_document FROM order_documents WHERE order_id = v_order_id;
        END IF;
    END IF;

    IF v_key_taken THEN
        ROLLBACK;
        SELECT IF(o.request_fingerprint = p_fingerprint, 'replayed', 'key_reused'),
               IF(o.request_fingerprint = p_fingerprint, JSON_SET(d.document, '$.status', 'pending'), NULL)
        INTO v_outcome, v_document
        FROM orders AS o
             JOIN order_documents AS d ON d.order_id = o.order_id
        WHERE o.user_email = p_user_email AND o.idempotency_key = v_key;
    ELSE
        COMMIT;
    END IF;

    SELECT v_outcome AS outcome, v_document AS document;
END $$

DELIMITER ;
