DELETE FROM inquiries_weeklyfigure WHERE monday >= %(monday)s;
INSERT INTO inquiries_weeklyfigure (monday, measure, key, number)
SELECT date_trunc('week', day)::date AS monday, measure, key, sum(number) FROM inquiries_dailyfigure
WHERE day >= %(monday)s GROUP BY 1, 2, 3 ORDER BY 1
