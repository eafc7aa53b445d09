"""Make an agency and its first administrator (and print the one-time link with which she sets her password), or let an agency leave or arrive.

Everybody else is invited by that administrator on the page Members. The same name and e-mail again change nothing but the facts and print a
new link. `export AGENCY FOLDER` writes everything that the agency owns, `import FOLDER` brings such a folder in.
"""

from __future__ import annotations

import argparse
from typing import Final

from careloom.config.commands import CommandProblem, django_with_database, leave
from careloom.kernel.agency_kinds import AgencyKind

_NEEDED: Final = ("name", "kind", "admin_name", "admin_email")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    leave.add_actions(parser)
    parser.add_argument("--name", help="the agency's name")
    parser.add_argument("--kind", choices=[kind.value for kind in AgencyKind], metavar="KIND", help="such as HOSPITAL or CPS_AGENCY")
    parser.add_argument("--county", default="", help="its county")
    parser.add_argument("--outward-name", default="", help="the name to show outside, where its own would tell that somebody is in treatment")
    parser.add_argument("--part2", action="store_true", help="this unit is a Part 2 program (42 CFR 2.11)")
    parser.add_argument("--covered-entity", action="store_true", help="it is a HIPAA covered entity")
    parser.add_argument("--admin-name", help="the administrator's name")
    parser.add_argument("--admin-email", help="the administrator's work e-mail")


def run(args: argparse.Namespace) -> int:
    if args.action is not None:
        return leave.run(args)
    if missing := [f"--{name.replace('_', '-')}" for name in _NEEDED if not getattr(args, name)]:
        raise CommandProblem(f"To make an agency, give also {', '.join(missing)}. See: careloom agency --help")
    with django_with_database() as settings:
        from django.core.exceptions import ValidationError
        from django.core.validators import validate_email

        try:
            validate_email(args.admin_email)
        except ValidationError:
            raise CommandProblem("The administrator's e-mail is not an address. Give one such as name@agency.example.") from None
        path = _make(args)
        print("The agency is there. Its administrator opens this link once, within three days, to set a password:")
        print(f"  {settings.address}{path}")
    return 0


def _make(args: argparse.Namespace) -> str:
    from django.db import transaction

    from careloom.agencies import actions, sign_in
    from careloom.agencies.actions import Reason, Refused
    from careloom.agencies.roles import Role
    from careloom.infra import clock
    from careloom.infra.access import System, acting_as, system

    by, at = system(System.IMPORT), clock.now()
    facts = {
        "county": args.county, "outward_name": args.outward_name, "is_part2_program": args.part2, "is_covered_entity": args.covered_entity,
    }  # fmt: skip
    with transaction.atomic(), acting_as(by):
        agency = actions.make_agency(name=args.name, kind=AgencyKind(args.kind), by=by, at=at, **facts)
        if isinstance(agency, Refused) and Reason.NO_OUTWARD_NAME in agency.reasons:
            raise CommandProblem(
                "A treatment program needs a name to show outside, so that partners and mothers' pages do not tell that somebody is in treatment."
                " Give --outward-name; repeat its own name where that tells nothing."
            )
        if isinstance(agency, Refused):
            raise CommandProblem("The agency was not made. Run this as the operator of the installation.")
        member = actions.make_worker(
            name=args.admin_name, email=args.admin_email, agency_id=agency.pk, roles=[Role.AGENCY_ADMIN], by=by, at=at
        )  # fmt: skip
        if isinstance(member, Refused):
            raise CommandProblem("The administrator was not made. Run this as the operator of the installation.")
        return sign_in.set_password_path(user=member.worker.user)
