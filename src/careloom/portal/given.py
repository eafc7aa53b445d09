"""What was given about her and hers beside the pages: on paper, by hand, to the county, and looks in an emergency. And who asks to see more.

Source: 42 CFR 2.25, 2.51; 45 CFR 164.528; R-206. The words are those of her pages: agencies by what they do, no text that tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.consents.models import Consent, EmergencyOpening
from careloom.disclosures.actions import waiting_for_her
from careloom.disclosures.models import Given, MoreReached
from careloom.infra.access import Viewer
from careloom.infra.access.models import Disclosure
from careloom.portal import words

PAGE = 20
LAST_PAGE = 50
# What the law has a hospital send to the county; nobody opens a page for it.
SENT = ("capta_notification", "child_abuse_report_initial")
ACTORS = {
    "court": "COURT", "cps_agency": "CPS_AGENCY", "hospital": "HOSPITAL", "ob_clinic": "OB_CLINIC", "pediatric_clinic": "PEDIATRIC_CLINIC",
    "part2_program": "PART2_PROGRAM", "health_plan": "HEALTH_PLAN", "medicaid_agency": "MEDICAID_AGENCY", "tribal_icwa": "TRIBAL_ICWA",
    "home_visiting": "HOME_VISITING", "early_intervention": "EARLY_INTERVENTION", "housing": "HOUSING", "wic": "WIC",
    "public_health": "PUBLIC_HEALTH", "coordination_hub": "COORDINATION_HUB",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class GivenLine:
    """One thing that was given: who gave it to whom, what, why it was allowed, and when. `wrong`: the law did not allow it."""

    at: datetime
    head: str
    what: str
    why: str
    note: str = ""
    wrong: bool = False


@dataclass(frozen=True, kw_only=True)
class GivenPage:
    """A page of them, newest first."""

    rows: tuple[GivenLine, ...]
    page: int
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class Asks:
    """Somebody who works with her asks to see more: who, about what, and why in their words where these do not tell too much."""

    id: UUID
    who: str
    about: str
    why: str


def given_to_others(*, viewer: Viewer, identity_ids: frozenset[UUID], page: int) -> GivenPage:
    """What was given about her and her infants, newest first. Five queries."""
    page = min(max(page, 1), LAST_PAGE)
    most, ids = page * PAGE + 1, list(identity_ids)
    given = list(Given.objects.seen_by(viewer).filter(identity_id__in=ids).defer("sealed").order_by("-given_at", "pk")[:most])
    looks = list(EmergencyOpening.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("-opened_at", "pk")[:most])
    sent = list(Disclosure.objects.seen_by(viewer).filter(identity_id__in=ids, purpose__in=SENT).order_by("-hour", "id")[:most])
    papers = {row.instrument_id for row in given if row.instrument_id}
    hers = set(Consent.objects.seen_by(viewer).filter(pk__in=papers).values_list("pk", flat=True))
    named = {pk for row in (*given, *looks, *sent) for pk in (row.holder_id, getattr(row, "to_agency_id", None), getattr(row, "recipient_id", None))}
    known = agencies_by_id(ids=named - {None})
    lines = [
        *(_given(row, known=known, hers=hers) for row in given),
        *(_look(row, known=known) for row in looks),
        *(_sent(row, known=known) for row in sent),
    ]
    ordered = sorted(lines, key=lambda line: line.at, reverse=True)
    start = (page - 1) * PAGE
    return GivenPage(rows=tuple(ordered[start : start + PAGE]), page=page, has_more=len(ordered) > start + PAGE and page < LAST_PAGE)


def asks_for_her(*, viewer: Viewer) -> list[Asks]:
    """The questions that wait for her answer, oldest first. Two queries."""
    rows = waiting_for_her(viewer=viewer)
    known = agencies_by_id(ids={row.asker_id for row in rows if row.asker_id})
    return [_asks(row, known=known) for row in rows]


def _asks(row: MoreReached, *, known: dict[UUID, Agency]) -> Asks:
    topics = {
        "PLAN": _("your plan"), "BIRTH": _("your pregnancy and birth"), "HEALTH": _("your health"), "TREATMENT": _("staying well"),
        "FAMILY": _("your family"), "OTHER": _("something else"),
    }  # fmt: skip
    about = ", ".join(topics[topic] for topic in row.topics if topic in topics)
    return Asks(id=row.pk, who=_who(row.asker_id, known=known), about=about, why="" if words.tells(row.why) else row.why)


def _given(row: Given, *, known: dict[UUID, Agency], hers: Iterable[UUID]) -> GivenLine:
    to = _who(row.to_agency_id, known=known) if row.to_agency_id in known else _stranger(row)
    how = {
        "RELEASE": _("on paper"), "LETTER": _("by letter"), "FAX": _("by fax"), "EMAIL": _("by e-mail"), "PHONE": _("on the phone"),
        "IN_PERSON": _("in person"),
    }.get(row.how, "")  # fmt: skip
    head = _("%(who)s told: %(to)s, %(how)s") % {"who": _who(row.holder_id, known=known), "to": to, "how": how}
    note = "" if words.tells(row.what) else row.what
    why = _why(row.basis, by_her=row.instrument_id in hers) if row.permitted else _("This should not have happened. The law did not allow it.")
    return GivenLine(at=row.given_at, head=head, what=words.information_words(list(row.categories)), why=why, note=note, wrong=not row.permitted)


def _look(row: EmergencyOpening, *, known: dict[UUID, Agency]) -> GivenLine:
    return GivenLine(
        at=row.opened_at, head=_("%(who)s looked in an emergency") % {"who": _who(row.holder_id, known=known)},
        what=_("what others keep about you, for a few hours"), why=_("You could not be asked then. Others check that it was a real emergency."),
    )  # fmt: skip


def _sent(row: Disclosure, *, known: dict[UUID, Agency]) -> GivenLine:
    head = _("%(who)s told: %(to)s") % {"who": _who(row.holder_id, known=known), "to": _who(row.recipient_id, known=known)}
    return GivenLine(at=row.hour, head=head, what=words.information_words([row.category]), why=_why(row.basis, by_her=False))


def _why(basis: Iterable[str], *, by_her: bool) -> str:
    if by_her:
        return _("You said yes on a form.")
    cited = tuple(basis)
    if any(one.startswith(("42 CFR 2.6", "45 CFR 164.512(e)")) for one in cited):
        return _("A judge ordered it.")
    return _("The law allows it without asking you.")


def _who(agency_id: UUID | None, *, known: dict[UUID, Agency]) -> str:
    return words.agency_words(known[agency_id].kind) if agency_id in known else _("Someone who helps you")  # type: ignore[index]


def _stranger(row: Given) -> str:
    return words.agency_words(ACTORS[row.to_kind]) if row.to_kind in ACTORS else words.place_words(row.to_name)
