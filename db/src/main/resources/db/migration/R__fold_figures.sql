-- Adds pending events to the figures of their days, p_batch of them at most, in one transaction: each event is added once, whenever it
-- comes. One caller at a time; the others leave it to that one, and an event that is being written waits for the next call.
-- Answers one row with the column folded: how many this call added.
DELIMITER $$

DROP PROCEDURE IF EXISTS fold_figures $$

CREATE PROCEDURE fold_figures(IN p_batch INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_id, v_placed, v_completed, v_cancelled, v_returned INT;
    DECLARE v_day DATE;
    DECLARE v_currency CHAR(3) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_revenue, v_discount DECIMAL(20, 2);
    DECLARE v_folded INT DEFAULT 0;
    DECLARE v_no_more BOOLEAN DEFAULT FALSE;
    DECLARE the_lock CURSOR FOR
        SELECT fold_id FROM figures_fold FOR UPDATE SKIP LOCKED;
    DECLARE pending CURSOR FOR
        SELECT order_history_id FROM figures_pending ORDER BY order_history_id LIMIT p_batch FOR UPDATE SKIP LOCKED;

    DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_no_more = TRUE;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;
    OPEN the_lock;
    FETCH the_lock INTO v_id;
    CLOSE the_lock;
    IF NOT v_no_more THEN
        OPEN pending;
        each_event: LOOP
            FETCH pending INTO v_id;
            IF v_no_more THEN
                LEAVE each_event;
            END IF;
            -- Values, because MariaDB flushes its log to disk at the end of every INSERT ... SELECT.
            SET v_day = NULL;
            SELECT day, currency, placed, completed, cancelled, returned, revenue, discount
            INTO v_day, v_currency, v_placed, v_completed, v_cancelled, v_returned, v_revenue, v_discount
            FROM figure_events
            WHERE order_history_id = v_id;
            IF v_day IS NOT NULL THEN
                INSERT INTO day_figures
                VALUES (v_day, v_placed, v_completed, v_cancelled, v_revenue, v_discount)
                ON DUPLICATE KEY UPDATE
                    orders_placed = orders_placed + VALUES(orders_placed),
                    orders_completed = orders_completed + VALUES(orders_completed),
                    orders_cancelled = orders_cancelled + VALUES(orders_cancelled),
                    revenue = revenue + VALUES(revenue),
                    discount = discount + VALUES(discount);
                INSERT INTO order_totals (currency, orders_placed, orders_completed, orders_cancelled, orders_returned, revenue)
                VALUES (v_currency, v_placed, v_completed, v_cancelled, v_returned, v_revenue)
                ON DUPLICATE KEY UPDATE
                    orders_placed = orders_placed + VALUES(orders_placed),
                    orders_completed = orders_completed + VALUES(orders_completed),
                    orders_cancelled = orders_cancelled + VALUES(orders_cancelled),
                    orders_returned = orders_returned + VALUES(orders_returned),
                    revenue = revenue + VALUES(revenue);
                IF v_completed THEN
                    INSERT INTO day_sales
                    SELECT v_day, i.book_id, MAX(COALESCE(i.title, '')), SUM(i.quantity), COALESCE(SUM(i.line_total), 0)
                    FROM order_history AS h
                         JOIN order_items AS i ON i.order_id = h.order_id
                    WHERE h.order_history_id = v_id
                    GROUP BY i.book_id
                    ON DUPLICATE KEY UPDATE
                        title = GREATEST(day_sales.title, VALUES(title)),
                        copies = copies + VALUES(copies),
                        revenue = day_sales.revenue + VALUES(revenue);
                END IF;
            END IF;
            DELETE FROM figures_pending WHERE order_history_id = v_id;
            SET v_folded = v_folded + 1;
            SET v_no_more = FALSE;
        END LOOP;
        CLOSE pending;
    END IF;
    COMMIT;

    SELECT v_folded AS folded;
END $$

DELIMITER ;
