"""Topics of inquiries, kept by managers under Settings."""

from django import forms
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
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


class DeleteTopic(generic.DeleteView):
    """Refused where an inquiry has the topic: it can be retired instead."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError as error:
            messages.error(self.request, error.args[0])
            return redirect(self.index_url_name)


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
    delete_view_class = DeleteTopic
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
            FieldPanel("is_retired"),
        ],
        base_form_class=TopicForm,
    )
