"""The pages that patients read, one module a family of page types."""

from education.models.articles import ArticleIndexPage, ArticlePage
from education.models.home import HomePage

__all__ = ["ArticleIndexPage", "ArticlePage", "HomePage"]
