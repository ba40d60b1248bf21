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
-- known       1 if place_order need not look whether the address has unclaimed orders or is new to the search of orders; it may still do so
--
-- A procedure of look-ups by unique keys: one query with the same columns makes MariaDB create a temporary file for each JSON_ARRAYAGG in it,
-- and a cursor over JSON_TABLE two temporary tables; either takes longer than a few look-ups.
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
    DECLARE v_book_id INT DEFAULT JSON_EXTRACT(p_book_ids, '$[0]');
    DECLARE v_order_id, v_unclaimed, v_known_text INT;
    DECLARE v_looked_up INT DEFAULT 0;
    DECLARE v_fingerprint CHAR(64) CHARACTER SET ascii COLLATE ascii_bin;

    DECLARE CONTINUE HANDLER FOR NOT FOUND BEGIN END;

    WHILE v_book_id IS NOT NULL DO
        SELECT CONCAT_WS(', ', v_books, CONCAT('{"bookId": ', book_id,
                                               ', "title": ', JSON_QUOTE(title),
                                               ', "price": ', price,
                                               ', "stockQuantity": ', stock_quantity, '}'))
        INTO v_books
        FROM books
        WHERE book_id = v_book_id AND deleted_at IS NULL;
        SET v_looked_up = v_looked_up + 1,
            v_book_id = JSON_EXTRACT(p_book_ids, CONCAT('$[', v_looked_up, ']'));
    END WHILE;

    IF p_promo_code <> '' THEN
        SELECT JSON_OBJECT('code', code,
                           'percentOff', percent_off,
                           'validFrom', DATE_FORMAT(TIMESTAMPADD(SECOND, UNIX_TIMESTAMP(valid_from), '1970-01-01 00:00:00'),
                                                    '%Y-%m-%dT%H:%i:%sZ'),
                           'validUntil', DATE_FORMAT(TIMESTAMPADD(SECOND, UNIX_TIMESTAMP(valid_until), '1970-01-01 00:00:00'),
                                                     '%Y-%m-%dT%H:%i:%sZ'),
                           'maxUses', max_uses,
                           'maxUsesPerCustomer', max_uses_per_customer,
                           'uses', IF(max_uses IS NULL, 0, (SELECT CAST(COALESCE(SUM(u.uses), 0) AS SIGNED)
                                                            FROM promotion_uses AS u
                                                            WHERE u.promo_code = p_promo_code) + 0),
                           'usesByCustomer', IF(max_uses_per_customer IS NULL, 0,
                                                (SELECT CAST(COALESCE(SUM(u.uses), 0) AS SIGNED)
                                                 FROM promotion_customers AS u
                                                 WHERE u.promo_code = p_promo_code
                                                   AND u.owner IN (CONCAT('sub:', p_subject), CONCAT('email:', p_user_email))) + 0))
        INTO v_promotion
        FROM promotions
        WHERE code = p_promo_code;
    END IF;

    IF p_idempotency_key <> '' THEN
        SELECT order_id, request_fingerprint
        INTO v_order_id, v_fingerprint
        FROM orders
        WHERE owner = CONCAT('sub:', p_subject) AND idempotency_key = p_idempotency_key;
        IF v_order_id IS NULL THEN
            SELECT MIN(order_id) INTO v_unclaimed FROM orders WHERE owner = CONCAT('email:', p_user_email);
            IF v_unclaimed IS NULL THEN
                SELECT text_id INTO v_known_text FROM order_texts WHERE kind = 'email' AND text = p_user_email;
            ELSE
                SELECT order_id, request_fingerprint
                INTO v_order_id, v_fingerprint
                FROM orders
                WHERE owner = CONCAT('email:', p_user_email) AND idempotency_key = p_idempotency_key;
            END IF;
        END IF;
        IF v_order_id IS NOT NULL THEN
            SELECT JSON_SET(document, '$.status', 'pending')
            INTO v_previous
            FROM order_documents
            WHERE order_id = v_order_id;
        END IF;
    END IF;

    -- MAX, because there must be a row.
    SELECT CONCAT('[', COALESCE(v_books, ''), ']') AS books,
           v_promotion AS promotion,
           MAX(tiers) AS tiers,
           v_fingerprint AS fingerprint,
           v_previous AS previous,
           v_known_text IS NOT NULL AS known
    FROM quantity_discounts
    WHERE id = 1;
END $$

DELIMITER ;
