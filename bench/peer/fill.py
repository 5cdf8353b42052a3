"""Create the pages to measure and a superuser: python -m peer.fill"""

from datetime import date

import django
from django.conf import settings

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 (needs django.setup)

PARAGRAPHS = "<p>Made up, and as long as a paragraph about a treatment mostly is. </p>" * 8


def create_queue():
    from helpdesk.models import Queue

    Queue.objects.create(title="Inquiries", slug="inquiries")


def create_pages():
    from wagtail.models import Page

    from peer.models import BlogPage, ContactField, ContactPage, PlainPage

    home = Page.objects.get(depth=2)
    home.add_child(instance=PlainPage(title="Plain", slug="plain"))
    blog = home.add_child(instance=PlainPage(title="Blog", slug="blog", show_in_menus=True))
    body = [("heading", "Made up"), ("paragraph", PARAGRAPHS), ("quote", "Made up.")] * 4
    post = BlogPage(title="Post", slug="post", date=date(2020, 1, 1), introduction=PARAGRAPHS, body=body)
    post.tags.add("one", "two", "three")
    blog.add_child(instance=post)
    contact = home.add_child(instance=ContactPage(title="Contact", slug="contact", show_in_menus=True))
    for label, kind in {"Name": "singleline", "Email": "email", "Phone": "singleline"}.items():
        ContactField.objects.create(page=contact, label=label, field_type=kind, required=False)
    ContactField.objects.create(page=contact, label="Text", field_type="multiline")


get_user_model().objects.create_superuser("admin")
create_queue() if settings.PEER == "helpdesk" else create_pages()
