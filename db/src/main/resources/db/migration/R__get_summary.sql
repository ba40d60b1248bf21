-- The figures of one day, as day_summary describes them, in one row with the column document.
DELIMITER $$

DROP PROCEDURE IF EXISTS get_summary $$

CREATE PROCEDURE get_summary(IN p_date DATE, IN p_low_stock INT)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    CALL day_summary(p_date, p_low_stock, v_document);
    SELECT v_document AS document;
END $$

DELIMITER ;
