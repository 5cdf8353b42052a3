"""Additions to the site that `wagtail start` creates: a blog, and a contact form in Wagtail and in Django."""

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page


class PlainPage(Page):
    """A page without fields."""


class BlogTag(TaggedItemBase):
    content_object = ParentalKey("BlogPage", related_name="tagged_items", on_delete=models.CASCADE)


class BlogPage(Page):
    date = models.DateField()
    introduction = models.TextField()
    body = StreamField(
        [
            ("heading", blocks.CharBlock()),
            ("paragraph", blocks.RichTextBlock()),
            ("quote", blocks.BlockQuoteBlock()),
        ]
    )
    tags = ClusterTaggableManager(through=BlogTag, blank=True)

    def get_context(self, request, *args, **kwargs):
        latest = BlogPage.objects.live().public().sibling_of(self, inclusive=False)
        return {
            **super().get_context(request, *args, **kwargs),
            "menu": Page.objects.live().in_menu().child_of(self.get_site().root_page),
            "latest": latest.order_by("-date", "-pk")[:3],
        }


class ContactField(AbstractFormField):
    page = ParentalKey("ContactPage", on_delete=models.CASCADE, related_name="form_fields")


class ContactPage(AbstractForm):
    thank_you_text = RichTextField(blank=True)


class Message(models.Model):
    """A submission of the contact form in plain Django."""

    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=50, blank=True)
    text = models.TextField()
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self):
        return self.name
