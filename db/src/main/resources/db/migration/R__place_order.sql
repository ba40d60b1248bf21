-- Places an order: one call, one transaction, one row as the answer.
--
-- p_order is the order as it was priced, its lines in ascending order of bookId, each book once:
--   {"currency","promoCode","taxRate","subtotal","discountTotal","taxTotal","totalAmount",
--    "items":[{"bookId","quantity","unitPrice","discount","lineTotal"}], "deliveryAddress"?: {..}}
-- where subtotal is the sum of unitPrice * quantity, discountTotal that of the lines' discounts,
-- lineTotal = unitPrice * quantity - discount, totalAmount = subtotal - discountTotal + taxTotal;
-- an order that does not add up is refused by SQLSTATE 45000. p_correlation_id names the request that asked for it, ''
-- if it has no name; the customer's mail carries it.
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
-- This is the hot path, and what costs most is the number of statements. Each of them finds its row by a unique key.
-- A cursor over JSON_TABLE makes two temporary tables, which takes as long as three or four such look-ups. Lines are inserted one by one because MariaDB flushes its log to disk at the end of every INSERT ... SELECT,
-- here while other orders wait for these books; and the document is put together from what is known here instead of being
-- read back from order_documents, which would take as long as half of the rest. The same document goes into the outbox.
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
    IN p_order LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_correlation_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULLIF(p_idempotency_key, '');
    DECLARE v_currency CHAR(3) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci
        DEFAULT JSON_UNQUOTE(JSON_EXTRACT(p_order, '$.currency'));
    -- JSON's null becomes the word. No code is that word: codes are in upper case.
    DECLARE v_promo_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        DEFAULT NULLIF(NULLIF(JSON_UNQUOTE(JSON_EXTRACT(p_order, '$.promoCode')), 'null'), '');
    DECLARE v_tax_rate DECIMAL(6, 4) DEFAULT JSON_EXTRACT(p_order, '$.taxRate');
    DECLARE v_subtotal DECIMAL(10, 2) DEFAULT JSON_EXTRACT(p_order, '$.subtotal');
    DECLARE v_discount_total DECIMAL(10, 2) DEFAULT JSON_EXTRACT(p_order, '$.discountTotal');
    DECLARE v_tax_total DECIMAL(10, 2) DEFAULT JSON_EXTRACT(p_order, '$.taxTotal');
    DECLARE v_total_amount DECIMAL(10, 2) DEFAULT JSON_EXTRACT(p_order, '$.totalAmount');
    DECLARE v_delivery_address LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci
        DEFAULT JSON_EXTRACT(p_order, '$.deliveryAddress');
    DECLARE v_number_of_lines INT DEFAULT COALESCE(JSON_LENGTH(p_order, '$.items'), 0);
    DECLARE v_attempt INT DEFAULT 0;
    DECLARE v_done BOOLEAN DEFAULT FALSE;

    IF COALESCE(p_subject, '') = '' THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The order has no customer';
    END IF;

    REPEAT
        BEGIN
            DECLARE v_order_date TIMESTAMP DEFAULT CURRENT_TIMESTAMP;
            DECLARE v_line, v_looks, v_sold_out INT DEFAULT 0;
            DECLARE v_sum_of_prices, v_sum_of_discounts, v_sum_of_lines DECIMAL(14, 2) DEFAULT 0;
            DECLARE v_key_used, v_price_changed BOOLEAN DEFAULT FALSE;
            -- Compared with columns of that collation, so that their indexes can be used.
            DECLARE v_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT v_promo_code;
            DECLARE v_order_id, v_unclaimed, v_known_text, v_max_uses, v_max_uses_per_customer, v_book_id, v_quantity, v_stock INT;
            DECLARE v_unit_price, v_discount, v_line_total, v_price DECIMAL(10, 2);
            DECLARE v_title VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
            DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
            DECLARE v_item, v_line_documents, v_unknown, v_short, v_document
                LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

            DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_title = NULL;
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

            SELECT MIN(order_id) INTO v_unclaimed FROM orders WHERE owner = CONCAT('email:', p_user_email);
            IF v_unclaimed IS NOT NULL THEN
                CALL claim_orders(p_subject, p_user_email);
            END IF;
            -- Before books are locked: a customer's first order adds rows.
            SELECT text_id INTO v_known_text FROM order_texts WHERE kind = 'email' AND text = p_user_email;
            IF v_known_text IS NULL THEN
                CALL add_order_text('email', p_user_email);
            END IF;
            IF v_delivery_address IS NOT NULL THEN
                CALL add_order_text('name', LEFT(JSON_UNQUOTE(JSON_EXTRACT(v_delivery_address, '$.name')), 100));
            END IF;

            -- Orders with a limited code wait for each other here, before they lock books; MAX, so that there is a row.
            IF v_code IS NOT NULL THEN
                SELECT MAX(max_uses), MAX(max_uses_per_customer)
                INTO v_max_uses, v_max_uses_per_customer
                FROM promotions
                WHERE code = v_code;
                IF v_max_uses IS NOT NULL OR v_max_uses_per_customer IS NOT NULL THEN
                    SELECT MAX(max_uses), MAX(max_uses_per_customer)
                    INTO v_max_uses, v_max_uses_per_customer
                    FROM promotions
                    WHERE code = v_code
                    FOR UPDATE;
                END IF;
            END IF;

            BEGIN
                -- The unique key, rather than a query before, tells that this customer used the idempotency key already.
                DECLARE EXIT HANDLER FOR 1062 SET v_key_used = TRUE;
                INSERT INTO orders (customer_subject, user_email, order_date, payment_status, total_amount, currency, subtotal,
                                    discount_total, tax_rate, tax_total, promo_code, delivery_address, idempotency_key,
                                    request_fingerprint)
                VALUES (p_subject, p_user_email, v_order_date, 'pending', v_total_amount, v_currency, v_subtotal,
                        v_discount_total, v_tax_rate, v_tax_total, v_promo_code, v_delivery_address, v_key, p_fingerprint);
                SET v_order_id = LAST_INSERT_ID();
            END;

            IF v_key_used THEN
                ROLLBACK;
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
                    WHERE o.owner IN (CONCAT('sub:', p_subject), CONCAT('email:', p_user_email)) AND o.idempotency_key = v_key
                    ORDER BY o.customer_subject IS NULL
                    LIMIT 1;
                    SET v_looks = v_looks + 1;
                END WHILE;
                IF v_outcome IS NULL THEN
                    SIGNAL SQLSTATE '40001' SET MESSAGE_TEXT = 'The order of this key came and went: try again';
                END IF;
            ELSE
                WHILE v_line < v_number_of_lines DO
                    SET v_item = JSON_EXTRACT(p_order, CONCAT('$.items[', v_line, ']')),
                        v_book_id = JSON_EXTRACT(v_item, '$.bookId'),
                        v_quantity = JSON_EXTRACT(v_item, '$.quantity'),
                        v_unit_price = JSON_EXTRACT(v_item, '$.unitPrice'),
                        v_line = v_line + 1;

                    -- v_title becomes NULL if there is none.
                    SELECT title, price, stock_quantity
                    INTO v_title, v_price, v_stock
                    FROM books
                    WHERE book_id = v_book_id AND deleted_at IS NULL
                    FOR UPDATE;

                    IF v_title IS NULL THEN
                        SET v_unknown = CONCAT_WS(', ', v_unknown, v_book_id);
                    ELSEIF v_stock < v_quantity THEN
                        SET v_short = CONCAT_WS(', ', v_short, CONCAT('{"bookId": ', v_book_id,
                                                                      ', "title": ', JSON_QUOTE(v_title),
                                                                      ', "requested": ', v_quantity,
                                                                      ', "available": ', v_stock, '}'));
                    ELSEIF v_price <> v_unit_price THEN
                        SET v_price_changed = TRUE;
                    ELSE
                        SET v_discount = JSON_EXTRACT(v_item, '$.discount'),
                            v_line_total = JSON_EXTRACT(v_item, '$.lineTotal');

                        INSERT INTO order_items (order_id, book_id, quantity, title, unit_price, discount, line_total)
                        VALUES (v_order_id, v_book_id, v_quantity, v_title, v_unit_price, v_discount, v_line_total);

                        UPDATE books
                        SET stock_quantity = stock_quantity - v_quantity, version = version + 1
                        WHERE book_id = v_book_id;

                        INSERT INTO stock_movements (book_id, type, stock_change, stock_after, order_id, actor)
                        VALUES (v_book_id, 'sold', -v_quantity, v_stock - v_quantity, v_order_id, p_actor);

                        SET v_sold_out = v_sold_out + (v_stock = v_quantity),
                            v_sum_of_prices = v_sum_of_prices + v_unit_price * v_quantity,
                            v_sum_of_discounts = v_sum_of_discounts + v_discount,
                            v_sum_of_lines = v_sum_of_lines + v_line_total,
                            v_line_documents = CONCAT_WS(', ', v_line_documents, CONCAT('{"bookId": ', v_book_id,
                                                                                        ', "title": ', JSON_QUOTE(v_title),
                                                                                        ', "quantity": ', v_quantity,
                                                                                        ', "unitPrice": ', v_unit_price,
                                                                                        ', "discount": ', v_discount,
                                                                                        ', "lineTotal": ', v_line_total, '}'));
                    END IF;
                END WHILE;

                IF v_unknown IS NOT NULL THEN
                    SET v_outcome = 'unknown_book', v_document = CONCAT('[', v_unknown, ']');
                ELSEIF v_short IS NOT NULL THEN
                    SET v_outcome = 'out_of_stock', v_document = CONCAT('[', v_short, ']');
                ELSEIF v_price_changed THEN
                    SET v_outcome = 'price_changed';
                ELSEIF v_max_uses IS NOT NULL OR v_max_uses_per_customer IS NOT NULL THEN
                    IF (SELECT SUM(uses) FROM promotion_uses WHERE promo_code = v_code) >= v_max_uses
                        OR (SELECT uses FROM promotion_customers WHERE owner = CONCAT('sub:', p_subject) AND promo_code = v_code)
                           >= v_max_uses_per_customer THEN
                        SET v_outcome = 'promo_used_up';
                    END IF;
                END IF;

                IF v_outcome IS NOT NULL THEN
                    ROLLBACK;
                ELSE
                    IF v_line_documents IS NULL
                        OR NOT COALESCE(v_subtotal = v_sum_of_prices AND v_discount_total = v_sum_of_discounts
                                        AND v_sum_of_lines = v_subtotal - v_discount_total
                                        AND v_total_amount = v_sum_of_lines + v_tax_total, FALSE) THEN
                        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The amounts of the order do not add up';
                    END IF;

                    INSERT INTO payments (order_id, payment_amount, payment_status)
                    VALUES (v_order_id, v_total_amount, 'pending');

                    INSERT INTO order_history (order_id, event, actor)
                    VALUES (v_order_id, 'placed', p_actor);
                    INSERT INTO figures_pending (order_history_id) VALUES (LAST_INSERT_ID());

                    SET v_outcome = 'placed',
                        v_document = CONCAT('{"orderId": ', v_order_id,
                                            ', "status": "pending"',
                                            ', "userEmail": ', JSON_QUOTE(p_user_email),
                                            ', "orderDate": "',
                                            DATE_FORMAT(TIMESTAMPADD(SECOND, UNIX_TIMESTAMP(v_order_date), '1970-01-01 00:00:00'),
                                                        '%Y-%m-%dT%H:%i:%sZ'),
                                            '", "currency": ', JSON_QUOTE(v_currency),
                                            ', "items": [', v_line_documents,
                                            '], "subtotal": ', v_subtotal,
                                            ', "discountTotal": ', v_discount_total,
                                            ', "taxTotal": ', v_tax_total,
                                            ', "totalAmount": ', v_total_amount,
                                            ', "promoCode": ', COALESCE(JSON_QUOTE(v_promo_code), 'null'),
                                            ', "deliveryAddress": ', COALESCE(v_delivery_address, 'null'), '}');

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
            SET v_done = TRUE;
        END;
    UNTIL v_done END REPEAT;
END $$

DELIMITER ;

-- Orders of before, and those that the procedure of before may have placed until now.
CALL add_order_texts();
