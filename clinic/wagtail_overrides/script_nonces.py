"""Add nonces to inline scripts of Wagtail's admin, so the Content-Security-Policy can block all others.

Written for: Wagtail 7.4. Replaced by: nonces or external scripts in Wagtail's own templates.
"""

from django.template.loaders.app_directories import Loader

from clinic.security.csp import script_tag


class NonceLoader(Loader):
    """Adds nonces to Wagtail's templates as they're loaded, so there are no copies to keep up to date."""

    def get_contents(self, origin):
        text = super().get_contents(origin)
        if origin.template_name.startswith("wagtail"):
            text = text.replace("<script>", "{% script_tag %}")
        return text


def patch_choosers() -> None:
    """Add nonces to choosers, whose scripts come from Python instead of templates."""
    from wagtail.admin.widgets import BaseChooser  # needs the app registry

    original = BaseChooser.render

    def render(self, name, value, attrs=None, renderer=None):
        html = original(self, name, value, attrs, renderer)
        before, script, after = html.rpartition("<script>")
        return type(html)(before + script_tag() + after) if script else html

    BaseChooser.render = render
