"""What she lets somebody see, as her own consents: one paper for each kind of holder. Source: 42 CFR 2.31; law.md 1.4."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from careloom.agencies.queries import agencies_by_id
from careloom.consents.actions import Draft, NotSigned, Signature, Signed, sign_consent
from careloom.consents.models import Consent
from careloom.consents.queries import get_consent
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.access.models import Grant
from careloom.kernel.clocks import local_day
from careloom.portal.door import Her

PLAN = ("posc.plan_core", "posc.referral_status")
PROGRAM = ("posc.plan_part2_segment",)
SHARED_FOR = timedelta(days=90)


def sign_for(
    *,
    her: Her,
    at: datetime,
    recipient_id: UUID,
    purposes: frozenset[str],
    shares_plan: bool,
    shares_program: bool,
    request_key: str,
    recipient_name: str = "",
) -> list[Consent]:
    """Sign what she ticked, as herself, and return her papers; grants follow in the same transaction. Nothing ticked: no paper."""
    information = (PLAN if shares_plan else ()) + (PROGRAM if shares_program else ())
    signed: list[Consent] = []
    with acting_as(her.viewer):
        for number, (kind, disclosers) in enumerate(_holders(her=her, information=information, shares_program=shares_program, at=at)):
            draft = Draft(
                identity_id=her.identity_id, subject_ids=tuple(sorted(her.subject_ids, key=str)), kind=kind, discloser_ids=disclosers,
                recipient_ids=(recipient_id,), recipient_names=(recipient_name,) if recipient_name else (), information=information,
                purposes=tuple(sorted(purposes)), expires_on=local_day(at=at + SHARED_FOR, zone=settings.TIME_ZONE), language=her.person.language,
            )  # fmt: skip
            signature = Signature(method="PORTAL", explained_at=at)
            answer = sign_consent(by=her.viewer, at=at, draft=draft, signature=signature, request_key=f"{request_key}:{number}"[:64])
            if isinstance(answer, NotSigned):
                raise TypeError("A paper from her own page lacks an element of 42 CFR 2.31.")
            if isinstance(answer, Signed):
                signed.append(answer.consent)
    return signed


@transaction.atomic
def share_again(*, her: Her, at: datetime, consent_id: UUID, request_key: str) -> Consent:
    """Sign one of her own papers again for 90 days, as herself: the same content, a new yes that takes the older one's place.

    Idempotent on `request_key`. Raises NotVisible for a paper that is not hers, or that is over.
    """
    with acting_as(her.viewer):
        older = get_consent(viewer=her.viewer, consent_id=consent_id)
        if older is None or older.holder_id != her.viewer.principal_id:
            raise NotVisible
        key = f"again:{request_key}"[:64]
        known = Consent.objects.filter(holder_id=older.holder_id, request_key=key).first()
        if known is not None:
            return known
        if older.superseded_by is not None or older.revoked_at is not None:
            raise NotVisible
        draft = Draft(
            identity_id=older.identity_id, subject_ids=tuple(older.subject_ids), kind=older.kind, discloser_ids=tuple(older.discloser_ids),
            recipient_ids=tuple(older.recipient_ids), recipient_names=tuple(older.recipient_names), recipient_class=older.recipient_class,
            information=tuple(older.information), purposes=tuple(older.purposes), language=her.person.language,
            expires_on=local_day(at=at + SHARED_FOR, zone=settings.TIME_ZONE),
        )  # fmt: skip
        answer = sign_consent(
            by=her.viewer, at=at, draft=draft, signature=Signature(method="PORTAL", explained_at=at), request_key=key, renews=older.pk
        )  # fmt: skip
    if isinstance(answer, NotSigned):
        raise TypeError("A paper from her own page lacks an element of 42 CFR 2.31.")
    return answer.consent


def _holders(*, her: Her, information: tuple[str, ...], shares_program: bool, at: datetime) -> Iterator[tuple[str, tuple[UUID, ...]]]:
    """Part 2 programs need the full form; so does any holder of the segment that reveals treatment (42 CFR 2.12(d)(2))."""
    live = Grant.objects.filter(recipient_id=her.principal.pk, identity_id__in=her.subject_ids, valid_from__lte=at, valid_to__gt=at)
    found = agencies_by_id(ids=set(live.filter(category__in=information).values_list("holder_id", flat=True)))
    for part2 in (True, False):
        holders = tuple(sorted((pk for pk, agency in found.items() if agency.is_part2_program is part2), key=str))
        if holders:
            yield ("specific" if part2 or shares_program else "plan_agreement"), holders
