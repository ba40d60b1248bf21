-- Reports that a mail could not be sent. It is tried again p_first_delay_seconds later, then after twice as long, and so on, with
-- p_max_delay_seconds at most; after p_max_attempts attempts, or at once if p_permanent is 1, it is dead.
--
-- outcome
-- waiting  it will be tried again
-- dead     it will not, unless somebody puts it back
-- lost     the claim is not the one that holds the mail
DELIMITER $$

DROP PROCEDURE IF EXISTS mail_failed $$

CREATE PROCEDURE mail_failed(
    IN p_mail_id BIGINT,
    IN p_claim CHAR(36) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_error TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_permanent INT,
    IN p_max_attempts INT,
    IN p_first_delay_seconds INT,
    IN p_max_delay_seconds INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_attempts INT;
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT 'lost';

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    SELECT attempts INTO v_attempts
    FROM mail_outbox
    WHERE mail_id = p_mail_id AND claim = p_claim AND status = 'waiting'
    FOR UPDATE;

    IF v_attempts IS NOT NULL THEN
        SET v_outcome = IF(p_permanent = 1 OR v_attempts >= p_max_attempts, 'dead', 'waiting');
        UPDATE mail_outbox
        SET status = v_outcome,
            claim = NULL,
            last_error = LEFT(p_error, 500),
            -- 2 to the 20th is a week and a half of seconds: enough, and no overflow.
            next_attempt_at = TIMESTAMPADD(SECOND, LEAST(p_max_delay_seconds, p_first_delay_seconds * POW(2, LEAST(v_attempts - 1, 20))),
                                           UTC_TIMESTAMP(3))
        WHERE mail_id = p_mail_id;
    END IF;
    COMMIT;

    SELECT v_outcome AS outcome;
END $$

DELIMITER ;
