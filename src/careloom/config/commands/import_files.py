"""Bring in FHIR bundles of a family, families from a spreadsheet, or a directory (HSDS, the SAMHSA locator's JSON), as a worker of an agency."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from careloom.config.commands import CommandProblem, django_with_database, import_sheet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", required=True)
    fhir = kinds.add_parser("fhir", help="a mother's bundle, then her infants'")
    fhir.add_argument("files", nargs="+", type=Path, metavar="FILE")
    fhir.add_argument("--as", dest="email", required=True, metavar="E-MAIL", help="the worker who brings them in, by sign-in e-mail")
    fhir.add_argument("--infants-only", action="store_true", help="every file is an infant's")
    fhir.add_argument("--dry-run", action="store_true", help="read and check, write nothing")
    sheet = kinds.add_parser("sheet", help="families from a spreadsheet (CSV), a row for each child")
    sheet.add_argument("files", nargs=1, type=Path, metavar="FILE")
    sheet.add_argument("--as", dest="email", required=True, metavar="E-MAIL", help="the worker who brings them in, by sign-in e-mail")
    sheet.add_argument("--mapping", type=Path, metavar="FILE", help="what its columns mean, saved from the page; without it their names decide")
    sheet.add_argument("--dry-run", action="store_true", help="look through it, write nothing")
    for kind, words in (("hsds", "an HSDS 3.0 folder, zip or JSON"), ("samhsa", "the SAMHSA locator's JSON")):
        one = kinds.add_parser(kind, help=words)
        one.add_argument("files", nargs=1, type=Path, metavar="FILE")
        one.add_argument("--source", required=True, help="a short name of this directory, the same each time, such as columbia-211")
        one.add_argument("--as", dest="email", required=True, metavar="E-MAIL", help="the directory steward, by sign-in e-mail")


def run(args: argparse.Namespace) -> int:
    for path in args.files:
        if not path.exists():
            raise CommandProblem(f"There is no file {path}. Check the name and start again.")
    with django_with_database():
        viewer = _viewer(args.email)
        if args.kind == "sheet":
            return import_sheet.run(file=args.files[0], mapping_file=args.mapping, dry_run=args.dry_run, viewer=viewer)
        return _families(args, viewer) if args.kind == "fhir" else _directory(args, viewer)


def _viewer(email: str) -> Any:
    from careloom.agencies.models import User
    from careloom.agencies.queries import memberships_of, viewer_of
    from careloom.infra import clock

    user = User.objects.filter(email=email.lower(), is_active=True).first()
    members = memberships_of(user_id=user.pk, at=clock.now()) if user else []
    if len(members) != 1:
        raise CommandProblem("No worker with exactly one agency signs in with this e-mail. Check it in the agency's list of members.")
    return viewer_of(members[0])


def _families(args: argparse.Namespace, viewer: Any) -> int:
    from careloom.exchange.importing import File, Refused, import_family, read_files
    from careloom.infra import clock
    from careloom.infra.access import acting_as

    if not viewer.can("IMPORT_RECORDS"):
        raise CommandProblem("This worker's role does not bring in records. Ask the agency's administrator.")
    files = [File(name=path.name, data=path.read_bytes()) for path in args.files]
    mother, infants = (None, tuple(files)) if args.infants_only else (files[0], tuple(files[1:]))
    with acting_as(viewer):
        answer = (
            read_files(mother=mother, infants=infants) if args.dry_run else import_family(by=viewer, at=clock.now(), mother=mother, infants=infants)
        )
    if isinstance(answer, Refused):
        for name, problem in answer.problems:
            print(f"{name}: {problem.path}: {problem.what} {problem.next_step}")
        print("Nothing was brought in.")
        return 1
    for name, problem in answer.warnings:
        print(f"{name}: {problem.what} {problem.next_step}")
    if args.dry_run:
        print("The files can be read and fit together. Nothing was written (--dry-run).")
        return 0
    print(f"Brought in: {answer.put.added} new facts, {answer.put.changed} changed, {answer.put.same} already known.")
    for word, counts in (("Used", answer.used), ("Known and left out", answer.unused), ("Unknown to FHIR R4", answer.unknown)):
        if counts:
            print(f"{word}: " + ", ".join(f"{kind} {number}" for kind, number in counts.items()))
    return 0


def _directory(args: argparse.Namespace, viewer: Any) -> int:
    from careloom.directory.actions import import_directory
    from careloom.directory.facts import DirectoryRefused
    from careloom.exchange.hsds import read_path
    from careloom.infra import clock
    from careloom.infra.access import acting_as

    try:
        facts = read_path(path=args.files[0], source=args.source)
    except DirectoryRefused as refusal:
        for problem in refusal.problems:
            print(problem)
        print("Nothing was brought in.")
        return 1
    if not viewer.can("DIRECTORY_EDIT"):
        raise CommandProblem("This worker's role does not edit the directory. Ask the agency's administrator.")
    with acting_as(viewer):
        result = import_directory(facts=facts, by=viewer, at=clock.now())
    for change in result.changes:
        print(f"{change.table}: {change.added} new, {change.updated} changed, {change.unchanged} the same, {change.ended} ended")
    for problem in result.problems:
        print(problem)
    return 0
