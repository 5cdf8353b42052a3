from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from education.feedback.views import feedback
from education.search.views import search
from education.syndication.crawlers import SITEMAPS, robots
from education.syndication.feeds import ArticleFeed

app_name = "education"
urlpatterns = [
    path("feedback/<int:page_id>/", feedback, name="feedback"),
    path("search/", search, name="search"),
    path("education/feed.atom", ArticleFeed(), name="feed"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots, name="robots"),
]
