-- A page of the audit, newest first: one row per event with its `document`, and `place`, from which the next page goes on; and one row more
-- if there is a next page. With p_limit 0 one row instead: `total` of the events, 1,000 at most, and `more` 1 if there are more.
-- p_kind '' means any; p_day is a day (UTC) such as 2026-11-22, '' for any; p_place is the number of the last event of the page before, 0
-- for none. It locks and changes nothing.
DELIMITER $$

DROP PROCEDURE IF EXISTS list_audit $$

CREATE PROCEDURE list_audit(
    IN p_kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_day VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_place BIGINT,
    IN p_limit INT,
    IN p_offset INT)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    -- The instants of the day, in the time zone of the session, which is how TIMESTAMP columns are compared. After 2038-01-17 there are none.
    DECLARE v_day DATE DEFAULT GREATEST('1970-01-02', LEAST('2038-01-17', NULLIF(p_day, '')));
    DECLARE v_from DATETIME DEFAULT FROM_UNIXTIME(TIMESTAMPDIFF(SECOND, '1970-01-01', COALESCE(v_day, '1970-01-02')));
    DECLARE v_until DATETIME DEFAULT FROM_UNIXTIME(TIMESTAMPDIFF(SECOND, '1970-01-01', COALESCE(v_day, '2038-01-17') + INTERVAL 1 DAY));
    DECLARE v_before BIGINT DEFAULT IF(p_place = 0, 9223372036854775807, p_place);
    DECLARE v_rows INT DEFAULT p_limit + 1;

    IF p_limit = 0 THEN
        SELECT LEAST(COUNT(*), 1000) AS total, COUNT(*) > 1000 AS more
        FROM (SELECT 1 AS one
              FROM audit_events
              WHERE (p_kind = '' OR kind = p_kind) AND occurred_at >= v_from AND occurred_at < v_until
              LIMIT 1001) AS found;
    ELSE
        SELECT document, CONCAT('[', audit_id, ']') AS place
        FROM audit_documents
        WHERE (p_kind = '' OR kind = p_kind) AND occurred_at >= v_from AND occurred_at < v_until AND audit_id < v_before
        ORDER BY audit_id DESC
        LIMIT v_rows OFFSET p_offset;
    END IF;
END $$

DELIMITER ;
