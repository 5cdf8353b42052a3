"""A person at a browser, on the live site."""

from urllib.parse import urlsplit

from tests.support.signing_in import Client


class Browsing:
    """Opens pages, each in a browser profile of its own, and notes what they ask other hosts for."""

    def __init__(self, browser, url):
        self.browser = browser
        self.url = url
        self.contexts = []
        self.foreign = []

    def open(self, path, *, user=None, width=1280, height=900, **profile):
        """A new page at `path`, signed in as `user`; `profile` as in Playwright's Browser.new_context."""
        calm = {"reduced_motion": "reduce"}  # else each click below waits a second for the smooth scrolling
        context = self.browser.new_context(
            base_url=self.url, viewport={"width": width, "height": height}, **calm | profile
        )
        self.contexts.append(context)
        context.on("request", self._note)
        if user:
            context.add_cookies([self._session_of(user)])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(path)
        return page

    def close(self):
        for context in self.contexts:
            context.close()
        assert self.foreign == [], "a page asked another host for something"

    def _note(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.netloc != urlsplit(self.url).netloc:
            self.foreign.append(request.url)

    def _session_of(self, user):
        client = Client()
        client.force_login(user)
        return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.url}
