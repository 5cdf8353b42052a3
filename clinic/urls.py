from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from clinic import views

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("site.webmanifest", views.web_manifest, name="web-manifest"),
    path("", include("education.urls")),
    path("", include("inquiries.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    # Everything else is a page: keep this last.
    path("", include(wagtail_urls)),
]
