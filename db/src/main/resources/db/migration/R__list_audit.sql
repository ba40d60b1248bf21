-- A page of the audit, newest first: one row with `document` per event; or, if p_limit is 0, one row with their `total`.
-- p_kind '' means any; p_day is a day (UTC) such as 2026-11-22, '' for any. It locks and changes nothing.
DELIMITER $$

DROP PROCEDURE IF EXISTS list_audit $$

CREATE PROCEDURE list_audit(
    IN p_kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_day VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_limit INT,
    IN p_offset INT)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    -- The instants of the day, in the time zone of the session, which is how TIMESTAMP columns are compared. After 2038-01-17 there are none.
    DECLARE v_day DATE DEFAULT GREATEST('1970-01-02', LEAST('2038-01-17', NULLIF(p_day, '')));
    DECLARE v_from DATETIME DEFAULT FROM_UNIXTIME(TIMESTAMPDIFF(SECOND, '1970-01-01', COALESCE(v_day, '1970-01-02')));
    DECLARE v_until DATETIME DEFAULT FROM_UNIXTIME(TIMESTAMPDIFF(SECOND, '1970-01-01', COALESCE(v_day, '2038-01-17') + INTERVAL 1 DAY));

    IF p_limit = 0 THEN
        SELECT COUNT(*) AS total
        FROM audit_events
        WHERE (p_kind = '' OR kind = p_kind) AND occurred_at >= v_from AND occurred_at < v_until;
    ELSE
        SELECT document
        FROM audit_documents
        WHERE (p_kind = '' OR kind = p_kind) AND occurred_at >= v_from AND occurred_at < v_until
        ORDER BY audit_id DESC
        LIMIT p_limit OFFSET p_offset;
    END IF;
END $$

DELIMITER ;
