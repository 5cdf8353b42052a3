from django import template

from inquiries.choices import Topic
from inquiries.forms import InquiryForm

register = template.Library()


@register.inclusion_tag("inquiries/includes/form.html", takes_context=True)
def inquiry_form(context):
    """The inquiry form at a page's end; it remembers which page, and which revision of it, was read."""
    page = context["page"]
    answers = {"page": page.pk, "page_revision": page.live_revision_id, "topic": Topic.ARTICLE}
    return {
        "form": InquiryForm(initial=answers),
        "request": context["request"],
        "settings": context["settings"],
    }
