"""Cross-site request protection without a cookie or a token."""


def is_from_other_site(request):
    """Return whether a page of another site made the browser send this request.

    The same rule as Go's net/http CrossOriginProtection (Filippo Valsorda, "Cross-Site Request Forgery",
    2025) and the OWASP CSRF cheat sheet's section on fetch metadata: check Sec-Fetch-Site (all browsers since
    2023), otherwise compare Origin to Host. A client that sends neither isn't a browser, and not at risk.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in {"same-origin", "none"}
    if origin := request.headers.get("Origin"):
        return origin.partition("://")[2] != request.get_host()
    return False
