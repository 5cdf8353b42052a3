from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from education import views
from education.feedback.views import feedback
from education.feeds import ArticleFeed
from education.sitemaps import SITEMAPS

app_name = "education"
urlpatterns = [
    path("feedback/<int:page_id>/", feedback, name="feedback"),
    path("search/", views.search, name="search"),
    path("education/feed.atom", ArticleFeed(), name="feed"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
