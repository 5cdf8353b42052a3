"""The five roles: groups that the migrations `clinic` 0002 and `inquiries` `clinicians_role` make."""

FRONT_DESK = "Front desk"
EDITORS = "Editors"
REVIEWERS = "Clinical reviewers"
MANAGERS = "Managers"
CLINICIANS = "Clinicians"  # they answer questions about inquiries that colleagues hand to them

# The sample accounts of `make run`: role (and user name) -> group.
DEMO_ACCOUNTS = {
    "manager": MANAGERS,
    "front-desk": FRONT_DESK,
    "editor": EDITORS,
    "reviewer": REVIEWERS,
    "clinician": CLINICIANS,
}
