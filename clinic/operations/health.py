"""Health endpoints for monitors: `/healthz` (liveness) and `/readyz` (readiness)."""

from django.http import HttpRequest, JsonResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clinic.errors import DATABASE_UNAVAILABLE
from clinic.models.operations import Backup
from clinic.operations import checks
from clinic.operations.checks.network import echo_request
from clinic.operations.metrics import is_local

# Checks that a new version must pass before it receives traffic.
SERVING = ["database", "migrations", "static_files", "readable_messages"]


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Respond with 200 as long as the process runs. Doesn't query the database: a restart wouldn't fix it."""
    seen = echo_request(request)
    return JsonResponse({"alive": True, **({"as_seen": seen} if seen else {})})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Respond with 503 unless all readiness checks pass, or with `?for=serving` those in SERVING.

    Problems and numbers of inquiries are only for this machine.
    """
    names = SERVING if request.GET.get("for") == "serving" else checks.names_for_readiness()
    found = checks.run(names)
    problems = {name: str(problem) for name, problem in found.items() if problem}
    answer = {"ready": not problems, "checks": {name: name not in problems for name in found}}
    if is_local(request):
        answer |= {"problems": problems, "last_proven_restore": last_proven_restore()}
    return JsonResponse(answer, status=503 if problems else 200)


def last_proven_restore() -> str | None:
    try:
        proven = Backup.objects.latest_proven()
    except DATABASE_UNAVAILABLE:
        return None
    if not proven:
        return None
    at = date_format(localtime(proven.proven_at), "Y-m-d H:i T")
    inquiries = proven.counts.get("inquiries_inquiry", 0)
    return f"{at}, {proven.proof_seconds:.0f} s, {inquiries:,} inquiries"
