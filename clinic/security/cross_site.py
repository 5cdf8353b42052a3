"""Refuses posts that another site makes a reader's browser send, without a cookie or a token."""


def is_from_other_site(request):
    """Whether a browser says that a page of another site made this request.

    The rule of Go's net/http CrossOriginProtection (Filippo Valsorda, "Cross-Site Request Forgery", 2025)
    and of the OWASP CSRF cheat sheet's fetch metadata section: Sec-Fetch-Site where the browser sends it
    (all since 2023), else Origin against Host; with neither it is no browser, and rides on nobody's rights.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in {"same-origin", "none"}
    if origin := request.headers.get("Origin"):
        return origin.partition("://")[2] != request.get_host()
    return False
