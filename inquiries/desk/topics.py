from django import forms
from django.template.defaultfilters import yesno
from django.utils.translation import gettext, gettext_lazy as _, ngettext
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from clinic.accounts.names import display_name
from clinic.models.settings_form import SettingsForm
from inquiries.models import Topic
from inquiries.permissions import colleagues


def answered_within(topic: Topic) -> str:
    hours = topic.response_hours
    if not hours:
        return gettext("Clinic default")
    return ngettext("%(hours)s opening hour", "%(hours)s opening hours", hours) % {"hours": hours}


def replies_per_day(topic: Topic) -> str:
    return str(topic.daily_capacity or gettext("No limit"))


class ColleaguesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        return display_name(obj)


class TopicForm(SettingsForm):
    assignees = ColleaguesField(
        queryset=colleagues(),
        required=False,
        label=_("Assigned to"),
        help_text=Topic._meta.get_field("assignees").help_text,
    )


class SettingsViewSet(ModelViewSet):
    """Base viewset for models that managers edit under Settings."""

    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False


class TopicViewSet(SettingsViewSet):
    model = Topic
    name = "topics"
    icon = "tag"
    menu_order = 105
    menu_label = _("Inquiry topics")
    list_display = [
        "label",
        Column("response_hours", label=_("We answer within"), accessor=answered_within),
        Column("daily_capacity", label=_("Replies per day"), accessor=replies_per_day),
        Column(
            "away_until", label=_("No one covering until"), accessor=lambda topic: topic.away_until or "–"
        ),
        Column(
            "is_retired", label=_("Hidden"), accessor=lambda topic: yesno(topic.is_retired, str(_("Yes,No")))
        ),
    ]
    search_fields = ["label"]
    edit_handler = ObjectList(
        [
            FieldRowPanel(["label", "position"]),
            MultiFieldPanel(
                [
                    "response_hours",
                    "daily_capacity",
                    FieldRowPanel(["away_from", "away_until"]),
                ],
                heading=_("Promise (never delays what is urgent)"),
            ),
            MultiFieldPanel(["assignees"], heading=_("Routing")),
            MultiFieldPanel(
                ["question", "asks_times", "asks_visit", "asks_insurance"],
                heading=_("The form also asks (always optional)"),
            ),
            "is_retired",
        ],
        base_form_class=TopicForm,
    )
