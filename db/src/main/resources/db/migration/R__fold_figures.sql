-- Adds pending events to the figures of their days, p_batch of them at most, in one transaction: each event is added once, whenever it
-- comes. One caller at a time; the others leave it to that one, and an event that is being written waits for the next call.
-- Answers one row with the column folded: how many this call added.
--
-- The events are chosen once, into figures_folding: under READ COMMITTED each statement would see those committed just before it.
DELIMITER $$

DROP PROCEDURE IF EXISTS fold_figures $$

CREATE PROCEDURE fold_figures(IN p_batch INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_lock, v_folded INT DEFAULT 0;
    DECLARE the_lock CURSOR FOR
        SELECT fold_id FROM figures_fold FOR UPDATE SKIP LOCKED;

    DECLARE CONTINUE HANDLER FOR NOT FOUND BEGIN END;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;
    OPEN the_lock;
    FETCH the_lock INTO v_lock;
    CLOSE the_lock;
    IF v_lock > 0 THEN
        INSERT INTO figures_folding
        SELECT order_history_id FROM figures_pending ORDER BY order_history_id LIMIT p_batch FOR UPDATE SKIP LOCKED;
        SET v_folded = ROW_COUNT();
    END IF;
    IF v_folded > 0 THEN
        INSERT INTO day_figures (day, orders_placed, orders_completed, orders_cancelled, revenue, discount)
        SELECT e.day, SUM(e.placed), SUM(e.completed), SUM(e.cancelled), SUM(e.revenue), SUM(e.discount)
        FROM figures_folding AS f
             JOIN figure_events AS e ON e.order_history_id = f.order_history_id
        GROUP BY e.day
        ON DUPLICATE KEY UPDATE
            orders_placed = orders_placed + VALUES(orders_placed),
            orders_completed = orders_completed + VALUES(orders_completed),
            orders_cancelled = orders_cancelled + VALUES(orders_cancelled),
            revenue = day_figures.revenue + VALUES(revenue),
            discount = day_figures.discount + VALUES(discount);

        INSERT INTO order_totals (currency, orders_placed, orders_completed, orders_cancelled, orders_returned, revenue)
        SELECT e.currency, SUM(e.placed), SUM(e.completed), SUM(e.cancelled), SUM(e.returned), SUM(e.revenue)
        FROM figures_folding AS f
             JOIN figure_events AS e ON e.order_history_id = f.order_history_id
        GROUP BY e.currency
        ON DUPLICATE KEY UPDATE
            orders_placed = orders_placed + VALUES(orders_placed),
            orders_completed = orders_completed + VALUES(orders_completed),
            orders_cancelled = orders_cancelled + VALUES(orders_cancelled),
            orders_returned = orders_returned + VALUES(orders_returned),
            revenue = order_totals.revenue + VALUES(revenue);

        INSERT INTO day_sales (day, book_id, title, copies, revenue)
        SELECT e.day, i.book_id, MAX(COALESCE(i.title, '')), SUM(i.quantity), COALESCE(SUM(i.line_total), 0)
        FROM figures_folding AS f
             JOIN figure_events AS e ON e.order_history_id = f.order_history_id
             JOIN order_items AS i ON i.order_id = e.order_id
        WHERE e.completed
        GROUP BY e.day, i.book_id
        ON DUPLICATE KEY UPDATE
            title = GREATEST(day_sales.title, VALUES(title)),
            copies = copies + VALUES(copies),
            revenue = day_sales.revenue + VALUES(revenue);

        DELETE p
        FROM figures_pending AS p
             JOIN figures_folding AS f ON f.order_history_id = p.order_history_id;
        DELETE FROM figures_folding;
    END IF;
    COMMIT;

    SELECT v_folded AS folded;
END $$

DELIMITER ;
