"""Every patch of Wagtail, Django or allauth, one file each.

Each says which version it was written for, why, and which upstream change would replace it.
tests/clinic/wagtail_overrides/test_upstream.py fails when the code that a patch stands on changes.
"""
