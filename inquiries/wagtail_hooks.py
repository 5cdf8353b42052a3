from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from inquiries.desk import questions
from inquiries.desk.menu import add_panel
from inquiries.desk.queue.bulk import BULK_ACTIONS
from inquiries.desk.topics import TopicViewSet
from inquiries.desk.viewset import CannedTextViewSet, InquiryViewSet, WarningPhraseViewSet
from inquiries.privacy import access_report
from inquiries.reports import views as figures

for viewset in (InquiryViewSet, CannedTextViewSet, WarningPhraseViewSet, TopicViewSet):
    hooks.register("register_admin_viewset", viewset)
hooks.register("construct_homepage_panels", add_panel)
hooks.register("register_admin_urls", access_report.urls)
hooks.register("register_reports_menu_item", access_report.menu_item)
hooks.register("register_admin_urls", figures.urls)
hooks.register("register_reports_menu_item", figures.menu_item)
hooks.register("register_admin_urls", questions.urls)
hooks.register("register_admin_menu_item", questions.menu_item)
for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("insert_global_admin_js")
def desk_script():
    return format_html('<script src="{}" defer></script>', static("inquiries/desk.js"))


@hooks.register("insert_global_admin_css")
def desk_style():
    return format_html('<link rel="stylesheet" href="{}">', static("inquiries/desk.css"))
