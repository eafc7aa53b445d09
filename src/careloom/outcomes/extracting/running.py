"""Our own extract as the operator and the night (`night`) take it: of this installation's state, until yesterday, with a row in the audit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from careloom.infra.access import System, acting_as, system
from careloom.infra.audit.actions import record
from careloom.infra.packs import current_pack
from careloom.kernel.clocks import local_day
from careloom.outcomes.extracting.realms import realm_of
from careloom.outcomes.extracting.receiving import Received, receive
from careloom.outcomes.extracting.taking import Taken, take


def take_ours(*, at: datetime, say: Callable[[str], None] = print) -> Taken:
    """Take the extract. It knows each day until yesterday: today is not over."""
    pack = current_pack().manifest
    zone = settings.TIME_ZONE
    taken = take(
        home=_home(), at=at, until=local_day(at=at, zone=zone) - timedelta(days=1), realm=realm_of(pack.jurisdiction),
        zone=zone, synthetic=settings.CARELOOM_WORLD == "demo", say=say,
    )  # fmt: skip
    rows = sum(one.rows for one in taken.manifest.tables.values())
    _note(at, "outcomes.extract_taken", {"rows": rows, "parts": len(taken.parts), "until": taken.manifest.data_until.isoformat()})
    return taken


def receive_theirs(*, folder: Path, name: str, at: datetime, say: Callable[[str], None] = print) -> Received:
    """Take in the extract of another place of our state.

    :raises NotReceived: with every reason that was found.
    """
    realm = realm_of(current_pack().manifest.jurisdiction)
    taken = receive(home=_home(), folder=folder, name=name, realm=realm, say=say)
    _note(at, "outcomes.extract_received", {"name": taken.name, "until": taken.manifest.data_until.isoformat()})
    return taken


def _home() -> Path:
    return Path(settings.CARELOOM_HOME)


def _note(at: datetime, action: str, detail: dict[str, object]) -> None:
    viewer = system(System.EXTRACT)
    with transaction.atomic(), acting_as(viewer):
        record(by=viewer, at=at, action=action, detail=detail)
