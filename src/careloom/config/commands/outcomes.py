"""Print the federal three of a year as they may be published, and whether they agree with the notifications.

The exact counts are the state's: its lead reads them on the numbers page. An operator keeps none of the rows.
"""

from __future__ import annotations

import argparse

from careloom.config.commands import django_with_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, help="the calendar year (default: this one)")


def run(args: argparse.Namespace) -> int:
    with django_with_database():
        from django.db import transaction

        from careloom.infra import clock
        from careloom.infra.access import System, acting_as, system
        from careloom.infra.packs import current_pack
        from careloom.outcomes import presenters, queries

        pack, viewer = current_pack(), system(System.EXTRACT)
        year, state = args.year or clock.today().year, pack.manifest.jurisdiction
        with transaction.atomic(), acting_as(viewer):
            three = queries.federal_three(viewer=viewer, year=year, state=state)
            found = queries.reconcile(viewer=viewer, year=year, state=state, zone=pack.manifest.zone)
        print(f"{pack.manifest.title}, {year}")
        published = queries.publish(three, settings=pack.suppression)
        for figure in presenters.figures(three, published, settings=pack.suppression, keeper=False):
            shown = "hidden" if figure.published is None else str(figure.published)
            print(f"  {figure.title:<22} {shown:>8}   {figure.source}")
        print(presenters.reconciliation(queries.publish_unexplained(found, settings=pack.suppression)))
        # Rows that nothing explains are an operator's business.
        return 1 if found.unexplained else 0
