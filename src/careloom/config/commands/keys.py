"""Keys of the installation: a new master key, and the end of an agency's data key."""

from __future__ import annotations

import argparse

from careloom.config.commands import CommandProblem, django_with_database, environment
from careloom.infra.keys import Keyring


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="rotate|reseal|destroy", required=True)
    actions.add_parser("rotate", help="make a new master key; each agency's data key is wrapped anew, sealed papers stay as they are")
    anew = actions.add_parser("reseal", help="make a new data key of an agency and seal everything of it anew, while everybody works")
    anew.add_argument("agency", metavar="AGENCY", help="its exact name or its id")
    end = actions.add_parser("destroy", help="destroy the data key of an agency: its scans, signatures and receipts can never be read again")
    end.add_argument("agency", metavar="AGENCY", help="its exact name or its id")
    end.add_argument(
        "--ordered-by", required=True, metavar="TEXT", help="the order or law that asks for it, without a person's name; it stands in the log"
    )
    end.add_argument("--yes", action="store_true", help="needed, because nothing brings the key back")


def run(args: argparse.Namespace) -> int:
    return {"rotate": _rotate, "reseal": _reseal, "destroy": _destroy}[args.action](args)


def _rotate(_args: argparse.Namespace) -> int:
    settings = environment()
    count = Keyring(home=settings.home, master_file=settings.master_key_file).rotate_master()
    print(f"The master key is new. Agency keys wrapped under it: {count}. Take a backup with its keys now: careloom backup")
    return 0


def _reseal(args: argparse.Namespace) -> int:
    with django_with_database() as settings:
        from careloom.config import resealing
        from careloom.config.leaving import staff
        from careloom.infra.postgres import clients

        agency = staff.find(args.agency)
        with clients.connect(settings, "owner") as owner:
            done = resealing.reseal(
                connection=owner, ring=Keyring(home=settings.home, master_file=settings.master_key_file), agency_id=agency.pk, say=print
            )
    if done.lost:
        print(f"{done.lost:,} sealed rows open with neither key and stay as they are, and so does the former key. See docs/operations/keys.md.")
        return 1
    print(f"{done.sealed:,} were sealed anew, and the former key is destroyed. Take a backup with its keys now: careloom backup")
    return 0


def _destroy(args: argparse.Namespace) -> int:
    ordered = " ".join(args.ordered_by.split())
    if not args.yes or not ordered or len(ordered) > 80:
        raise CommandProblem("Nothing brings a destroyed key back. Name the order in at most 80 characters (--ordered-by), and add --yes.")
    with django_with_database() as settings:
        from django.db import transaction

        from careloom.agencies.models import Agency
        from careloom.config.leaving import staff
        from careloom.infra import clock
        from careloom.infra.access import System, acting_as, system
        from careloom.infra.audit.actions import record
        from careloom.infra.postgres import clients
        from careloom.keeping.standing import stands_anywhere

        agency = staff.find(args.agency)
        by = system(System.JOB, holder_id=agency.pk)
        # Whoever places a hold waits for the agency's row, so none can begin between the question and the deed.
        with clients.connect(settings, "owner") as owner, owner.cursor() as cursor, transaction.atomic(), acting_as(by):
            Agency.objects.select_for_update().get(pk=agency.pk)
            record(by=by, at=clock.now(), action="agencies.key_destroyed", object_id=agency.pk, detail={"ordered_by": ordered})
            Keyring(home=settings.home, master_file=settings.master_key_file).destroy_agency_key(
                agency.pk, held=lambda: stands_anywhere(cursor, holder_id=agency.pk)
            )
    print("The data key is destroyed. Take a backup with its keys now, so that no copy of it stays: careloom backup")
    return 0
