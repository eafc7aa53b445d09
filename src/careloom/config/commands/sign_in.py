"""List the identity providers that agencies registered, and confirm that the work e-mails of one are its agency's. Until then it opens nothing.

Confirm only what you know: who runs the provider can sign in as any member of that agency with such an e-mail.
"""

from __future__ import annotations

import argparse
from uuid import UUID

from careloom.config.commands import CommandProblem, django_with_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="every provider in use or waiting, with its agency and the ends of its e-mails")
    confirm = actions.add_parser("confirm", help="let a provider sign in its agency's members")
    confirm.add_argument("provider", type=UUID, help="its id, as the list shows it")


def run(args: argparse.Namespace) -> int:
    with django_with_database():
        return _list() if args.action == "list" else _confirm(args.provider)


def _list() -> int:
    from careloom.sso.models import Provider

    for row in Provider.objects.filter(ended_at=None).select_related("agency").order_by("made_at"):
        stands = "in use" if row.confirmed_at else "waits"
        print(f"{row.pk}  {stands}  {row.agency.name}: {', '.join(row.domains)}  ({row.entity_id})")
    return 0


def _confirm(provider_id: UUID) -> int:
    from django.db import transaction

    from careloom.infra import clock
    from careloom.sso.registering import confirm

    with transaction.atomic():
        row = confirm(provider_id=provider_id, at=clock.now())
    if row is None:
        raise CommandProblem("No provider in use has this id. See: careloom sign-in list")
    print(f"Members of {row.agency.name} sign in by it from now on, by e-mails that end with {', '.join(row.domains)}.")
    return 0
