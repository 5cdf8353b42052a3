"""A person at a browser, on the live site."""

from urllib.parse import urlsplit

from playwright.sync_api import Error

from tests.support.signing_in import Client


class Tabs:
    """Open tabs, each in a browser profile of its own, used again: a new one costs as much as a page."""

    def __init__(self, browser):
        self.browser = browser
        self.free = {}

    def take(self, **profile):
        kind = tuple(sorted(profile.items()))
        if found := self.free.get(kind):
            return found.pop()
        page = self.browser.new_context(**profile).new_page()
        page.kind = kind
        return page

    def give_back(self, page):
        """Keep the tab, emptied of what its test has left in it; not where it can't be emptied."""
        try:
            # Left by itself and not by `goto`, or the next page would need a new process.
            page.evaluate("sessionStorage.clear(), localStorage.clear(), location.replace('about:blank')")
            page.wait_for_url("about:blank")
            page.unroute_all()
            page.context.clear_cookies()
        except Error:  # closed, or an error page of the browser's own
            page.context.close()
        else:
            self.free.setdefault(page.kind, []).append(page)


class Browsing:
    """Opens pages, each in a browser profile of its own, and notes what no page of ours may do."""

    def __init__(self, tabs, url):
        self.tabs = tabs
        self.url = url
        self.pages = []
        self.foreign = []
        self.refused = []

    def open(
        self,
        path,
        *,
        user=None,
        width=1280,
        height=900,
        color_scheme="light",
        forced_colors="none",
        **profile,
    ):
        """A new page at `path`, signed in as `user`; `profile` as in Playwright's Browser.new_context."""
        page = self.tabs.take(base_url=self.url, **profile)
        self.pages.append(page)
        page.context.on("request", self._note)
        page.context.on("console", self._listen)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(
            media="null",
            color_scheme=color_scheme,
            forced_colors=forced_colors,
            reduced_motion="reduce",  # else each click below waits a second for the smooth scrolling
        )
        if user:
            page.context.add_cookies([self._session_of(user)])
        page.set_default_timeout(10_000)
        page.goto(path)
        return page

    def close(self):
        for page in self.pages:
            page.context.remove_listener("request", self._note)
            page.context.remove_listener("console", self._listen)
            self.tabs.give_back(page)
        assert self.foreign == [], "a page asked another host for something"
        assert self.refused == [], "the Content-Security-Policy refused something"

    def _note(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.netloc != urlsplit(self.url).netloc:
            self.foreign.append(request.url)

    def _listen(self, message):
        if "Content Security Policy" in message.text:
            self.refused.append((message.page.url, message.text))

    def _session_of(self, user):
        client = Client()
        client.force_login(user)
        return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.url}
