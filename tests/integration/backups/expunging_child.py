"""Run as a process in a data folder: makes a family, or has its records expunged and dies where it is told to. Prints ids as JSON."""

from __future__ import annotations

import json
import os
import signal
import sys
from uuid import UUID


def main(word: str, *rest: str) -> None:
    """`make`; `agree AGENCY MOTHER FIRST SECOND`; `die-before` and `die-after` the rows of what was agreed go."""
    from careloom.config.commands import django_with_database

    with django_with_database() as settings:
        from django.db import transaction

        from careloom.config import expunging, subscriptions
        from careloom.infra.postgres import clients

        subscriptions.join()
        if word == "make":
            with transaction.atomic():
                print(json.dumps(_make()))
            return
        if word == "agree":
            _agree(*rest)
            return
        from careloom.keeping import actions, carrying_out
        from careloom.keeping.sweeping import sweep

        def die(*_: object, **__: object) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        def sweep_and_die(*told: object, **named: object) -> None:
            sweep(*told, **named)  # type: ignore[arg-type]
            die()

        if word == "die-before":
            carrying_out.sweeping.sweep = sweep_and_die  # type: ignore[assignment]
        else:
            actions.tell = die
        with clients.connect(settings, "owner") as connection:
            expunging.work(settings, connection=connection)


def _make() -> dict[str, str]:
    from tests.factories.agencies import a_worker, viewer
    from tests.factories.papers import a_picture
    from tests.factories.plans import PlanWorld

    from careloom.agencies.roles import Role
    from careloom.consents.signing import keep_scan
    from careloom.infra.access import acting_as
    from careloom.infra.documents.uploads import Upload
    from careloom.people.actions import put_family_member

    world = PlanWorld()
    mother = world.a_mother(given_name="Xanthippe", family_name="Quillfeather", phone="555-0177")
    plan = world.a_plan(mother_id=mother, agreed=True)
    signed, by = world.share(plan, to=world.bea), viewer(world.dana)
    with acting_as(by):
        keep_scan(by=by, at=world.at, consent=signed.consent, scan=Upload(media_type="image/jpeg", content=a_picture()))
        put_family_member(by=by, at=world.at, identity_id=mother, name="Aunt Quillfeather", relation="aunt", kind="KIN")
    first, second = (a_worker(Role.PRIVACY_OFFICER, agency=world.riverbend) for _ in range(2))
    return {"agency": str(world.riverbend.pk), "mother": str(mother), "first": str(first.pk), "second": str(second.pk)}


def _agree(mother: str, first: str, second: str) -> None:
    from careloom.agencies.models import Membership
    from careloom.agencies.queries import viewer_of
    from careloom.infra import clock
    from careloom.infra.access import acting_as
    from careloom.infra.answers import Done
    from careloom.keeping import actions

    one, other = (viewer_of(Membership.objects.select_related("agency").get(pk=pk)) for pk in (first, second))
    told = {"family": UUID(mother), "ground": "COURT_ORDER", "authority": "Order 12", "reason": "Quillfeather asked", "request_key": "k"}
    with acting_as(one):
        made = actions.propose(by=one, at=clock.now(), **told)
    assert isinstance(made, Done), made
    with acting_as(other):
        assert actions.confirm(by=other, at=clock.now(), expunging_id=made.row_id) == made
    print(json.dumps({"id": str(made.row_id)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
