-- Every promotion as the JSON document that administrators see. Times are UTC; uses are its orders that are not cancelled (+ 0: MariaDB quotes
-- the number of a subquery).
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
                   'uses', (SELECT CAST(COALESCE(SUM(u.uses), 0) AS SIGNED)
                            FROM promotion_uses AS u
                            WHERE u.promo_code = p.code) + 0,
                   'version', p.version) AS document
FROM promotions p;
