"""One inquiry's page."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Revision

from inquiries.desk.base import DeskMixin
from inquiries.desk.forms import NoteForm, StatusForm, TakeForm
from inquiries.models import Inquiry


class InquiryPage(DeskMixin, WagtailAdminTemplateMixin, TemplateView):
    """Everything the patient gave, what has happened since, and what can be done now."""

    template_name = "inquiries/admin/inquiry.html"
    page_title = _("Inquiry")
    header_icon = "mail"

    @cached_property
    def inquiry(self):
        return get_object_or_404(Inquiry.objects.select_related("assignee", "page"), pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return self.inquiry.reference  # never a name: titles end in logs and browser histories

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("inquiry:index"), "label": capfirst(Inquiry._meta.verbose_name_plural)},
            {"url": "", "label": self.inquiry.reference},
        ]

    def get_forms(self):
        """The actions' forms, by the name of the action."""
        return {"take": TakeForm(), "status": StatusForm(inquiry=self.inquiry), "note": NoteForm()}

    def get_context_data(self, **kwargs):
        events = list(self.inquiry.events.order_by("-pk"))
        return super().get_context_data(
            inquiry=self.inquiry,
            events=events,
            seen=events[0].pk if events else 0,
            forms=self.get_forms() | kwargs.pop("forms", {}),
            may_handle=self.user_has_permission("handle"),
            revision=self.get_revision(),
            **kwargs,
        )

    def get_revision(self):
        if self.inquiry.page_revision:
            return Revision.objects.filter(pk=self.inquiry.page_revision).only("created_at").first()
        return None
