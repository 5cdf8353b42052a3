from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.permissions import page_permission_policy

from clinic.accounts import viewset
from clinic.email import panel
from clinic.operations import admin, placeholders
from clinic.wagtail_overrides import explorer_start, page_links

hooks.register("construct_main_menu", explorer_start.start_at_home)
hooks.register("construct_homepage_panels", panel.add_panel)
hooks.register("construct_homepage_panels", placeholders.add_panel)
hooks.register("construct_homepage_panels", admin.add_panel)
hooks.register("register_admin_urls", panel.urls)
hooks.register("register_admin_urls", admin.urls)
hooks.register("register_reports_menu_item", admin.site_checks_menu_item)
hooks.register("register_reports_menu_item", admin.scheduled_jobs_menu_item)
hooks.register("register_rich_text_features", page_links.register, order=1)
hooks.register("before_bulk_action", viewset.protect_administrators)


@hooks.register("register_account_menu_item")
def sign_in_settings(request):
    return {
        "url": reverse("mfa_index"),
        "label": _("Password, authenticator app and passkeys"),
        "help_text": _("How you sign in."),
    }


@hooks.register("construct_help_menu")
def hide_help_menu_without_pages(request, menu_items):
    """Hide the Help menu, which is about pages, from users who can't edit any."""
    if not page_permission_policy.explorable_root_instance(request.user):
        menu_items.clear()


@hooks.register("insert_global_admin_css")
def admin_css():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_js")
def date_fields_js():
    """Not deferred, because date fields are set up while the page loads."""
    return format_html('<script src="{}"></script>', static("js/date-fields.js"))


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("clinic.front_desk_email")(FrontDeskEmailMoved)


class FrontDeskEmailMoved(LogFormatter):
    label = gettext_lazy("Change the front desk’s email address")

    def format_message(self, log_entry):
        return _("Changed the front desk’s email address from %(former)s to %(new)s") % log_entry.data
