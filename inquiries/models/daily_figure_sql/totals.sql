SELECT measure, key, sum(number) FROM (
    SELECT measure, key, number FROM inquiries_weeklyfigure
        WHERE monday BETWEEN %(monday)s AND %(last_monday)s
    UNION ALL SELECT measure, key, number FROM inquiries_dailyfigure
        WHERE measure = ANY(%(measures)s) AND day BETWEEN %(first)s AND least(%(monday)s - 1, %(last)s)
    UNION ALL SELECT measure, key, number FROM inquiries_dailyfigure
        WHERE measure = ANY(%(measures)s)
            AND day BETWEEN greatest(%(monday)s, %(last_monday)s + 7) AND %(last)s
) AS found GROUP BY measure, key
