-- Every promotion as the JSON document that administrators see. Times are UTC; uses are its orders that are not cancelled (+ 0: MariaDB quotes
-- the number of a subquery). The index is forced because most orders have no code: the statistics take NULL for a code that all have.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW promotion_documents AS
SELECT p.code,
       p.valid_from,
       p.version,
       JSON_OBJECT('code', p.code,
                   'percentOff', p.percent_off,
                   'validFrom', DATE_FORMAT(TIMESTAMPADD(SECOND, UNIX_TIMESTAMP(p.valid_from), '1970-01-01 00:00:00'),
                                            '%Y-%m-%dT%H:%i:%sZ'),
                   'validUntil', DATE_FORMAT(TIMESTAMPADD(SECOND, UNIX_TIMESTAMP(p.valid_until), '1970-01-01 00:00:00'),
                                             '%Y-%m-%dT%H:%i:%sZ'),
                   'maxUses', p.max_uses,
                   'maxUsesPerCustomer', p.max_uses_per_customer,
                   'uses', (SELECT COUNT(*)
                            FROM orders AS o FORCE INDEX (orders_by_promotion)
                            WHERE o.promo_code = p.code AND o.payment_status <> 'cancelled') + 0,
                   'version', p.version) AS document
FROM promotions p;
