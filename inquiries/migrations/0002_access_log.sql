-- The access log. Triggers number, date and chain its entries, and refuse changes.

INSERT INTO inquiries_accesshead (id, position, hash) VALUES (1, 0, repeat('0', 64));

CREATE FUNCTION inquiries_access_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head inquiries_accesshead%ROWTYPE;
BEGIN
    SELECT * INTO STRICT head FROM inquiries_accesshead WHERE id = 1 FOR UPDATE;
    NEW.position := head.position + 1;
    NEW.at := clock_timestamp();
    NEW.previous := head.hash;
    NEW.hash := encode(sha256(convert_to(concat_ws('|',
        NEW.position,
        to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        NEW.kind,
        NEW.person,
        encode(convert_to(NEW.person_name, 'UTF8'), 'hex'),
        array_to_string(NEW.inquiries, ','),
        NEW.detail,
        NEW.previous
    ), 'UTF8')), 'hex');
    UPDATE inquiries_accesshead SET position = NEW.position, hash = NEW.hash WHERE id = 1;
    RETURN NEW;
END $$;

CREATE TRIGGER inquiries_access_chain BEFORE INSERT ON inquiries_accessentry
FOR EACH ROW EXECUTE FUNCTION inquiries_access_chain();

CREATE FUNCTION inquiries_access_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the access log only grows';
END $$;

CREATE TRIGGER inquiries_access_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON inquiries_accessentry
FOR EACH STATEMENT EXECUTE FUNCTION inquiries_access_refuse();

CREATE TRIGGER inquiries_access_keep_head BEFORE DELETE OR TRUNCATE ON inquiries_accesshead
FOR EACH STATEMENT EXECUTE FUNCTION inquiries_access_refuse();

CREATE TRIGGER inquiries_access_forward BEFORE UPDATE ON inquiries_accesshead
FOR EACH ROW WHEN (NEW.position IS DISTINCT FROM OLD.position + 1)
EXECUTE FUNCTION inquiries_access_refuse();

-- A change writes an event, and the event writes the entry. Deferred to the commit, so that no transaction waits for
-- the log while it locks an inquiry that the log's writer waits for.
CREATE FUNCTION inquiries_access_of_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO inquiries_accessentry (kind, person, person_name, inquiries, detail)
    VALUES ('changed', NEW.by_id, NEW.by_name, ARRAY[NEW.inquiry_id], NEW.kind);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER inquiries_access_of_event AFTER INSERT ON inquiries_inquiryevent
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.by_id IS NOT NULL)
EXECUTE FUNCTION inquiries_access_of_event();
