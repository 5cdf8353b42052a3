"""Leave the name out of users' own settings, because the access log and review records rely on it.

Written for: Wagtail 7.4, which lets all users rename themselves. Replaced by: a setting for the name, as
there is one for the email address (WAGTAIL_EMAIL_MANAGEMENT_ENABLED).
"""

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, BaseSettingsPanel


class OwnAccountView(AccountView):
    def get_panels(self) -> list[BaseSettingsPanel]:
        return [panel for panel in super().get_panels() if panel.name != "name_email"]


own_account = require_admin_access(OwnAccountView.as_view())
