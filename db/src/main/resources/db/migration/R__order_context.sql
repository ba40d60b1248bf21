-- All that pricing an order needs, in one call and one row; it locks and changes nothing.
--
-- p_book_ids is a JSON array; p_promo_code '' means none; p_idempotency_key '' (for a quote) finds no order. Keys are those of the
-- account p_subject, and of orders of p_user_email that no account has claimed.
-- books       [{"bookId","title","price","stockQuantity"}, ..]: those of the books that are on sale
-- promotion   {"code","percentOff","validFrom","validUntil","maxUses","maxUsesPerCustomer","uses","usesByCustomer"}, or NULL if there is no
--             such code. Uses are counted only if they are limited; 0 otherwise
-- tiers       the quantity discounts that administrators chose, as copies:percent,..; NULL while those of the configuration apply
-- fingerprint that of the request which used the key before, or NULL
-- previous    the order which that request placed, as it was answered then, or NULL
--
-- A procedure, because one query with the same columns makes MariaDB create and delete a temporary file for each
-- JSON_ARRAYAGG in it, even one that finds no rows; that took three times as long.
DELIMITER $$

DROP PROCEDURE IF EXISTS order_context $$

CREATE PROCEDURE order_context(
    IN p_book_ids LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_promo_code VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_subject VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_user_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_idempotency_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_books, v_promotion, v_previous LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_book_id, v_stock, v_order_id INT;
    DECLARE v_title VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_price DECIMAL(10, 2);
    DECLARE v_fingerprint CHAR(64) CHARACTER SET ascii COLLATE ascii_bin;
    DECLARE v_no_more_books BOOLEAN DEFAULT FALSE;

    DECLARE books_on_sale CURSOR FOR
        SELECT b.book_id, b.title, b.price, b.stock_quantity
        FROM JSON_TABLE(p_book_ids, '$[*]' COLUMNS (book_id INT PATH '$')) AS i
             STRAIGHT_JOIN books AS b FORCE INDEX (PRIMARY) ON b.book_id = i.book_id AND b.deleted_at IS NULL;

    DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_no_more_books = TRUE;

    OPEN books_on_sale;
    each_book: LOOP
        FETCH books_on_sale INTO v_book_id, v_title, v_price, v_stock;
        IF v_no_more_books THEN
            LEAVE each_book;
        END IF;
        SET v_books = CONCAT_WS(', ', v_books, CONCAT('{"bookId": ', v_book_id,
                                                      ', "title": ', JSON_QUOTE(v_title),
                                                      ', "price": ', v_price,
                                                      ', "stockQuantity": ', v_stock, '}'));
    END LOOP;
    CLOSE books_on_sale;

    IF p_promo_code <> '' THEN
        SELECT JSON_OBJECT('code', code,
                           'percentOff', percent_off,
                           'validFrom', DATE_FORMAT(TIMESTAMPADD(SECOND, UNIX_TIMESTAMP(valid_from), '1970-01-01 00:00:00'),
                                                    '%Y-%m-%dT%H:%i:%sZ'),
                           'validUntil', DATE_FORMAT(TIMESTAMPADD(SECOND, UNIX_TIMESTAMP(valid_until), '1970-01-01 00:00:00'),
                                                     '%Y-%m-%dT%H:%i:%sZ'),
                           'maxUses', max_uses,
                           'maxUsesPerCustomer', max_uses_per_customer,
                           'uses', IF(max_uses IS NULL, 0, (SELECT COUNT(*)
                                                            FROM orders
                                                            WHERE promo_code = p_promo_code AND payment_status <> 'cancelled')),
                           'usesByCustomer', IF(max_uses_per_customer IS NULL, 0,
                                                (SELECT COUNT(*)
                                                 FROM orders
                                                 WHERE promo_code = p_promo_code
                                                   AND owner IN (CONCAT('sub:', p_subject), CONCAT('email:', p_user_email))
                                                   AND payment_status <> 'cancelled')))
        INTO v_promotion
        FROM promotions
        WHERE code = p_promo_code;
    END IF;

    IF p_idempotency_key <> '' THEN
        SELECT order_id, request_fingerprint
        INTO v_order_id, v_fingerprint
        FROM orders
        WHERE owner IN (CONCAT('sub:', p_subject), CONCAT('email:', p_user_email)) AND idempotency_key = p_idempotency_key
        ORDER BY customer_subject IS NULL
        LIMIT 1;
        IF v_order_id IS NOT NULL THEN
            SELECT JSON_SET(document, '$.status', 'pending')
            INTO v_previous
            FROM order_documents
            WHERE order_id = v_order_id;
        END IF;
    END IF;

    SELECT CONCAT('[', COALESCE(v_books, ''), ']') AS books,
           v_promotion AS promotion,
           (SELECT tiers FROM quantity_discounts WHERE id = 1) AS tiers,
           v_fingerprint AS fingerprint,
           v_previous AS previous;
END $$

DELIMITER ;
