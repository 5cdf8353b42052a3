from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from education import jobs
from education.checks import userbar
from education.checks.links import report as links_report
from education.feedback import report as readers
from education.files import serving
from education.importing import screens as importing
from education.models import SafetyNotice, SearchSynonym, WordToAvoid
from education.review import cancellation, report, screens, unreviewed

hooks.register("after_create_page", screens.replace_submit_message)
hooks.register("after_edit_page", screens.replace_submit_message)
hooks.register("before_bulk_action", screens.before_bulk_action)
hooks.register("before_serve_document", serving.require_public_page, order=1)  # after Wagtail's restrictions
hooks.register("before_convert_alias_page", screens.before_convert_alias_page)
hooks.register("before_publish_page", screens.before_publish_page)
hooks.register("construct_homepage_panels", report.add_panel)
hooks.register("construct_page_action_menu", screens.arrange_page_menu)
hooks.register("construct_snippet_action_menu", screens.arrange_snippet_menu)
hooks.register("construct_wagtail_userbar", userbar.add_checks)
hooks.register("register_page_header_buttons", importing.header_buttons)
hooks.register("register_reports_menu_item", lambda: report.ReportMenuItem(report.ReviewReport))
hooks.register("register_reports_menu_item", lambda: report.ReportMenuItem(readers.ReadersReport))
hooks.register("register_reports_menu_item", lambda: report.ReportMenuItem(links_report.BrokenLinksReport))


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(
        unreviewed.PUBLISHED_ACTION, _("Publish without review"), _("Published without review")
    )
    actions.register_action(
        unreviewed.EXPIRED_ACTION,
        _("End publication without review"),
        _("Publication without review ended"),
    )
    actions.register_action(
        jobs.SCHEDULE_FAILED,
        _("Publish as scheduled"),
        _("Could not be published or unpublished as scheduled"),
    )


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        *readers.urls,
        *links_report.urls,
        path("", include(([*screens.urls, *report.urls, *cancellation.urls], "education_review"))),
        path("", include((importing.urls, "education_importing"))),
    ]


@hooks.register("insert_editor_js")
def editor_js():
    return format_html('<script src="{}"></script>', static("education/checks.js"))


@hooks.register("insert_global_admin_js")
def dialog_js():
    return format_html('<script src="{}" defer></script>', static("education/dialog.js"))


class SafetyNoticeViewSet(SnippetViewSet):
    model = SafetyNotice
    icon = "warning"
    add_to_admin_menu = True
    menu_label = _("Emergency message")
    copy_view_enabled = False
    permission_policy = screens.SingletonPolicy(SafetyNotice)
    edit_view_class = screens.ReviewedSnippetEditView
    workflow_action_view_class = screens.SnippetAction
    collect_workflow_action_data_view_class = screens.SnippetActionData
    index_view_class = screens.SingletonIndexView


class WordListViewSet(ModelViewSet):
    """Base class of the word lists that editors maintain."""

    add_to_settings_menu = True
    copy_view_enabled = False


@hooks.register("register_admin_viewset")
class SearchSynonymViewSet(WordListViewSet):
    model = SearchSynonym
    icon = "search"
    menu_label = _("Search synonyms")
    list_display = search_fields = ["typed", "searched"]


@hooks.register("register_admin_viewset")
class WordToAvoidViewSet(WordListViewSet):
    model = WordToAvoid
    icon = "edit"
    menu_label = _("Words to avoid")
    list_display = search_fields = ["word", "instead"]


register_snippet(SafetyNoticeViewSet)
