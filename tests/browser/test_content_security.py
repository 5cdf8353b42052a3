"""Each test in a browser fails where a policy refused something (tests.support.browsing): that it would."""


def test_a_refusal_is_noticed(site):
    page = site.open("/contact/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")
    page.evaluate("0")  # the browser has told all that came before
    assert site.refused
    site.refused.clear()
