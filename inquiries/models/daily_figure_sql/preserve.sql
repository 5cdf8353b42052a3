-- Moves the counts of inquiries that are about to be erased from the live rows to the erased rows.
, going AS (
    SELECT day, measure, key, count(*) AS number FROM counted GROUP BY day, measure, key
), taken AS (
    UPDATE inquiries_dailyfigure figure SET number = greatest(figure.number - going.number, 0) FROM going
    WHERE (figure.day, figure.measure, figure.key) = (going.day, going.measure, going.key) AND NOT is_erased
)
INSERT INTO inquiries_dailyfigure AS figure (day, measure, key, number, is_erased)
SELECT day, measure, key, number, true FROM going
ON CONFLICT (day, measure, key, is_erased) DO UPDATE SET number = figure.number + excluded.number
