-- A page of the outbox, newest first: one row per email with its `document`, and `place`, from which the next page goes on; and one row
-- more if there is a next page. With p_limit 0 one row instead: `total` of the emails, 1,000 at most, and `more` 1 if there are more.
-- p_status '' means any; p_place is the number of the last email of the page before, 0 for none. It locks and changes nothing.
DELIMITER $$

DROP PROCEDURE IF EXISTS list_mails $$

CREATE PROCEDURE list_mails(
    IN p_status VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_place BIGINT,
    IN p_limit INT,
    IN p_offset INT)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_before BIGINT DEFAULT IF(p_place = 0, 9223372036854775807, p_place);
    DECLARE v_rows INT DEFAULT p_limit + 1;

    IF p_limit = 0 AND p_status = '' THEN
        SELECT LEAST(COUNT(*), 1000) AS total, COUNT(*) > 1000 AS more
        FROM (SELECT 1 AS one FROM mail_outbox LIMIT 1001) AS found;
    ELSEIF p_limit = 0 THEN
        SELECT LEAST(COUNT(*), 1000) AS total, COUNT(*) > 1000 AS more
        FROM (SELECT 1 AS one FROM mail_outbox WHERE status = p_status LIMIT 1001) AS found;
    ELSEIF p_status = '' THEN
        SELECT document, CONCAT('[', mail_id, ']') AS place
        FROM mail_documents
        WHERE mail_id < v_before
        ORDER BY mail_id DESC
        LIMIT v_rows OFFSET p_offset;
    ELSE
        SELECT document, CONCAT('[', mail_id, ']') AS place
        FROM mail_documents
        WHERE status = p_status AND mail_id < v_before
        ORDER BY mail_id DESC
        LIMIT v_rows OFFSET p_offset;
    END IF;
END $$

DELIMITER ;
