-- Collects the facts of each inquiry, then a row for each measure it counts in; recount.sql or preserve.sql
-- follows. daily_figure.py fills in {{condition}}. Minutes are rounded to two significant digits, to keep the
-- number of rows small: exact below 100, then within 5 percent.
WITH fact AS (
    SELECT inquiry.*, done.*,
        inquiry.received_at AT TIME ZONE %(zone)s AS arrived,
        CASE WHEN coalesce(was_urgent, urgent) THEN 'urgent' ELSE 'other' END AS kind,
        coalesce(first_due_at, inquiry.due_at) AS promised_at,
        least(spoken_at, CASE WHEN NOT outcome = ANY(%(unanswered)s) THEN closed_at END) AS answered_at
    FROM inquiries_inquiry inquiry CROSS JOIN LATERAL (
        SELECT
            min(at) FILTER (
                WHERE kind = 'replied' OR kind = 'call' AND detail IN ('spoke', 'left_message')
            ) AS spoken_at,
            min(at) FILTER (WHERE kind = 'call') AS called_at,
            max(at) FILTER (WHERE changes->'status'->>1 = 'closed') AS closed_at,
            (array_agg(changes->'due_at'->>0 ORDER BY id) FILTER (WHERE changes->'due_at' IS NOT NULL))[1]
                ::timestamptz AS first_due_at,
            bool_or(kind = 'not_spam' OR changes->'probably_spam' = '[true, false]') AS was_put_back
        FROM inquiries_inquiryevent event
        WHERE inquiry_id = inquiry.id AND NOT (kind = 'call' AND EXISTS (
            SELECT FROM inquiries_inquiryevent WHERE corrects_id = event.id
        ))
    ) done
    WHERE {condition}
), timed AS (
    SELECT fact.*, least(answered_at, called_at) AS tried_at,
        round(to_read, 2 - greatest(length(to_read::text), 2))::bigint AS read_minutes,
        round(to_answer, 2 - greatest(length(to_answer::text), 2))::bigint AS answer_minutes
    FROM fact CROSS JOIN LATERAL (
        SELECT trunc(abs(extract(epoch FROM opened_at - received_at)) / 60) AS to_read,
            trunc(abs(extract(epoch FROM answered_at - received_at)) / 60) AS to_answer
    ) took
), counted AS (
    SELECT arrived::date AS day, measure, key FROM timed CROSS JOIN LATERAL (
        SELECT * FROM (VALUES
            ('received', kind),
            ('topic', topic),
            ('page', page_title),
            ('language', language),
            ('hour', extract(hour FROM arrived)::text),
            ('read', CASE WHEN source = %(form)s THEN kind || ':' || read_minutes END),
            ('answered', CASE WHEN outcome <> 'duplicate' THEN kind || ':' || answer_minutes END),
            ('promise', CASE WHEN outcome = 'duplicate' THEN NULL
                WHEN tried_at <= promised_at THEN 'kept'
                WHEN tried_at > promised_at OR (status = ANY(%(open)s) AND promised_at < now()) THEN 'missed'
            END),
            ('outcome', nullif(outcome, '')),
            ('calls', CASE WHEN status = %(closed)s THEN call_attempts::text END)
        ) AS genuine WHERE status <> %(spam)s
        UNION ALL VALUES
            ('spam', CASE WHEN status = %(spam)s THEN 'spam' WHEN probably_spam THEN 'labeled'
                WHEN was_put_back THEN 'put back' END),
            ('flag', CASE WHEN tier = %(none)s THEN CASE WHEN was_urgent THEN 'missed' END
                WHEN was_urgent THEN 'found' WHEN NOT was_urgent THEN 'false' ELSE 'not said' END)
        UNION ALL SELECT 'reason', concat_ws(':', tier, reason,
                CASE WHEN was_urgent THEN 'right' WHEN NOT was_urgent THEN 'wrong' ELSE 'not said' END)
            FROM unnest(urgency_reasons) AS reason WHERE tier <> %(none)s
    ) AS found (measure, key) WHERE key IS NOT NULL
)
