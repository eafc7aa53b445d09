"""What comes before the first family at Riverbend: its code of conduct, which everybody accepted, and the training on Part 2."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from careloom.agencies.models import Membership
from careloom.agencies.queries import viewer_of
from careloom.agencies.roles import Role
from careloom.conduct import actions
from careloom.conduct.models import CODE, TRAINING
from careloom.demo.load.ground import Ground
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.answers import Refused

AGENCY: Final = "riverbend"
CODE_WORDS: Final = """We look only at the families with whom we work, and only at what our work needs.

We tell nobody that a person is in treatment here, not by a word, a letter or a parked car.
Without her written consent we do not even say that we know her.

We speak of people first: a mother who uses, a baby who was exposed. We do not write what we would not read aloud to her.

We do not lend our sign-in, and we lock the screen when we stand up.

When something went wrong we tell our privacy officer on the same day. Nobody is punished for telling."""
TRAINING_WORDS: Final = """Two hours with our privacy officer: what 42 CFR Part 2 protects, what a consent opens, what to do with a subpoena.
Ask her for the next date."""


def ask_first(ground: Ground, *, at: datetime) -> None:
    """Ask both of everyone at Riverbend and let everyone have done them; what is there already stays."""
    agency = ground.agencies.get(AGENCY)
    members = [m for m in ground.members.values() if agency is not None and m.agency_id == agency.pk]
    admin = next((m for m in members if Role.AGENCY_ADMIN.value in m.roles), None)
    if agency is None or admin is None:
        return
    day = at.astimezone(clock.zone(agency.zone)).date()
    code = _ask(CODE, "How we work at Riverbend", CODE_WORDS, day=day, admin=admin, at=at)
    training = _ask(TRAINING, "Confidentiality in treatment", TRAINING_WORDS, day=day, admin=admin, at=at)
    done = dict(Membership.objects.filter(agency_id=agency.pk).values_list("pk", "cleared"))
    for member in members:
        if str(code) not in done[member.pk]:
            with acting_as(viewer_of(member)):
                actions.accept(demand_id=code, membership_id=member.pk, today=day, by=viewer_of(member), at=at)
        if str(training) not in done[member.pk]:
            with acting_as(viewer_of(admin)):
                actions.note(demand_id=training, membership_id=member.pk, done_on=day, today=day, by=viewer_of(admin), at=at)


def _ask(kind: str, title: str, words: str, *, day: date, admin: Membership, at: datetime) -> UUID:
    by = viewer_of(admin)
    with acting_as(by):
        asked = actions.ask(kind=kind, title=title, words=words, months=None, starts_on=day, today=day, by=by, at=at, request_key=f"practice-{kind}")
    if isinstance(asked, Refused):
        raise TypeError(f"What comes first was refused: {', '.join(asked.codes)}.")
    return asked.row_id
