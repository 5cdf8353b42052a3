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


# Plain choices, because a ModelChoiceField reads its options through a server-side cursor.


def colleague_choices():
    return [(user.pk, display_name(user)) for user in colleagues()]


def topic_choices():
    return [(code, topic.label) for code, topic in Topic.recent().items()]


def location_choices():
    return [(page.pk, page.title) for page in locations.recent()]


# Jumps through the index from one distinct page to the next; PostgreSQL would otherwise scan every page or
# every inquiry.
SOURCE_PAGES_SQL = """
WITH RECURSIVE source_page (id) AS (
    SELECT min(page_id) FROM inquiries_inquiry
    UNION ALL
    SELECT (SELECT min(page_id) FROM inquiries_inquiry WHERE page_id > source_page.id)
      FROM source_page WHERE id IS NOT NULL
)
SELECT id, title FROM wagtailcore_page JOIN source_page USING (id) ORDER BY title, id
"""


def source_page_choices():
    return rows(SOURCE_PAGES_SQL)


class DayRangeWidget(DateRangePickerWidget):
    """The browser's date pickers. Wagtail's replaces a date in another format with today."""

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
    page = django_filters.ChoiceFilter(label=_("Page"), choices=source_page_choices)
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
