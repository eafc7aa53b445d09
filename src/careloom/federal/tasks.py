"""The job that writes federal files: a chunk in each transaction, so that one that was stopped goes on where it was and writes nothing twice."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from careloom.agencies.sealing import seal, unseal
from careloom.federal.agreeing import agreement_of
from careloom.federal.layouts import AGENCY, CHILD, Layout, layouts
from careloom.federal.models import FAILED, READY, WAITING, WRITING, FederalChunk, FederalFault, FederalFile
from careloom.federal.records import Record, foot, head, record_of, table_of
from careloom.federal.values import Ids
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.keys import Keyring
from careloom.infra.packs import current_pack

CHUNK = 500
USE = "federal-files"
_READS = {CHILD: "federal_reports"}


def work(*, at: datetime, go_on: Callable[[], bool] = lambda: True) -> int:
    """Write what was asked for, oldest first, as long as `go_on` says; how many chunks were written. Safe to repeat and to stop at any moment."""
    written = 0
    while go_on():
        if not one_step(at=at):
            return written
        written += 1
    return written


def one_step(*, at: datetime) -> bool:
    """One chunk, or the end, of the oldest file that is not done; False where there is none."""
    with acting_as(system(System.EXTRACT)), transaction.atomic():
        file = FederalFile.objects.select_for_update(skip_locked=True).filter(state__in=(WAITING, WRITING)).order_by("asked_at", "pk").first()
        if file is None:
            return False
        layout = layouts(pack=settings.CARELOOM_PACK).get(file.layout)
        if layout is None or layout.digest != file.layout_digest:
            # Half of a file in one layout and half in another would be a file of neither.
            file.state, file.problem, file.finished_at = FAILED, "LAYOUT_CHANGED", at
            file.save()
            return True
        if file.state == WAITING:
            file.state, file.expected = WRITING, _expected(file)
        if file.kind == AGENCY:
            _write_table(file, layout, at=at)
        else:
            _write_chunk(file, layout, at=at)
        file.save()
    return True


def text_parts(file: FederalFile, layout: Layout, *, state: str) -> Iterator[str]:
    """A finished file, part by part as it was written."""
    yield head(layout, file, state=state, draft=file.is_draft)
    for place in range(file.chunks):
        part = FederalChunk.objects.get(file=file, place=place)
        yield unseal(bytes(part.sealed), use=USE, of=f"{file.pk}:{place}").decode()
    yield foot(layout)


def _write_chunk(file: FederalFile, layout: Layout, *, at: datetime) -> None:
    rows = _read(file)
    if not rows:
        _finish(file, layout, at=at)
        return
    ids, state = Ids(key=Keyring(home=settings.CARELOOM_HOME).secret("federal-ids").encode()), current_pack().manifest.jurisdiction
    records = [record_of(row, layout=layout, file=file, state=state, ids=ids) for row in rows]
    _put(file, "".join(one.text for one in records))
    _note(file, records)
    file.last_id = rows[-1][0]


def _put(file: FederalFile, text: str) -> None:
    sealed = seal(text.encode(), use=USE, of=f"{file.pk}:{file.chunks}")
    FederalChunk.objects.create(file=file, place=file.chunks, sealed=sealed)
    file.chunks += 1


def _note(file: FederalFile, records: list[Record]) -> None:
    """What is wrong and what is missing in the records of a chunk, added to what stood in the ones before."""
    FederalFault.objects.bulk_create(
        FederalFault(
            file=file, holder_id=one.holder_id, row_id=one.row_id, record=one.name, field=fault.field, code=fault.code, is_error=fault.is_error,
            kind=file.kind, period=file.period,
        )
        for one in records
        for fault in one.faults
    )  # fmt: skip
    missing, tallied = Counter(file.missing), Counter({name: value for name, value in file.tallied.items() if isinstance(value, int)})
    for one in records:
        missing.update(one.missing)
        tallied.update(one.tallied)
    file.records += len(records)
    file.errors += sum(fault.is_error for one in records for fault in one.faults)
    file.warnings += sum(not fault.is_error for one in records for fault in one.faults)
    # A child with two reports is one infant: whom the count already has is kept by encrypted id, never by name or by our own id.
    infants = sorted({*file.tallied.get("infants", []), *(one.child for one in records if one.tallied["ipse"])})
    file.missing, file.tallied = dict(missing), {**tallied, **({"infants": infants} if file.kind == CHILD else {})}


def _write_table(file: FederalFile, layout: Layout, *, at: datetime) -> None:
    counts = _ask("SELECT federal_agency(%s, %s)", file.starts_on, file.ends_on)[0][0]
    text, faults, texts = table_of(layout, {"counts": _json(counts)}, file=file)
    _put(file, text)
    file.records, file.errors = len(layout.fields), sum(fault.is_error for fault in faults)
    file.missing = {name: 1 for name, value in texts.items() if not value}
    file.tallied = {"lines": texts}
    _finish(file, layout, at=at)


def _finish(file: FederalFile, layout: Layout, *, at: datetime) -> None:
    """The file is whole: whether it may be final, whether it agrees with our own counts, and its digest."""
    pack = current_pack()
    because = {
        "UNCONFIRMED": bool(layout.unconfirmed), "ERRORS": file.errors > 0, "PERIOD_OPEN": clock.today() < file.ends_on,
        "PRACTICE": pack.manifest.fictional,
    }  # fmt: skip
    file.draft_because = [code for code, holds in because.items() if holds]
    file.is_draft = bool(file.draft_because)
    file.agreement = agreement_of(file, pack=pack, at=at)
    earlier = FederalFault.objects.filter(kind=file.kind, period=file.period, stands=True, file__holder_id=file.holder_id)
    earlier.exclude(file=file).update(stands=False)
    digest = hashlib.sha256()
    for part in text_parts(file, layout, state=pack.manifest.jurisdiction):
        digest.update(part.encode())
    file.state, file.finished_at, file.digest = READY, at, digest.hexdigest()


def _read(file: FederalFile) -> list[tuple[Any, Any, Any]]:
    name = _READS.get(file.kind, "federal_removals")
    rows = _ask(f"SELECT row_id, holder, facts FROM {name}(%s, %s, %s, %s)", file.starts_on, file.ends_on, file.last_id, CHUNK)
    return [(row_id, holder, _json(facts)) for row_id, holder, facts in rows]


def _expected(file: FederalFile) -> int:
    if file.kind == AGENCY:
        return 1
    return int(_ask("SELECT federal_expected(%s, %s, %s)", file.kind, file.starts_on, file.ends_on)[0][0])


def _ask(sql: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def _json(value: Any) -> Any:
    import json

    return json.loads(value) if isinstance(value, str) else value
