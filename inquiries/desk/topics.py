"""Topics of inquiries, kept by managers under Settings."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from inquiries.models import Topic, shown_name
from inquiries.permissions import colleagues


class ColleaguesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        return shown_name(obj)


class TopicForm(WagtailAdminModelForm):
    assignees = ColleaguesField(
        queryset=None,
        required=False,
        label=_("Assigned to"),
        help_text=Topic._meta.get_field("assignees").help_text,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignees"].queryset = colleagues()


class TopicViewSet(ModelViewSet):
    model = Topic
    name = "topics"
    icon = "tag"
    menu_order = 105
    menu_label = _("Inquiry topics")
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ["label", "response_hours", "daily_capacity", "away_until", "is_retired"]
    search_fields = ["label"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("label"), FieldPanel("position")]),
            MultiFieldPanel(
                [
                    FieldPanel("response_hours"),
                    FieldPanel("daily_capacity"),
                    FieldRowPanel([FieldPanel("away_from"), FieldPanel("away_until")]),
                ],
                heading=_("Promise (never delays what is urgent)"),
            ),
            MultiFieldPanel([FieldPanel("assignees")], heading=_("Routing")),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("question", "asks_times", "asks_visit", "asks_insurance")],
                heading=_("What the form asks besides (always optional)"),
            ),
            FieldPanel("is_retired"),
        ],
        base_form_class=TopicForm,
    )
