-- Our functions use our schema, regardless of a session's temporary tables.
ALTER FUNCTION inquiries_access_refuse() SET search_path = public, pg_temp;
ALTER FUNCTION inquiries_access_of_event() SET search_path = public, pg_temp;
ALTER FUNCTION inquiries_keep_on_hold() SET search_path = public, pg_temp;
-- The chain's function runs as its owner, so that the site's role needs no permission to update the head.
ALTER FUNCTION inquiries_access_chain() SECURITY DEFINER SET search_path = public, pg_temp;

-- The table's owner is exempt: it runs migrations, and could disable the triggers anyway.
CREATE FUNCTION inquiries_is_owner() RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT pg_has_role(session_user, relowner, 'USAGE') FROM pg_class WHERE oid = 'inquiries_inquiry'::regclass
$$;

-- Returns whether this transaction wrote a row that it can see. IDs of its savepoints are higher than its own, and rows
-- of other transactions with such IDs are visible only after those have committed.
CREATE FUNCTION inquiries_written_here(written_by xid) RETURNS boolean LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    ours xid8 := pg_current_xact_id();
    later bigint := age(ours::xid) - age(written_by);
BEGIN
    IF later NOT BETWEEN 0 AND 1000000 THEN
        RETURN false;
    END IF;
    RETURN pg_xact_status((ours::text::bigint + later)::text::xid8) = 'in progress';
END $$;

-- At the commit, logs each changed or deleted row, unless the site wrote an event or an entry for it in the same
-- transaction.
CREATE FUNCTION inquiries_access_of_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    -- What the site keeps for itself, and references that go NULL with what they named.
    upkeep text[] := '{fingerprint,message_digest,search_key,needs_triage,digest_queued_at,opened_at,emails_held_back}';
    named text[] := '{page_id,duplicate_of_id,by_id,bulk_id}';
    before jsonb := to_jsonb(OLD) - upkeep;
    after jsonb;
    changed bigint;
BEGIN
    changed := (before ->> CASE TG_TABLE_NAME WHEN 'inquiries_inquiry' THEN 'id' ELSE 'inquiry_id' END)::bigint;
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'inquiries_inquiryevent'
    AND NOT EXISTS (SELECT FROM inquiries_inquiry WHERE id = changed) THEN
        RETURN NULL;  -- it went with its inquiry, which has an entry
    END IF;
    IF TG_OP = 'UPDATE' THEN
        after := to_jsonb(NEW) - upkeep;
        IF before @> jsonb_strip_nulls(after) AND before - named = after - named THEN
            RETURN NULL;
        END IF;
        -- The first judgement of a message that has just come in.
        IF to_jsonb(OLD) @> '{"needs_triage": true}' AND to_jsonb(NEW) @> '{"needs_triage": false}' THEN
            RETURN NULL;
        END IF;
    END IF;
    IF EXISTS (
        SELECT FROM inquiries_inquiryevent event
        WHERE event.inquiry_id = changed AND event.by_id IS NOT NULL AND inquiries_written_here(event.xmin)
    ) OR EXISTS (
        SELECT FROM inquiries_accessentry entry JOIN inquiries_accesshead head USING (position)
        WHERE changed = ANY (entry.inquiries) AND inquiries_written_here(entry.xmin)
    ) THEN
        RETURN NULL;
    END IF;
    INSERT INTO inquiries_accessentry (kind, person, person_name, inquiries, detail)
    VALUES (
        CASE WHEN TG_OP = 'DELETE' AND TG_TABLE_NAME = 'inquiries_inquiry' THEN 'erased' ELSE 'changed' END,
        0, session_user, ARRAY[changed], 'by the database role'
    );
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER inquiries_access_of_change AFTER UPDATE OR DELETE ON inquiries_inquiry
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NOT inquiries_is_owner()) EXECUTE FUNCTION inquiries_access_of_change();

CREATE CONSTRAINT TRIGGER inquiries_access_of_change AFTER UPDATE OR DELETE ON inquiries_inquiryevent
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NOT inquiries_is_owner()) EXECUTE FUNCTION inquiries_access_of_change();
