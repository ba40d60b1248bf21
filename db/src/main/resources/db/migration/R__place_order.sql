-- Places an order: one call, one transaction, one row as the answer.
--
-- p_order is the order's document without its first members (orderId, status, userEmail, orderDate), its lines in ascending order of
-- bookId, each book once:
--   {"currency","items":[{"bookId","title","quantity","unitPrice","discount","lineTotal"}],"subtotal","discountTotal","taxTotal",
--    "totalAmount","promoCode","deliveryAddress"}
-- where subtotal is the sum of unitPrice * quantity, discountTotal that of the lines' discounts,
-- lineTotal = unitPrice * quantity - discount, totalAmount = subtotal - discountTotal + taxTotal;
-- an order that does not add up is refused by SQLSTATE 45000 or by a constraint of the tables. p_correlation_id names the request that
-- asked for it, '' if it has no name; the customer's mail carries it. p_known is what order_context said; 0 if unknown.
--
-- The order belongs to the account p_subject, the `sub` of the access token; p_user_email is where its mails go. Orders of that
-- address which no account owns yet become the account's with it.
--
-- outcome     document
-- placed        the new order
-- replayed      the order that this key placed before, as it was answered then
-- key_reused    NULL: the key belongs to another request
-- unknown_book  [bookId, ..]: not in the catalogue, or deleted
-- out_of_stock  [{"bookId","title","requested","available"}, ..]: every short line
-- price_changed NULL: a price is no longer the one that was charged
-- promo_used_up NULL: the promotion code, or the customer's share of it, is used up
-- The first that applies is answered. Only "placed" leaves anything behind.
--
-- Books are locked one after another in the order of the lines, which is ascending, and after everything else that other
-- orders may wait for. So two orders never wait for each other in a circle, and all checks are made on locked rows. READ
-- COMMITTED: the locked rows are read as they were committed last, however long this order waited for them, and no gaps
-- are locked. A deadlock with something else, or a conflict with another node of a cluster that COMMIT reports as one, has
-- rolled everything back: up to five attempts.
--
-- This is the hot path, and what costs most is the number of statements, then that of variables and assignments: each is an instruction,
-- also a DECLARE. So what is rare has a block of its own. Each statement finds its row by a unique key; FORCE INDEX keeps the optimizer from
-- weighing the others. One UPDATE checks and takes the stock. Lines are inserted one by one because MariaDB flushes its log to disk at the
-- end of every INSERT ... SELECT, here while other orders wait for these books.

-- The procedure that is replaced added the texts of its orders, unless it is older than they are.
UPDATE order_texts_mark
SET order_id = (SELECT COALESCE(MAX(order_id), 0) FROM orders)
WHERE complete
  AND EXISTS (SELECT 1
              FROM information_schema.ROUTINES
              WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_NAME = 'place_order' AND ROUTINE_DEFINITION LIKE '%add_order_text(%');

DELIMITER $$

-- Of before.
DROP PROCEDURE IF EXISTS place_order_once $$

DROP PROCEDURE IF EXISTS place_order $$

CREATE PROCEDURE place_order(
    IN p_subject VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_user_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_idempotency_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_fingerprint CHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_tax_rate DECIMAL(6, 4),
    IN p_order LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_known INT,
    IN p_correlation_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_subtotal DECIMAL(10, 2) DEFAULT JSON_EXTRACT(p_order, '$.subtotal');
    DECLARE v_discount_total DECIMAL(10, 2) DEFAULT JSON_EXTRACT(p_order, '$.discountTotal');
    DECLARE v_tax_total DECIMAL(10, 2) DEFAULT JSON_EXTRACT(p_order, '$.taxTotal');
    DECLARE v_total_amount DECIMAL(10, 2) DEFAULT JSON_EXTRACT(p_order, '$.totalAmount');
    -- JSON's null becomes the word. No code is that word: codes are in upper case.
    DECLARE v_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci
        DEFAULT NULLIF(NULLIF(JSON_UNQUOTE(JSON_EXTRACT(p_order, '$.promoCode')), 'null'), '');
    -- NULL if there is no address.
    DECLARE v_recipient LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci
        DEFAULT JSON_UNQUOTE(JSON_EXTRACT(p_order, '$.deliveryAddress.name'));
    DECLARE v_attempt INT DEFAULT 0;

    IF COALESCE(p_subject, '') = '' THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The order has no customer';
    END IF;

    -- Left when an attempt has come to an answer.
    attempts: LOOP
        BEGIN
            DECLARE v_order_date TIMESTAMP DEFAULT CURRENT_TIMESTAMP;
            DECLARE v_line, v_sold_out INT DEFAULT 0;
            DECLARE v_sum_of_lines, v_sum_of_discounts DECIMAL(14, 2) DEFAULT 0;
            DECLARE v_order_id, v_book_id, v_quantity, v_stock INT;
            DECLARE v_unit_price, v_discount, v_line_total DECIMAL(10, 2);
            DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT 'placed';
            DECLARE v_item, v_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

            DECLARE EXIT HANDLER FOR 1213
            BEGIN
                ROLLBACK;
                IF v_attempt >= 5 THEN
                    RESIGNAL;
                END IF;
            END;
            DECLARE EXIT HANDLER FOR SQLEXCEPTION
            BEGIN
                ROLLBACK;
                RESIGNAL;
            END;

            SET v_attempt = v_attempt + 1;
            SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
            START TRANSACTION;

            -- Before books are locked: a customer's first order adds rows.
            IF NOT COALESCE(p_known, 0) THEN
                IF EXISTS (SELECT 1 FROM orders WHERE owner = CONCAT('email:', p_user_email)) THEN
                    CALL claim_orders(p_subject, p_user_email);
                END IF;
                CALL add_order_text('email', p_user_email);
            END IF;
            IF v_recipient IS NOT NULL THEN
                CALL add_order_text('name', LEFT(v_recipient, 100));
            END IF;

            -- Orders with a limited code wait for each other here, before they lock books.
            IF v_code IS NOT NULL THEN
                BEGIN
                    DECLARE v_limits INT;
                    SELECT COUNT(max_uses) + COUNT(max_uses_per_customer) INTO v_limits FROM promotions WHERE code = v_code;
                    IF v_limits > 0 THEN
                        SELECT COUNT(*) INTO v_limits FROM promotions WHERE code = v_code FOR UPDATE;
                    END IF;
                END;
            END IF;

            BEGIN
                -- The unique key, rather than a query before, tells that this customer used the idempotency key already: there is no order ID then.
                DECLARE EXIT HANDLER FOR 1062 BEGIN END;
                INSERT INTO orders (customer_subject, user_email, order_date, payment_status, total_amount, currency, subtotal,
                                    discount_total, tax_rate, tax_total, promo_code, delivery_address, idempotency_key,
                                    request_fingerprint)
                VALUES (p_subject, p_user_email, v_order_date, 'pending', v_total_amount,
                        JSON_UNQUOTE(JSON_EXTRACT(p_order, '$.currency')), v_subtotal, v_discount_total, p_tax_rate, v_tax_total,
                        v_code, IF(v_recipient IS NULL, NULL, JSON_EXTRACT(p_order, '$.deliveryAddress')),
                        NULLIF(p_idempotency_key, ''), p_fingerprint);
                SET v_order_id = LAST_INSERT_ID();
            END;

            IF v_order_id IS NULL THEN
                ROLLBACK;
                BEGIN
                    DECLARE v_looks INT DEFAULT 0;
                    DECLARE CONTINUE HANDLER FOR NOT FOUND BEGIN END;

                    SET v_outcome = NULL;
                    -- InnoDB refuses the key of an order that is just being committed a moment before a new query sees that order.
                    WHILE v_outcome IS NULL AND v_looks < 100 DO
                        IF v_looks > 0 THEN
                            DO SLEEP(0.01);
                        END IF;
                        SELECT IF(o.request_fingerprint = p_fingerprint, 'replayed', 'key_reused'),
                               IF(o.request_fingerprint = p_fingerprint, JSON_SET(d.document, '$.status', 'pending'), NULL)
                        INTO v_outcome, v_document
                        FROM orders AS o
                             JOIN order_documents AS d ON d.order_id = o.order_id
                        WHERE o.owner IN (CONCAT('sub:', p_subject), CONCAT('email:', p_user_email))
                          AND o.idempotency_key = p_idempotency_key
                        ORDER BY o.customer_subject IS NULL
                        LIMIT 1;
                        SET v_looks = v_looks + 1;
                    END WHILE;
                END;
                IF v_outcome IS NULL THEN
                    SIGNAL SQLSTATE '40001' SET MESSAGE_TEXT = 'The order of this key came and went: try again';
                END IF;
            ELSE
                SET v_item = JSON_EXTRACT(p_order, '$.items[0]');
                WHILE v_item IS NOT NULL DO
                    SET v_book_id = JSON_EXTRACT(v_item, '$.bookId'),
                        v_quantity = JSON_EXTRACT(v_item, '$.quantity'),
                        v_unit_price = JSON_EXTRACT(v_item, '$.unitPrice');

                    UPDATE books FORCE INDEX (PRIMARY)
                    SET stock_quantity = LAST_INSERT_ID(stock_quantity - v_quantity), version = version + 1
                    WHERE book_id = v_book_id AND deleted_at IS NULL AND price = v_unit_price AND stock_quantity >= v_quantity;

                    IF ROW_COUNT() = 1 THEN
                        SET v_stock = LAST_INSERT_ID(),
                            v_discount = JSON_EXTRACT(v_item, '$.discount'),
                            v_line_total = JSON_EXTRACT(v_item, '$.lineTotal');

                        -- MariaDB's JSON_UNQUOTE loses characters beyond U+FFFF; MySQL has JSON_VALUE since 8.0.21 only.
                        INSERT INTO order_items (order_id, book_id, quantity, title, unit_price, discount, line_total)
                        VALUES (v_order_id, v_book_id, v_quantity,
                                /*M! JSON_VALUE(v_item, '$.title') */ /*!80000 JSON_UNQUOTE(JSON_EXTRACT(v_item, '$.title')) */,
                                v_unit_price, v_discount, v_line_total);

                        INSERT INTO stock_movements (book_id, type, stock_change, stock_after, order_id, actor)
                        VALUES (v_book_id, 'sold', -v_quantity, v_stock, v_order_id, p_actor);

                        SET v_sum_of_lines = v_sum_of_lines + v_line_total,
                            v_sum_of_discounts = v_sum_of_discounts + v_discount;
                        IF v_stock = 0 THEN
                            SET v_sold_out = v_sold_out + 1;
                        END IF;
                    ELSE
                        BEGIN
                            DECLARE v_price DECIMAL(10, 2);
                            DECLARE v_title VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
                            DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_title = NULL;

                            SELECT title, price, stock_quantity
                            INTO v_title, v_price, v_stock
                            FROM books
                            WHERE book_id = v_book_id AND deleted_at IS NULL
                            FOR UPDATE;

                            IF v_title IS NULL THEN
                                SET v_document = CONCAT_WS(', ', IF(v_outcome = 'unknown_book', v_document, NULL), v_book_id),
                                    v_outcome = 'unknown_book';
                            ELSEIF v_stock < v_quantity THEN
                                IF v_outcome <> 'unknown_book' THEN
                                    SET v_document = CONCAT_WS(', ', v_document, CONCAT('{"bookId": ', v_book_id,
                                                                                        ', "title": ', JSON_QUOTE(v_title),
                                                                                        ', "requested": ', v_quantity,
                                                                                        ', "available": ', v_stock, '}')),
                                        v_outcome = 'out_of_stock';
                                END IF;
                            ELSEIF v_price <> v_unit_price THEN
                                IF v_outcome = 'placed' THEN
                                    SET v_outcome = 'price_changed';
                                END IF;
                            ELSEIF v_price = v_unit_price AND v_stock >= v_quantity THEN
                                -- The reason went away before the lock: the same line again.
                                SET v_line = v_line - 1;
                            ELSE
                                SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'A line has no quantity or price';
                            END IF;
                        END;
                    END IF;
                    SET v_line = v_line + 1,
                        v_item = JSON_EXTRACT(p_order, CONCAT('$.items[', v_line, ']'));
                END WHILE;

                IF v_code IS NOT NULL AND v_outcome = 'placed' THEN
                    IF EXISTS (SELECT 1
                               FROM promotions AS p
                               WHERE p.code = v_code
                                 AND (p.max_uses IS NOT NULL
                                      AND p.max_uses <= (SELECT SUM(u.uses) FROM promotion_uses AS u WHERE u.promo_code = v_code)
                                      OR p.max_uses_per_customer IS NOT NULL
                                      AND p.max_uses_per_customer <= (SELECT c.uses
                                                                      FROM promotion_customers AS c
                                                                      WHERE c.owner = CONCAT('sub:', p_subject)
                                                                        AND c.promo_code = v_code))) THEN
                        SET v_outcome = 'promo_used_up';
                    END IF;
                END IF;

                IF v_outcome <> 'placed' THEN
                    ROLLBACK;
                    SET v_document = CONCAT('[', v_document, ']');
                ELSE
                    -- The rest is in constraints: order_items_line_adds_up, orders_total_adds_up.
                    IF v_line = 0
                        OR NOT COALESCE(v_subtotal = v_sum_of_lines + v_sum_of_discounts AND v_discount_total = v_sum_of_discounts
                                        AND v_total_amount = v_sum_of_lines + v_tax_total, FALSE) THEN
                        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The amounts of the order do not add up';
                    END IF;

                    INSERT INTO payments (order_id, payment_amount, payment_status)
                    VALUES (v_order_id, v_total_amount, 'pending');

                    INSERT INTO order_history (order_id, event, actor)
                    VALUES (v_order_id, 'placed', p_actor);
                    INSERT INTO figures_pending (order_history_id) VALUES (LAST_INSERT_ID());

                    SET v_document = CONCAT('{"orderId": ', v_order_id,
                                            ', "status": "pending", "userEmail": ', JSON_QUOTE(p_user_email),
                                            ', "orderDate": "',
                                            DATE_FORMAT(TIMESTAMPADD(SECOND, UNIX_TIMESTAMP(v_order_date), '1970-01-01 00:00:00'),
                                                        '%Y-%m-%dT%H:%i:%sZ'),
                                            '", ', SUBSTRING(p_order, 2));

                    INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, correlation_id, created_at,
                                             next_attempt_at)
                    VALUES (CONCAT('order-', v_order_id, '-placed'), 'order_placed', p_user_email, CONCAT(UUID(), '@books.com'),
                            v_document, NULLIF(LEFT(p_correlation_id, 64), ''), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3));

                    -- What other orders may wait for comes last.
                    IF v_sold_out > 0 THEN
                        UPDATE book_totals SET books_out_of_stock = books_out_of_stock + v_sold_out;
                    END IF;
                    IF v_code IS NOT NULL THEN
                        CALL use_promotion(v_code, CONCAT('sub:', p_subject), v_order_id, 1);
                    END IF;
                    COMMIT;
                END IF;
            END IF;

            SELECT v_outcome AS outcome, v_document AS document;
            LEAVE attempts;
        END;
    END LOOP;
END $$

DELIMITER ;

-- Orders of before, and those that a procedure of before, which did not add texts, may have placed until now.
CALL add_order_texts();
