"""The models of the public site, with one module per family of page types."""

from education.models.articles import ArticleIndexPage, ArticlePage
from education.models.checks import BrokenLink, WordToAvoid
from education.models.feedback import PageFeedback
from education.models.glossary import GlossaryPage, TermPage
from education.models.home import HomePage, StandardPage
from education.models.imports import PendingImport
from education.models.locations import LocationIndexPage, LocationPage
from education.models.people import PersonIndexPage, PersonPage
from education.models.safety import SafetyNotice
from education.models.search import FailedSearch, SearchSynonym, SearchWord
from education.models.topics import TopicArticle, TopicIndexPage, TopicPage
from education.review.models import ClinicalReview, ReviewSettings, UnreviewedPublication
from education.review.workflow import ClinicalReviewState, ClinicalReviewTask
