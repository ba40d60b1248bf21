-- Up to which order order_texts is complete (add_order_texts), so that a new version of place_order need not read all orders again. One row.
--
-- complete  whether add_order_texts came to its end since place_order adds texts itself: then all orders have theirs
CREATE TABLE order_texts_mark (
    mark_id  INT     NOT NULL,
    order_id INT     NOT NULL,
    complete BOOLEAN NOT NULL,
    PRIMARY KEY (mark_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- If the installed procedure adds texts, add_order_texts ran after it.
INSERT INTO order_texts_mark (mark_id, order_id, complete)
SELECT 1, 0, COUNT(*) > 0
FROM information_schema.ROUTINES
WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_NAME = 'place_order' AND ROUTINE_DEFINITION LIKE '%add_order_text(%';
