"""Bring families in from a spreadsheet at the command line: the same steps as the page, one after the other."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from careloom.config.commands import CommandProblem


def run(*, file: Path, mapping_file: Path | None, dry_run: bool, viewer: Any) -> int:
    """Take the file, look through it, print what is wrong, and bring the rest in unless it is a dry run. Ends with 1 where rows were left out."""
    from django.db import transaction

    from careloom.agencies.models import Agency
    from careloom.exchange.models import Sheet
    from careloom.exchange.sheets import actions, words
    from careloom.exchange.sheets.mapping import NotAMapping, mapping_of, read_mapping
    from careloom.exchange.sheets.work import work
    from careloom.infra import clock
    from careloom.infra.access import System, acting_as, system
    from careloom.infra.answers import Refused

    if not viewer.can("IMPORT_RECORDS"):
        raise CommandProblem("This worker's role does not bring in records. Ask the agency's administrator.")
    try:
        told = read_mapping(mapping_file.read_text(encoding="utf-8")) if mapping_file else None
    except (NotAMapping, UnicodeDecodeError):
        raise CommandProblem(f"{mapping_file} is no mapping file. Save one from the page under /import/sheets/.") from None
    with acting_as(viewer), transaction.atomic():
        zone = Agency.objects.get(pk=viewer.holder_id).zone
        done = actions.take(by=viewer, at=clock.now(), data=file.read_bytes(), mapping=told, request_key=uuid4().hex)
        if not isinstance(done, Refused):
            spec = mapping_of(actions.sheet_of(viewer=viewer, sheet_id=done.row_id).spec)
            checked = actions.check(by=viewer, at=clock.now(), today=clock.today(zone), sheet_id=done.row_id, mapping=spec, keep_as="")
            done = checked if isinstance(checked, Refused) else done
    if isinstance(done, Refused):
        print("\n".join(str(words.NOT_READ.get(code) or words.GAPS[code]) for code in done.codes))
        return 1
    with acting_as(viewer), transaction.atomic():
        row = actions.sheet_of(viewer=viewer, sheet_id=done.row_id)
        for number, faults in row.wrong:
            print(f"Row {number}: " + "; ".join(f"{words.FIELDS[field]}: {words.FAULTS[code]}" for field, code in faults))
        print(f"{row.good:,} of {row.rows:,} rows can be brought in.")
        if dry_run or not row.good:
            actions.drop(by=viewer, at=clock.now(), sheet_id=row.pk)
            print("Nothing was written (--dry-run)." if dry_run else "Nothing was brought in.")
            return 1 if row.good < row.rows else 0
        actions.begin(by=viewer, at=clock.now(), sheet_id=row.pk)
        row = actions.sheet_of(viewer=viewer, sheet_id=row.pk)
    while row.state == actions.RUNNING:
        # The worker process of the installation may be at it as well; each row is done once.
        work(now=clock.now)
        time.sleep(0.2)
        with acting_as(system(System.JOB)), transaction.atomic():
            row = Sheet.objects.get(pk=row.pk)
        print(f"{row.place:,} of {row.rows:,} rows")
    print(f"{words.STATES[row.state]}. New children: {row.made:,}; here already: {row.same:,}.")
    return 1 if row.good < row.rows or row.state != actions.DONE else 0
