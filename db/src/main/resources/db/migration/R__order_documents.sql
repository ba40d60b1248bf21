-- Every order as the JSON document that the order service answers with.
--
-- orderDate is taken from the stored instant, not from the session's time zone: it is UTC for
-- every caller. The lines come in the order of their books because the forced index has them so
-- (MySQL knows no ORDER BY inside JSON_ARRAYAGG). JSON_EXTRACT around lines and address tells MariaDB,
-- whose JSON is text, that they are documents and not strings to be quoted.
-- Lines sold before unit prices were recorded show null for what is unknown.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW order_documents AS
SELECT o.order_id,
       o.owner,
       o.user_email,
       o.payment_status AS status,
       JSON_OBJECT('orderId', o.order_id,
                   'status', o.payment_status,
                   'userEmail', o.user_email,
                   'orderDate', DATE_FORMAT(TIMESTAMPADD(SECOND, UNIX_TIMESTAMP(o.order_date), '1970-01-01 00:00:00'),
                                            '%Y-%m-%dT%H:%i:%sZ'),
                   'currency', o.currency,
                   'items', JSON_EXTRACT(COALESCE((SELECT JSON_ARRAYAGG(JSON_OBJECT('bookId', i.book_id,
                                                                                     'title', i.title,
                                                                                     'quantity', i.quantity,
                                                                                     'unitPrice', i.unit_price,
                                                                                     'discount', i.discount,
                                                                                     'lineTotal', i.line_total))
                                                   FROM order_items i FORCE INDEX (order_items_by_order)
                                                   WHERE i.order_id = o.order_id), JSON_ARRAY()), '$'),
                   'subtotal', COALESCE(o.subtotal, o.total_amount),
                   'discountTotal', o.discount_total,
                   'taxTotal', o.tax_total,
                   'totalAmount', o.total_amount,
                   'promoCode', o.promo_code,
                   'deliveryAddress', JSON_EXTRACT(o.delivery_address, '$')) AS document
FROM orders o;
