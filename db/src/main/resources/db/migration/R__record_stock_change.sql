-- Records in the audit what staff changed in the stock of a book: part of the caller's transaction. Answers nothing.
DELIMITER $$

DROP PROCEDURE IF EXISTS record_stock_change $$

CREATE PROCEDURE record_stock_change(IN p_movement_id BIGINT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    INSERT INTO audit_events (kind, subject, actor, details)
    SELECT 'stock_changed', m.book_id, m.actor,
           JSON_OBJECT('title', b.title, 'type', m.type, 'change', m.stock_change, 'stockAfter', m.stock_after, 'reason', m.reason)
    FROM stock_movements AS m
         JOIN books AS b ON b.book_id = m.book_id
    WHERE m.movement_id = p_movement_id;
END $$

DELIMITER ;
