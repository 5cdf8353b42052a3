"""For monitors: does the database answer, and is there a worker that sends the letters?"""

from datetime import timedelta

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateWorker

from clinic.errors import AWAY

SILENT_FOR = timedelta(minutes=1)  # workers report every 10 seconds


@require_safe
@never_cache
def health(request):
    """200 and {"database": true, "worker": …}; 503 while the database is away: nothing can be sent then."""
    try:
        alive = ProcrastinateWorker.objects.filter(last_heartbeat__gt=timezone.now() - SILENT_FOR)
        return JsonResponse({"database": True, "worker": alive.exists()})
    except AWAY:
        return JsonResponse({"database": False, "worker": False}, status=503)
