"""Import a Word, Markdown, HTML or plain text file as a draft article."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from education.importing import Refused, make_page, read_article
from education.importing.files import MAX_FILE_BYTES
from education.models import ArticleIndexPage
from education.review.unreviewed import publish_without_review


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--parent", metavar="SLUG", help="the list of articles to add it to")
        parser.add_argument(
            "--publish",
            action="store_true",
            help="publish it immediately for a few days, marked as “not yet medically reviewed”",
        )

    def handle(self, *, file, parent, publish, **options):
        try:
            article = read_article(file.name, _read_bytes(file))
            page = make_page(article, _find_parent(parent), publish=_publish if publish else None)
        except Refused as refusal:
            raise CommandError(f"{file}: {refusal}") from refusal
        state = _("published") if publish else _("a draft")
        self.stdout.write(
            _("“%(title)s” is %(state)s at %(address)s")
            % {"title": page.title, "state": state, "address": page.full_url}
        )
        for note in article.notes:
            self.stdout.write(str(note))


def _publish(revision):
    publish_without_review(revision, None, reason=_("Imported from a file and published immediately."))


def _read_bytes(file):
    try:
        with file.open("rb") as stream:
            # One more byte than allowed is enough to tell that the file is too large.
            return stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise Refused(_("This file can’t be read: %(reason)s.") % {"reason": error.strerror}) from error


def _find_parent(slug):
    indexes = list(ArticleIndexPage.objects.all())
    matches = [index for index in indexes if slug in (None, index.slug)]
    if len(matches) == 1:
        return matches[0]
    if not indexes:
        raise Refused(_("There is no list of articles yet: run “manage.py load_starter_site” first."))
    names = ", ".join(sorted(index.slug for index in indexes))
    raise Refused(_("Name the list of articles with --parent; there are: %(names)s.") % {"names": names})
