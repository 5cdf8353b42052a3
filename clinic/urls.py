from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from clinic import views
from clinic.operations import health, metrics
from clinic.wagtail_overrides import edit_page, explorer_start, own_account, workflow_action

handler400 = "clinic.errors.bad_request"
handler429 = "clinic.errors.too_many_requests"  # used by allauth
handler500 = "clinic.errors.server_error"

# Documents go through Wagtail's view, which checks permissions.
images = path("media/images/<str:name>", views.image)

urlpatterns = [
    *([images] if settings.SERVE_IMAGES else []),
    path("admin/failwhale/", RedirectView.as_view(pattern_name="wagtailadmin_home")),  # always a 500
    path("admin/account/", own_account.own_account),
    path("admin/pages/", explorer_start.explore),
    path("admin/pages/<int:page_id>/edit/", edit_page.edit_page),
    path(
        "admin/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/",
        edit_page.add_page,
    ),
    path(
        "admin/pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
        workflow_action.workflow_action,
    ),
    path(
        "admin/pages/workflow/collect_action_data/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
        workflow_action.collect_data,
    ),
    # Redirect Wagtail's sign-in pages to ours.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    re_path("^admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("sign-in/", include("clinic.accounts.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("healthz", health.health, name="health"),
    path("readyz", health.ready, name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("privacy/", views.privacy, name="privacy"),
    path("site.webmanifest", views.web_manifest, name="web-manifest"),
    re_path("^problem/(?P<status>429|503)/$", views.problem, name="problem"),
    path("", include("education.urls")),
    path("", include("inquiries.public.urls")),
    # Keep this last: Wagtail's pattern matches every path.
    path("", include(wagtail_urls)),
]
