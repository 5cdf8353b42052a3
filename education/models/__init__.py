"""The pages that patients read, one module a family of page types."""

from education.models.articles import ArticleIndexPage, ArticlePage
from education.models.home import HomePage
from education.models.locations import LocationIndexPage, LocationPage
from education.models.people import PersonIndexPage, PersonPage
from education.models.standard import StandardPage
from education.models.topics import TopicArticle, TopicIndexPage, TopicPage

__all__ = [
    "ArticleIndexPage",
    "ArticlePage",
    "HomePage",
    "LocationIndexPage",
    "LocationPage",
    "PersonIndexPage",
    "PersonPage",
    "StandardPage",
    "TopicArticle",
    "TopicIndexPage",
    "TopicPage",
]
