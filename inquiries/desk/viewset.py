from django import forms
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from clinic.models.settings_form import SettingsForm
from inquiries.desk.actions import ACTIONS
from inquiries.desk.detail.action_views import ActionView, Compose, InsertSavedText, SaveDraft
from inquiries.desk.detail.chart import ChartPDF, ChartText
from inquiries.desk.detail.view import InquiryPage, PrintPage
from inquiries.desk.manual_entry import EnterInquiry
from inquiries.desk.menu import InquiryMenuItem
from inquiries.desk.queue.bulk import undo
from inquiries.desk.queue.filters import topic_choices
from inquiries.desk.queue.listing import InquiryListing
from inquiries.desk.queue.live_updates import InquiryUpdates, QueueUpdates
from inquiries.desk.queue.saved_views import RemoveView, SaveView
from inquiries.desk.topics import SettingsViewSet
from inquiries.desk.urgency_trial import PHRASE_FIELDS, UrgencyTrial
from inquiries.models import CannedText, Inquiry, WarningPhrase
from inquiries.permissions import InquiryPermissionPolicy
from inquiries.privacy.data_subject_views import AskToErase, ErasePerson, ExportPerson, FindPerson


class InquiryViewSet(ModelViewSet):
    """The queue and the inquiry page. Wagtail's add, edit, copy and delete views have no URLs."""

    model = Inquiry
    name = "inquiry"
    url_prefix = "inquiries"
    icon = "mail"
    menu_order = 100
    menu_item_class = InquiryMenuItem
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = InquiryListing
    inspect_view_class = InquiryPage
    permission_policy = InquiryPermissionPolicy(Inquiry)

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("view/<slug:view>/", self.index_view, name="view"),
            path("view/<slug:view>/results/", self.index_results_view, name="view_results"),
            path("enter/", self.construct_view(EnterInquiry), name="enter"),
            path("person/", self.construct_view(FindPerson), name="person"),
            path("person/export/", self.construct_view(ExportPerson), name="person_export"),
            path("person/erase/", self.construct_view(AskToErase), name="person_ask_to_erase"),
            path("person/erase/confirmed/", self.construct_view(ErasePerson), name="person_erase"),
            path("news/", self.construct_view(QueueUpdates), name="news"),
            path("undo/", undo, name="undo"),
            path("saved/", self.construct_view(SaveView), name="save_view"),
            path("saved/<int:pk>/remove/", self.construct_view(RemoveView), name="remove_view"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/print/", self.construct_view(PrintPage), name="print"),
            path("<int:pk>/chart.txt", self.construct_view(ChartText), name="chart_text"),
            path("<int:pk>/chart.pdf", self.construct_view(ChartPDF), name="chart_pdf"),
            path("<int:pk>/news/", self.construct_view(InquiryUpdates), name="inquiry_news"),
            path("<int:pk>/draft/", self.construct_view(SaveDraft), name="draft"),
            path("<int:pk>/compose/", self.construct_view(Compose), name="compose"),
            path("<int:pk>/insert/", self.construct_view(InsertSavedText), name="insert"),
            *(
                path(
                    f"<int:pk>/{action.name}/",
                    self.construct_view(
                        ActionView, action=action, any_permission_required=[action.permission]
                    ),
                    name=action.name,
                )
                for action in ACTIONS.values()
            ),
        ]

    def register_admin_url_finder(self):
        """Register none, because Wagtail's links to the edit view, which doesn't exist."""


class CannedTextForm(SettingsForm):
    topic = forms.ChoiceField(
        label=_("About"),
        choices=lambda: [("", _("Any topic")), *topic_choices()],
        required=False,
        help_text=_("Offered on inquiries about this topic. Search finds it on every inquiry."),
    )

    class Meta:
        model = CannedText
        fields = ["use", "title", "text", "topic", "position"]


class CannedTextViewSet(SettingsViewSet):
    """Call scripts, saved replies and saved notes, edited by managers."""

    model = CannedText
    name = "saved-texts"
    icon = "comment"
    menu_order = 110
    list_display = ["title", "use", "topic", "position"]
    list_filter = ["use"]
    search_fields = ["title", "text"]
    index_template_name = "inquiries/admin/saved_texts.html"

    def get_form_class(self, for_update=False):
        return CannedTextForm


class WarningPhraseViewSet(SettingsViewSet):
    model = WarningPhrase
    name = "warning-phrases"
    icon = "warning"
    menu_order = 120
    list_display = ["label", "advice", "severity", "is_active"]
    search_fields = ["label", "patterns"]
    create_template_name = edit_template_name = "inquiries/admin/phrase_form.html"

    def get_form_class(self, for_update=False):
        return forms.modelform_factory(WarningPhrase, form=SettingsForm, fields=PHRASE_FIELDS)

    def get_urlpatterns(self):
        return [path("try/", self.construct_view(UrgencyTrial), name="try"), *super().get_urlpatterns()]
