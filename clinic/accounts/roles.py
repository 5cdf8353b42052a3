"""Names of the roles: groups created by the migrations `clinic` 0002 and `inquiries` `clinicians_role`."""

FRONT_DESK = "Front desk"
EDITORS = "Editors"
REVIEWERS = "Clinical reviewers"
MANAGERS = "Managers"
CLINICIANS = "Clinicians"  # answer questions that colleagues ask about inquiries

# The sample accounts of `make run`: username -> group.
DEMO_ACCOUNTS = {
    "manager": MANAGERS,
    "front-desk": FRONT_DESK,
    "editor": EDITORS,
    "reviewer": REVIEWERS,
    "clinician": CLINICIANS,
}
