"""What happens to messages by itself. Runs as System.JOB, one agency after the other; config/jobs.py says when."""

from __future__ import annotations

from datetime import datetime

from careloom.agencies.models import Agency
from careloom.infra.access import System, acting_as, system
from careloom.messages.actions.sending import send_waiting


def run(*, at: datetime) -> int:
    """Send what waited for the hours in which somebody may be reached; how many messages left. Running it twice sends nothing twice."""
    sent = 0
    for agency_id in Agency.objects.filter(active=True).order_by("pk").values_list("pk", flat=True):
        job = system(System.JOB, holder_id=agency_id)
        with acting_as(job):
            sent += send_waiting(by=job, at=at)
    return sent
