from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from wagtail.admin.menu import MenuItem


class PermittedMenuItem(MenuItem):
    """A menu item that's shown to users with a given permission."""

    def __init__(self, permission: str, label: str | Promise, url_name: str, **options: Any) -> None:
        super().__init__(label, reverse(url_name), **options)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)
