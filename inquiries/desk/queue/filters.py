import django_filters
from django.forms import DateInput
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from clinic import locations
from clinic.accounts.names import display_name
from clinic.database.sql import rows
from inquiries.choices import ASKER_LABELS, Outcome, Source, Status
from inquiries.models import Inquiry, Topic
from inquiries.permissions import colleagues

YES_NO = [("True", _("Yes")), ("False", _("No"))]
CALLS = [("0", _("Not called yet")), ("1", _("Once")), ("2", _("Twice")), ("3", _("Three times or more"))]


# Plain choices, because a ModelChoiceField reads each list through a server-side cursor.


def colleague_choices():
    return [(user.pk, display_name(user)) for user in colleagues()]


def topic_choices():
    return [(code, topic.label) for code, topic in Topic.recent().items()]


def location_choices():
    return [(page.pk, page.title) for page in locations.recent()]


# Walks along the index, from one page that somebody wrote from to the next: otherwise PostgreSQL reads every
# page or every inquiry.
WRITTEN_FROM = """
WITH RECURSIVE written_from (id) AS (
    SELECT min(page_id) FROM inquiries_inquiry
    UNION ALL
    SELECT (SELECT min(page_id) FROM inquiries_inquiry WHERE page_id > written_from.id)
      FROM written_from WHERE id IS NOT NULL
)
SELECT id, title FROM wagtailcore_page JOIN written_from USING (id) ORDER BY title, id
"""


def pages_written_from():
    return rows(WRITTEN_FROM)


class DayRangeWidget(DateRangePickerWidget):
    """The browser's own pickers: Wagtail's takes a day that's typed in another order as today."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.widgets = [DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for _widget in self.widgets]


class InquiryFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(label=_("Status"), choices=Status.choices)
    assignee = django_filters.ChoiceFilter(
        label=_("Assigned to"), choices=colleague_choices, null_label=_("Unassigned")
    )
    topic = django_filters.ChoiceFilter(label=_("About"), choices=topic_choices)
    location = django_filters.ChoiceFilter(label=_("Office"), choices=location_choices)
    asker = django_filters.ChoiceFilter(label=_("Contact type"), choices=list(ASKER_LABELS.items()))
    source = django_filters.ChoiceFilter(label=_("Source"), choices=Source.choices)
    page = django_filters.ChoiceFilter(label=_("Page"), choices=pages_written_from)
    received_at = django_filters.DateFromToRangeFilter(label=_("Received"), widget=DayRangeWidget)
    urgent = django_filters.ChoiceFilter(label=_("Urgent"), choices=YES_NO)
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=Outcome.choices)
    calls = django_filters.ChoiceFilter(label=_("Calls"), choices=CALLS, method="filter_calls")

    class Meta:
        model = Inquiry
        fields = []

    def filter_calls(self, queryset, name, value):
        lookup = "call_attempts__gte" if value == CALLS[-1][0] else "call_attempts"
        return queryset.filter(**{lookup: int(value)})
