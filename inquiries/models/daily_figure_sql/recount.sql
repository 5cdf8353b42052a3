INSERT INTO inquiries_dailyfigure (day, measure, key, number, is_erased)
SELECT day, measure, key, count(*), false FROM counted GROUP BY day, measure, key
ORDER BY day  -- stores a period's rows close together
