"""A browser on the live site."""

from urllib.parse import urlsplit

from playwright.sync_api import Error

from tests.support.signing_in import Client


class Tabs:
    """A pool of tabs with separate browser profiles, because creating one takes as long as loading a page."""

    def __init__(self, browser):
        self.browser = browser
        self.free = {}

    def acquire(self, **profile):
        kind = tuple(sorted(profile.items()))
        if found := self.free.get(kind):
            return found.pop()
        page = self.browser.new_context(**profile).new_page()
        page.kind = kind
        return page

    def release(self, page):
        """Reset a tab and return it to the pool, or close it if that fails."""
        try:
            # Navigates with a script, as `goto` would start a new process for the next page.
            page.evaluate("sessionStorage.clear(), localStorage.clear(), location.replace('about:blank')")
            page.wait_for_url("about:blank")
            page.unroute_all()
            page.context.clear_cookies()
        except Error:  # closed, or on a browser error page
            page.context.close()
        else:
            self.free.setdefault(page.kind, []).append(page)


class Browsing:
    """Opens pages in separate browser profiles; fails on external requests and policy violations."""

    def __init__(self, tabs, url):
        self.tabs = tabs
        self.url = url
        self.pages = []
        self.external_requests = []
        self.policy_violations = []

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
        """Open `path`, signed in as `user`; `profile` is passed to Playwright's Browser.new_context."""
        page = self.tabs.acquire(base_url=self.url, **profile)
        self.pages.append(page)
        page.context.on("request", self._check_request)
        page.context.on("console", self._check_message)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(
            media="null",
            color_scheme=color_scheme,
            forced_colors=forced_colors,
            reduced_motion="reduce",  # smooth scrolling would delay each click by a second
        )
        if user:
            page.context.add_cookies([self._session_cookie(user)])
        page.set_default_timeout(10_000)
        page.goto(path)
        return page

    def close(self):
        for page in self.pages:
            page.context.remove_listener("request", self._check_request)
            page.context.remove_listener("console", self._check_message)
            self.tabs.release(page)
        assert self.external_requests == [], "a page requested something from another host"
        assert self.policy_violations == [], "the Content-Security-Policy blocked something"

    def _check_request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.netloc != urlsplit(self.url).netloc:
            self.external_requests.append(request.url)

    def _check_message(self, message):
        if "Content Security Policy" in message.text:
            self.policy_violations.append((message.page.url, message.text))

    def _session_cookie(self, user):
        client = Client()
        client.force_login(user)
        return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.url}
