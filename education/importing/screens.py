"""Admin views for “New page from document” (upload or paste, preview, create a draft) and for export."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from wagtail.admin.widgets import Button
from wagtail.models import Page

from education.blocks import ContentBlock
from education.importing.article import Article, Refused
from education.importing.export import to_markdown
from education.importing.files import read_article
from education.importing.forms import DocumentForm, PicturesForm
from education.importing.pages import ImportedFiles, make_page
from education.models import ArticleIndexPage, ArticlePage, PendingImport
from education.review.screens import StaffRequest


def header_buttons(page: Page, user: User, view_name: str, next_url: str | None = None) -> list[Button]:
    """Handle Wagtail's `register_page_header_buttons` hook."""
    if not isinstance(page, ArticlePage):
        return []
    buttons = []
    if page.permissions_for_user(user).can_edit():
        url = reverse("education_importing:export", args=[page.pk])
        buttons.append(Button(_("Export as Markdown"), url, icon_name="download", priority=31))
    if page.live:
        # The print style sheet lays out the leaflet; the browser can save it as a PDF.
        tab = {"target": "_blank", "rel": "noreferrer"}
        buttons.append(
            Button(_("Print as a handout"), page.url, icon_name="doc-full", priority=32, attrs=tab)
        )
    return buttons


def document(request: StaffRequest, parent_id: int) -> HttpResponse:
    parent = _parent(parent_id, request.user)
    form = DocumentForm(*_form_data(request))
    if form.is_valid():
        pending = PendingImport.objects.store(
            user=request.user,
            parent=parent,
            name=form.cleaned_data["name"][-255:],
            data=form.cleaned_data["data"],
        )
        return redirect("education_importing:confirm", pending.pk)
    return render(request, "education/importing/document.html", {"form": form, "parent": parent})


def confirm(request: StaffRequest, pending_id: int) -> HttpResponse:
    """Preview the blocks; on POST, create the draft."""
    if request.method == "POST" and not PendingImport.objects.filter(pk=pending_id).exists():
        messages.warning(request, _("This document is already a draft, or it expired after a day."))
        return redirect("wagtailadmin_explore_root")
    pending = get_object_or_404(PendingImport, pk=pending_id, user=request.user)
    parent = _parent(pending.parent_id, request.user)
    article = read_article(pending.name, bytes(pending.data))  # validated by DocumentForm
    ImportedFiles(article.document, request.user).drop_missing_pictures(article)
    sections = preview(article)
    form = PicturesForm(article, *_form_data(request))
    if request.method == "POST" and (not form.fields or form.is_valid()):
        try:
            with transaction.atomic():
                page = make_page(article, parent, user=request.user)
                pending.delete()
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Here’s the draft. Readers see it once it’s reviewed and published."))
            return redirect("wagtailadmin_pages:edit", page.pk)
    context = {"form": form, "parent": parent, "pending": pending, "article": article, "sections": sections}
    return render(request, "education/importing/confirm.html", context)


def export(request: StaffRequest, page_id: int) -> HttpResponse:
    """Return the latest revision of an article as a Markdown file."""
    page = get_object_or_404(ArticlePage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    text = to_markdown(page.get_latest_revision_as_object())
    name = content_disposition_header(True, f"{page.slug}.md")
    return HttpResponse(
        text, content_type="text/markdown; charset=utf-8", headers={"Content-Disposition": name}
    )


def preview(article: Article) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Return each section's heading and its blocks as (label, lines of text)."""
    names = ContentBlock().child_blocks
    return [
        (section.heading, [(names[block.kind].label, block.lines()) for block in section.blocks])
        for section in article.sections
    ]


def _form_data(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _parent(pk: int, user: User) -> ArticleIndexPage:
    parent = get_object_or_404(ArticleIndexPage, pk=pk)
    if not parent.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    return parent


urls = [
    path("articles/<int:parent_id>/from-document/", document, name="document"),
    path("articles/from-document/<int:pending_id>/", confirm, name="confirm"),
    path("articles/<int:page_id>/markdown/", export, name="export"),
]
