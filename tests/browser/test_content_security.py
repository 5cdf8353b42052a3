"""Checks that browser tests would fail on a content security violation (tests.support.browsing)."""


def test_a_content_security_violation_is_recorded(site):
    page = site.open("/contact/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")
    page.evaluate("0")  # returns after the browser has reported the violation
    assert site.policy_violations
    site.policy_violations.clear()
