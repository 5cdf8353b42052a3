"""Patches of Wagtail, Django and allauth, one file each.

Each states the version it was written for, the reason, and the upstream change that would replace it.
tests/clinic/wagtail_overrides/test_upstream.py fails when patched code changes.
"""
