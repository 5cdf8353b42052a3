"""Give inline scripts of Wagtail's admin a nonce, so that the Content-Security-Policy forbids all others.

Written for: Wagtail 7.4. Replaced by: nonces or external scripts in Wagtail's own templates.
"""

from django.template.loaders.app_directories import Loader

from clinic.security.csp import script_tag


class NonceLoader(Loader):
    """Loads Wagtail's templates with a nonce in each inline script that the template itself writes.

    They come from the installed Wagtail at each start, so there's no copy that could go out of date.
    """

    def get_contents(self, origin):
        text = super().get_contents(origin)
        if origin.template_name.startswith("wagtail"):
            text = text.replace("<script>", "{% script_tag %}")
        return text


def patch_choosers() -> None:
    """Wagtail writes a chooser's script in Python, not in a template."""
    from wagtail.admin.widgets import BaseChooser  # needs the app registry

    original = BaseChooser.render

    def render(self, name, value, attrs=None, renderer=None):
        html = original(self, name, value, attrs, renderer)
        before, script, after = html.rpartition("<script>")
        return type(html)(before + script_tag() + after) if script else html

    BaseChooser.render = render
