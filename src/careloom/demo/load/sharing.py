"""Releases: signed with every element of the form, widened only when something asks for it, and stopped when she says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from careloom.consents.actions import Draft, Signature, Signed, revoke_consent, sign_consent
from careloom.demo.draw import ZONE
from careloom.demo.load.family import Family, Moment
from careloom.demo.steps import ConsentGiven
from careloom.infra.access import Viewer
from careloom.infra.access.caseload import assign
from careloom.plans.referrals.answers import MissingConsent, NeedsConsent

HALF_YEAR = timedelta(days=183)
PLAN = ("posc.plan_core", "posc.referral_status")
HOW = {"BY_PHONE": "SPOKEN"}


def moments(family: Family) -> Iterator[Moment]:
    """The story's releases, and the one that lets the birth hospital know that there is a plan."""
    plan = family.story.plan
    if plan is None or plan.agreed_on is None:
        return
    agreed = family.on(plan.agreed_on, 14, 20)
    begun = family.after_birth(agreed) if plan.kind == "AT_BIRTH" else agreed
    for row in family.story.consents:
        at = max(begun, family.on(row.signed_on, 9, 10))
        yield Moment(at=at, order=9, play=lambda at, row=row: sign_story(family, row, at=at))  # type: ignore[misc]
        if row.revoked_at is not None and row.revoked_how != "PORTAL":
            stop = max(at, family.past(row.revoked_at))
            yield Moment(at=stop, order=40, play=lambda at, row=row: stop_story(family, row, at=at))  # type: ignore[misc]
    if _hospital_asks(family):
        yield Moment(at=max(begun, family.on(plan.agreed_on, 14, 40)), order=9, play=lambda at: tell_hospital(family, at=at))


def _hospital_asks(family: Family) -> bool:
    """Four of five mothers whose plan begins at birth let their hospital know of it; the others need not."""
    story = family.story
    if not story.infants or story.plan is None or story.plan.kind != "AT_BIRTH":
        return False
    hospital = story.infants[0].hospital_key
    named = {row.recipient_key for row in story.consents}
    return hospital not in named and hospital != family.lead_agency and story.number % 5 != 0


def tell_hospital(family: Family, *, at: datetime) -> None:
    """She lets the birth hospital see the plan, so that its notification can say that one exists."""
    hospital = family.story.infants[0].hospital_key
    with family.acting(family.lead_key) as by:
        release(
            family, by=by, at=at, discloser=by.holder_id, recipient=family.agency_id(hospital), information=PLAN, purposes=("treatment",),  # type: ignore[arg-type]
            key=family.key(family.story.key, "hospital"),
        )  # fmt: skip


def sign_story(family: Family, row: ConsentGiven, *, at: datetime) -> None:
    """A release of the story. An organization that answers by a one-time page is named instead of its account."""
    link = any(r.answered_by_link and r.to_agency_key == row.recipient_key for r in family.story.referrals)
    agency = family.ground.agencies[row.recipient_key]
    with family.acting(family.hand(row.discloser_key) if row.discloser_key != family.lead_agency else family.lead_key) as by:
        signed = release(
            family, by=by, at=at, discloser=family.agency_id(row.discloser_key), recipient=agency.pk, information=row.categories,
            purposes=(row.purpose,), key=family.key(row.key), ends_on=row.ends_on - timedelta(days=1), language=row.language,
            names=(agency.name_outside,) if link else (),
        )  # fmt: skip
        if signed is not None:
            family.consents[row.key] = signed


def stop_story(family: Family, row: ConsentGiven, *, at: datetime) -> None:
    """She stops sharing by telling her worker."""
    if row.key in family.consents:
        with family.acting(family.lead_key) as by:
            revoke_consent(by=by, at=at, consent_id=family.consents[row.key], how=HOW.get(row.revoked_how or "", "PAPER"))


def release(
    family: Family,
    *,
    by: Viewer,
    at: datetime,
    discloser: UUID,
    recipient: UUID,
    information: tuple[str, ...],
    purposes: tuple[str, ...],
    key: str,
    ends_on: date | None = None,
    language: str = "",
    names: tuple[str, ...] = (),
) -> UUID | None:
    """Have her sign a release for herself and the infants who are born; None when the form was refused (and counted)."""
    day = at.astimezone(ZONE).date()
    draft = Draft(
        identity_id=family.her,
        subject_ids=(family.her, *family.infants.values()),
        kind="specific",
        discloser_ids=(discloser,),
        recipient_ids=(recipient,),
        recipient_names=names,
        information=tuple(dict.fromkeys(information)),
        purposes=purposes,
        expires_on=ends_on or day + HALF_YEAR,
        language=(language or family.story.mother.language)[:5],
    )
    answer = sign_consent(by=by, at=at, draft=draft, signature=_hand(family, at=at), request_key=key)
    family.count(answer)
    return answer.consent.pk if isinstance(answer, Signed) else None


def _hand(family: Family, *, at: datetime) -> Signature:
    mother = family.story.mother
    return Signature(method="SCREEN", name=f"{mother.given} {mother.family}", explained_at=at)


def with_consent(family: Family, *, at: datetime, ask: Callable[[], Any], key: str) -> Any:
    """Do what `ask` does; where a release is missing, have her sign exactly that one with the agency that would disclose, and ask again."""
    answer = ask()
    if not isinstance(answer, NeedsConsent):
        return answer
    sign_missing(family, missing=answer.missing, at=at, key=key)
    return ask()


def sign_missing(family: Family, *, missing: MissingConsent, at: datetime, key: str) -> None:
    """Sign the release that an action named as missing, as the screen's consent builder would be filled."""
    agency = next(k for k, a in family.ground.agencies.items() if a.pk == missing.discloser_id)
    worker = family.lead_key if agency == family.lead_agency else family.hand(agency)
    with family.acting(worker) as by:
        assign(by=by, worker_id=by.worker_id, identity_ids=[family.her], at=at)  # type: ignore[arg-type]  # who sits with her reads what she signs
        release(
            family, by=by, at=at, discloser=missing.discloser_id, recipient=missing.recipient_id, information=missing.categories,
            purposes=missing.purposes, key=key,
        )  # fmt: skip
