"""Staff accounts with allauth: roles, invitations, sign-in with a second factor, and emails about these."""
