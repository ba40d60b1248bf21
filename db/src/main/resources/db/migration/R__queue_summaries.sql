-- Queues the summaries that are due: of every day up to p_through that has none, going back 7 days at most and never
-- before the first summary that was queued here: one that somebody asked for has a correlation id. The very first time that is p_through alone.
--
-- Any number of nodes may call it at any time: the unique key decides who queues a day, and the others pass on. Those who insert the same
-- day at the same moment wait for each other's index entries, and the database may end one of them as a deadlock: it looks again.
-- Answers one row with the column queued: how many this call queued.
DELIMITER $$

DROP PROCEDURE IF EXISTS queue_summaries $$

CREATE PROCEDURE queue_summaries(IN p_through DATE, IN p_low_stock INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    -- Not MIN(summary_date), which would read all emails.
    DECLARE v_first DATE DEFAULT (SELECT summary_date
                                  FROM mail_outbox FORCE INDEX (mail_outbox_one_summary_per_day)
                                  WHERE summary_date IS NOT NULL AND correlation_id IS NULL
                                  ORDER BY summary_date
                                  LIMIT 1);
    DECLARE v_day DATE;
    DECLARE v_queued INT DEFAULT 0;
    DECLARE v_look_again BOOLEAN;
    DECLARE v_summary LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

    SET v_day = IF(v_first IS NULL, p_through, GREATEST(v_first, p_through - INTERVAL 6 DAY));
    WHILE v_day <= p_through DO
        SET v_look_again = FALSE;
        IF NOT EXISTS (SELECT 1 FROM mail_outbox WHERE summary_date = v_day) THEN
            CALL day_summary(v_day, p_low_stock, v_summary);
            BEGIN
                DECLARE EXIT HANDLER FOR 1062 BEGIN END;
                DECLARE EXIT HANDLER FOR 1213 SET v_look_again = TRUE;
                INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, created_at, next_attempt_at,
                                         summary_date)
                VALUES (CONCAT('summary-', DATE_FORMAT(v_day, '%Y-%m-%d')), 'summary', '', CONCAT(UUID(), '@books.com'),
                        v_summary, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), v_day);
                SET v_queued = v_queued + 1;
            END;
        END IF;
        IF NOT v_look_again THEN
            SET v_day = v_day + INTERVAL 1 DAY;
        END IF;
    END WHILE;

    SELECT v_queued AS queued;
END $$

DELIMITER ;
