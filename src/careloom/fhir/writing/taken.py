"""What a system sends in is taken once: the same again changes nothing, another content under the same name is a conflict."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.fhir.clients.tokens import Bearer
from careloom.fhir.models import Taken
from careloom.fhir.serving.outcome import Problem


def hashed(said: object) -> str:
    """A hash of JSON, in which the order of names does not count."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")).hexdigest()


def before(bearer: Bearer, *, key: str) -> UUID | None:
    """What the system sent under `key` became, or None where it sent nothing."""
    return Taken.objects.filter(client=bearer.client, key=key).values_list("object_id", flat=True).first()


def take_once(bearer: Bearer, *, key: str, digest: str, at: datetime, conflict: str, make: Callable[[], UUID]) -> tuple[UUID, bool]:
    """What `make` made, now or when this was sent first; and whether it was now. `key` and `digest` are hashes of its name and its content.

    Raises `Problem`: 409 with the words of `conflict`, and what `make` raises; then nothing is kept, and it may be sent again under its name.
    """
    with transaction.atomic():
        # The row is written first: of two that come at once, the second waits here for the end of the first.
        row = Taken(client=bearer.client, key=key, digest=digest, taken_at=at)
        Taken.objects.bulk_create([row], ignore_conflicts=True)
        held = Taken.objects.get(client=bearer.client, key=key)
        if held.digest != digest:
            raise Problem(409, "conflict", conflict)
        if held.object_id is not None:
            return held.object_id, False
        made = make()
        Taken.objects.filter(pk=held.pk).update(object_id=made)
        return made, True
