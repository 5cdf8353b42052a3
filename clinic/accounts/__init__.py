"""Staff accounts: roles, invitations, signing in with a second factor, and emails about it; with allauth."""
