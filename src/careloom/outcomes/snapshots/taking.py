"""Taking a snapshot, and taking it again: the inputs are kept beside the figures, so whoever doubts a number can have it computed once more.

Source: O14, R-087; DESIGN section 6.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction

from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.audit.actions import record
from careloom.outcomes.models import Curve, Figure, Snapshot
from careloom.outcomes.snapshots import places

Say = Callable[[str], None]
_BATCH = 2_000


class CannotCompute(RuntimeError):
    """No snapshot was taken; the text says why and what to do."""


def take(*, at: datetime, request_key: str, engine: str = "duckdb", say: Say = lambda _: None) -> Snapshot:
    """Compute every indicator over all extracts that lie here, and keep figures and inputs. The same key gives the same snapshot again.

    Nothing is kept of a computation that fails or is stopped. The figures are not protected yet: until publishing has judged them only the state's
    lead reads them.

    :raises CannotCompute: there is no extract, they end on different days, or the computation failed.
    """
    done = Snapshot.objects.filter(request_key=request_key).first()
    if done is not None:
        return done
    extracts = places.extracts()
    if not extracts:
        raise CannotCompute("There is no extract to compute from. Make one with: careloom outcomes extract")
    manifests = {name: json.loads((folder / places.MANIFEST).read_text(encoding="utf-8")) for name, folder in extracts.items()}
    # Figures end where the first of the extracts ends, and begin where the last of them begins: what one place does not tell is unknown for all.
    until = min(date.fromisoformat(manifest["data_until"]) for manifest in manifests.values())
    inputs = [{"name": name, "tables": manifest["tables"], "since": manifest.get("data_from", "")} for name, manifest in manifests.items()]
    snapshot_id = uuid4()
    home = places.kept(snapshot_id)
    try:
        folders = [_linked(folder, home / "inputs" / name) for name, folder in extracts.items()]
        # Computed before anything is written, so that no transaction stays open for minutes.
        rows, end = _computed(_lines(folders, engine=engine, since=_since(inputs), until=until, out=home / "rows"), say)
        snapshot = Snapshot(
            id=snapshot_id, request_key=request_key, made_at=at, data_until=until, engine=engine, folder=str(home.relative_to(places.home())),
            inputs=inputs, definitions=end["definitions"], code_version=end["code"], figures_hash=end["figures_hash"],
        )  # fmt: skip
        _keep(snapshot, rows, at=at)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    return snapshot


def again(*, snapshot: Snapshot, engine: str = "", say: Say = lambda _: None) -> bool:
    """Compute a snapshot again from its kept inputs, by its own engine or another; whether every figure and curve came out the same.

    :raises CannotCompute: the inputs are gone, or the computation failed.
    """
    inputs = places.home() / snapshot.folder / "inputs"
    folders = [inputs / one["name"] for one in snapshot.inputs]
    if not all(folder.is_dir() for folder in folders):
        raise CannotCompute("The inputs of this snapshot are no longer kept here. Restore the data folder of its day to run it again.")
    for line in _lines(folders, engine=engine or snapshot.engine, since=_since(snapshot.inputs), until=snapshot.data_until, out=None):
        if "doing" in line:
            say(_progress(line))
        if "end" in line:
            return bool(line["end"]["figures_hash"] == snapshot.figures_hash)
    raise CannotCompute("The computation ended without a result.")


def newest(*, viewer: Viewer) -> Snapshot | None:
    """The newest snapshot that `viewer` may read something of: others than the state's lead wait until it is protected."""
    rows = Snapshot.objects.order_by("-made_at")
    return (rows if viewer.can("COUNTS_EXACT") else rows.filter(sealed_at__isnull=False)).first()


def _linked(source: Path, target: Path) -> Path:
    """The extract as it is now. Its files are replaced and never changed, so a hard link keeps them for nothing; another disk gets a copy."""
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        to = target / file.relative_to(source)
        to.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file, to)
        except OSError:
            shutil.copy2(file, to)
    return target


def _since(inputs: Sequence[Mapping[str, Any]]) -> str:
    """The first day that every extract knows whole; "" where all of them reach back as far as their rows."""
    return max((one.get("since", "") for one in inputs), default="")


def _lines(folders: Sequence[Path], *, engine: str, since: str, until: date, out: Path | None) -> Iterator[Mapping[str, Any]]:
    """The lines of a child process that computes (see computing.py)."""
    reach = {"since": since, "until": until.isoformat()}
    job = {"folders": [str(folder) for folder in folders], "engine": engine, "out": "" if out is None else str(out), **reach}
    command = [sys.executable, "-W", "ignore", "-m", "careloom.outcomes.snapshots.computing"]
    # What it says on standard error is for whoever runs it: it holds codes and places in the code, and no data.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            with child.stdin as told:
                json.dump(job, told)
            ended = False
            for text in child.stdout:
                line = json.loads(text)
                if "problem" in line:
                    raise CannotCompute(line["problem"])
                ended = ended or "end" in line
                yield line
            if child.wait() or not ended:
                raise CannotCompute("The process that computes died. Look at the disk and the memory, then take the snapshot again.")
        finally:
            child.kill()


def _computed(lines: Iterator[Mapping[str, Any]], say: Say) -> tuple[list[Mapping[str, Any]], Mapping[str, str]]:
    """The lines that are figures and curves, and what the process said at its end."""
    rows: list[Mapping[str, Any]] = []
    end: Mapping[str, str] = {}
    for line in lines:
        if "doing" in line:
            say(_progress(line))
        elif "end" in line:
            end = line["end"]
        else:
            rows.append(line)
    return rows, end


@transaction.atomic
def _keep(snapshot: Snapshot, rows: Sequence[Mapping[str, Any]], *, at: datetime) -> None:
    viewer = system(System.EXTRACT)
    with acting_as(viewer):
        snapshot.save(force_insert=True)
        Figure.objects.bulk_create([_figure(snapshot, row["figure"]) for row in rows if "figure" in row], batch_size=_BATCH)
        Curve.objects.bulk_create([Curve(snapshot=snapshot, **row["curve"]) for row in rows if "curve" in row], batch_size=_BATCH)
        record(by=viewer, at=at, action="outcomes.snapshot_taken", object_id=snapshot.pk, detail={"engine": snapshot.engine})


def _figure(snapshot: Snapshot, told: Sequence[Any]) -> Figure:
    code, variant, period, starts_on, ends_on, by, value, counted, met, apart, unripe, whole, part = told
    return Figure(
        snapshot=snapshot, indicator=code, variant=variant, period=period, starts_on=starts_on, ends_on=ends_on, by=by, value=value,
        counted=counted, met=met, apart=apart, unripe=unripe, whole=whole, part=part,
    )  # fmt: skip


def _progress(line: Mapping[str, Any]) -> str:
    return f"{line['done'] + 1} of {line['of']}: {line['doing']}"
