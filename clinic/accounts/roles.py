"""The four roles: groups that the migration `clinic/migrations/0002_roles.py` makes."""

FRONT_DESK = "Front desk"
EDITORS = "Editors"
REVIEWERS = "Clinical reviewers"
MANAGERS = "Managers"

# The sample accounts of `make run`: role (and user name) -> group.
DEMO_ACCOUNTS = {
    "manager": MANAGERS,
    "front-desk": FRONT_DESK,
    "editor": EDITORS,
    "reviewer": REVIEWERS,
}
