"""Her own people among those who may hear: whom a form may name, and who of them has a page to read on. Source: 42 CFR 2.31(a)(4); R-118."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careloom.agencies.queries import agencies_by_id
from careloom.consents.models import Consent
from careloom.consents.queries import consents_of
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.access.accounting import account
from careloom.people.models import PersonPrincipal
from careloom.people.queries import family_of

NOT_ASKED = frozenset({"CHILD"})


@dataclass(frozen=True, kw_only=True)
class OwnPerson:
    """Somebody whom she counts as hers. `principal_id` is set where she gave them a page of their own to read on."""

    key: str
    name: str
    relation: str = ""
    principal_id: UUID | None = None


def own_people(*, viewer: Viewer, identity_id: UUID, at: datetime) -> list[OwnPerson]:
    """Whom a form may name: those she gave a page, by the forms that `viewer` reads, then her family as far as `viewer` sees it.

    Whoever she marked as unsafe or not to be contacted is offered to nobody. One of her family who has a page too stands there twice: by name
    alone nobody can tell that they are one.
    """
    rows = consents_of(viewer=viewer, identity_id=identity_id)
    agencies = agencies_by_id(ids={pk for row in rows for pk in row.recipient_ids})
    named = people_of(rows, agencies=agencies)
    with acting_as(system(System.GRANTS)):
        live = PersonPrincipal.objects.filter(pk__in=list(named), kind="SUPPORTER", ended_at=None, subject_ids__contains=[identity_id])
        open_pages = set(live.values_list("pk", flat=True))
    family = [row for row in family_of(viewer=viewer, identity_id=identity_id) if row.name.strip() and row.kind not in NOT_ASKED]
    # A category for victims holds whom nothing may reach; the flags are asked as well, for a record that came from elsewhere.
    safe = [row for row in family if not row.unsafe and row.contact != "DO_NOT_CONTACT" and not row.category.startswith("dv.")]
    account(viewer=viewer, place="consents:new", rows=safe, at=at)
    pages = [OwnPerson(key=f"page-{pk}", name=name, principal_id=pk) for pk, name in named.items() if pk in open_pages]
    return pages + [OwnPerson(key=f"member-{row.pk}", name=row.name.strip(), relation=row.relation) for row in safe]


def people_of(rows: Iterable[Consent], *, agencies: Collection[UUID]) -> dict[UUID, str]:
    """The people with a page whom some forms name, with the name that the newest form gives them. Their names stand first on a form."""
    found: dict[UUID, str] = {}
    for row in rows:
        people = [pk for pk in row.recipient_ids if pk not in agencies]
        for pk, name in zip(people, row.recipient_names, strict=False):
            found.setdefault(pk, name)
    return found
