"""Today's approvals become records, the workflow's task makes them from now on, and the database keeps the gate."""

import calendar

from django.conf import settings
from django.db import migrations
from django.db.models import Q

REVIEWERS = "Clinical reviewers"
MONTHS = 12
FOR_MANAGERS = [
    ("unreviewedpublication", "add_unreviewedpublication", "Can add publication without a review"),
    ("reviewsettings", "change_reviewsettings", "Can change clinical review"),
]

GATE = """
CREATE FUNCTION education_needs_review(page integer) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM education_articlepage WHERE page_ptr_id = page)
    OR EXISTS (SELECT FROM education_topicpage WHERE page_ptr_id = page)
    OR EXISTS (SELECT FROM education_standardpage WHERE page_ptr_id = page AND contains_medical_claims)
    OR EXISTS (SELECT FROM education_homepage WHERE page_ptr_id = page AND contains_medical_claims)
    OR EXISTS (SELECT FROM education_articleindexpage WHERE page_ptr_id = page AND contains_medical_claims)
    OR EXISTS (SELECT FROM education_topicindexpage WHERE page_ptr_id = page AND contains_medical_claims)
$$;

CREATE FUNCTION education_may_be_live(page integer) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE source AS (
        SELECT id, alias_of_id, live_revision_id FROM wagtailcore_page WHERE id = page
        UNION ALL
        SELECT above.id, above.alias_of_id, above.live_revision_id
        FROM wagtailcore_page above JOIN source ON above.id = source.alias_of_id
    )
    SELECT NOT education_needs_review(page) OR EXISTS (
        SELECT FROM source WHERE alias_of_id IS NULL AND (
            live_revision_id IN (SELECT revision_id FROM education_clinicalreview)
            OR live_revision_id IN (
                SELECT revision_id FROM education_unreviewedpublication
                WHERE expires_at IS NULL OR expires_at > now()
            )
        )
    )
$$;

CREATE FUNCTION education_keep_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT education_may_be_live(NEW.id) THEN
        RAISE EXCEPTION 'page % may not go live: nobody reviewed revision %', NEW.id, NEW.live_revision_id
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER education_keep_gate AFTER UPDATE OF live, live_revision_id, alias_of_id ON wagtailcore_page
FOR EACH ROW WHEN (
    NEW.live AND (
        NOT OLD.live
        -- A revision that goes away, with its page for one, changes no words.
        OR (NEW.live_revision_id IS NOT NULL AND OLD.live_revision_id IS DISTINCT FROM NEW.live_revision_id)
        OR OLD.alias_of_id IS DISTINCT FROM NEW.alias_of_id
    )
) EXECUTE FUNCTION education_keep_gate();

CREATE FUNCTION education_keep_gate_for_new() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM wagtailcore_page WHERE id = NEW.page_ptr_id AND live)
    AND NOT education_may_be_live(NEW.page_ptr_id) THEN
        RAISE EXCEPTION 'page % may not be made live: nobody reviewed it', NEW.page_ptr_id
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER clinic_raise_siteversion AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON education_clinicalreview
FOR EACH STATEMENT EXECUTE FUNCTION clinic_raise_siteversion();
"""
FOR_NEW = """
CREATE TRIGGER education_keep_gate_for_new AFTER INSERT ON education_{table}
FOR EACH ROW EXECUTE FUNCTION education_keep_gate_for_new();
"""
TABLES = ["articlepage", "topicpage", "standardpage", "homepage", "articleindexpage", "topicindexpage"]
BACK = """
DROP TRIGGER clinic_raise_siteversion ON education_clinicalreview;
DROP FUNCTION education_keep_gate CASCADE;
DROP FUNCTION education_keep_gate_for_new CASCADE;
DROP FUNCTION education_may_be_live(integer);
DROP FUNCTION education_needs_review(integer);
"""


def convert(apps, schema_editor):
    record_approvals(apps)
    record_unreviewed(apps)
    convert_tasks(apps)
    give_permissions(apps)


def record_approvals(apps):
    """The newest approval of each revision by a clinical reviewer, with the name of their account today."""
    ClinicalReview = apps.get_model("education", "ClinicalReview")
    states = apps.get_model("wagtailcore", "TaskState").objects.filter(
        task__groupapprovaltask__groups__name=REVIEWERS,
        status="approved",
        finished_by__isnull=False,
        finished_at__isnull=False,
    )
    for state in states.select_related("finished_by").order_by("finished_at"):
        name = f"{state.finished_by.first_name} {state.finished_by.last_name}".strip()
        ClinicalReview.objects.update_or_create(
            revision_id=state.revision_id,
            defaults={
                "reviewer_id": state.finished_by_id,
                "reviewer_name": name,
                "created_at": state.finished_at,
                "note": state.comment,
                "valid_until": a_year_after(state.finished_at.date()),
            },
        )


def a_year_after(day):
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return day.replace(year=day.year + 1, day=min(day.day, last))


def record_unreviewed(apps):
    """What readers see without a review stays, and says so."""
    reviewed = apps.get_model("education", "ClinicalReview").objects.values("revision")
    Unreviewed = apps.get_model("education", "UnreviewedPublication")
    for model in ("ArticlePage", "TopicPage"):
        live = apps.get_model("education", model).objects.filter(
            Q(live=True), ~Q(live_revision=None), ~Q(live_revision__in=reviewed)
        )
        for revision in live.values_list("live_revision", flat=True).distinct():
            Unreviewed.objects.create(revision_id=revision, reason="Published before reviews were required.")


def convert_tasks(apps):
    """A group approval by the clinical reviewers becomes a clinical review, with what waits for it."""
    Task = apps.get_model("education", "ClinicalReviewTask")
    State = apps.get_model("education", "ClinicalReviewState")
    old_tasks = apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(groups__name=REVIEWERS)
    for old in list(old_tasks.distinct()):
        groups = list(old.groups.all())
        task = Task(task_ptr_id=old.pk)
        task.save_base(raw=True)
        task.groups.set(groups)
        states = apps.get_model("wagtailcore", "TaskState").objects.filter(task=old.pk, status="in_progress")
        for pk in states.values_list("pk", flat=True):
            State(taskstate_ptr_id=pk).save_base(raw=True)
        states.update(content_type=content_type(apps, "clinicalreviewstate"))
        old.groups.clear()
        old.delete(keep_parents=True)
        apps.get_model("wagtailcore", "Task").objects.filter(pk=task.pk).update(
            content_type=content_type(apps, "clinicalreviewtask")
        )


def content_type(apps, model):
    return apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="education", model=model)[0]


def give_permissions(apps):
    managers = apps.get_model("auth", "Group").objects.get(name="Managers")
    for model, codename, name in FOR_MANAGERS:
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type(apps, model), codename=codename, defaults={"name": name}
        )
        managers.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("education", "0006_clinical_review"),
        ("clinic", "0006_drafts_raise_no_version"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RunPython(convert, migrations.RunPython.noop),
        migrations.RunSQL(GATE + "".join(FOR_NEW.format(table=table) for table in TABLES), BACK),
    ]
