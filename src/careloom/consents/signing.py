"""Signs a form as a whole: who signs and on which facts, and the scan of a paper. Stops one, and keeps who heard it.

The elements and the effect are those of `actions.sign_consent`; here the kernel's signer rules are asked before anything is written.
Source: 42 CFR 2.14, 2.15, 2.31(a)(6), (a)(8), 2.35(c); 45 CFR 164.502(g); law.md 1.3, 6.2; workflows 6.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from careloom.consents import papers
from careloom.consents.actions import Draft, NotSigned, Signature, Signed, revoke_consent, sign_consent
from careloom.consents.models import Consent
from careloom.consents.models.scan import PaperScan
from careloom.consents.queries import Status, get_consent, status_of
from careloom.consents.terms import KEY, Terms, terms_of
from careloom.infra.access import NotVisible, PrincipalKind, System, Viewer, acting_as, require, system
from careloom.infra.audit.actions import record
from careloom.infra.documents.uploads import Upload, seal_upload
from careloom.infra.events.outbox import publish
from careloom.kernel import disclosure
from careloom.kernel.clocks import local_day
from careloom.kernel.disclosure.reasons import PartTwoConsent
from careloom.kernel.disclosure.signers import signer_gap
from careloom.kernel.events import ConsentChanged

LIVE = frozenset({Status.ACTIVE, Status.EXPIRES_SOON})


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who signs, by the kernel's word, with a name where it is not the mother, and the facts (`terms.FACTS`) that carry the signature."""

    role: str = "mother"
    name: str = ""
    cosigner: str = ""
    cosigner_name: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class NoAuthority:
    """The signature does not bind: the kernel's reason."""

    reason: disclosure.Reason


def with_signer(draft: Draft, signer: Signer, *, on_paper: str = "") -> Draft:
    """The draft with who signs it written into its terms; `on_paper` is the name as it stands on a signed paper."""
    told = dict(draft.statements.get(KEY) or {})  # type: ignore[call-overload]
    facts = {**told.get("facts", {}), **signer.facts}
    names = {"signer_name": signer.name.strip(), "cosigner": signer.cosigner, "cosigner_name": signer.cosigner_name.strip()}
    names["name_on_paper"] = " ".join(on_paper.split())[:120]
    terms = Terms(**{**told, **names, "facts": facts})
    return replace(draft, statements={**draft.statements, KEY: terms.kept()})


def authority_gap(*, draft: Draft, signer: Signer, on: date) -> disclosure.Reason | None:
    """Why this signature would not bind everybody whom the form is about, or None when it does: asked of the kernel for each of them."""
    facts = {**dict(draft.statements.get(KEY) or {}).get("facts", {}), **signer.facts}  # type: ignore[call-overload]
    if facts.get("patient_deceased") and signer.role == "mother":
        return PartTwoConsent.DECEASED_SIGNATURE
    row = Consent(
        kind=draft.kind, identity_id=draft.identity_id, subject_ids=list(draft.subject_ids), discloser_ids=list(draft.discloser_ids),
        recipient_ids=list(draft.recipient_ids), recipient_names=list(draft.recipient_names), information=list(draft.information),
        purposes=list(draft.purposes), signer=signer.role, signature_method="SCREEN", signed_on=on, statements=with_signer(draft, signer).statements,
    )  # fmt: skip
    for identity in draft.subject_ids:
        subject = papers.subject_of(identity, mother_ids=frozenset({draft.identity_id}))
        form = papers.kernel_consent(row, discloser=str(draft.discloser_ids[0]) if draft.discloser_ids else "", subject=subject)
        for purpose in draft.purposes:
            asked = disclosure.Request(subject=subject, purpose=disclosure.Purpose(purpose), on=on)
            scenario = disclosure.Scenario(request=asked, consents=(form,), facts=papers.kernel_facts(row))
            if (gap := signer_gap(scenario=scenario, consent=form)) is not None:
                return gap
    return None


@transaction.atomic
def sign_form(
    *, by: Viewer, at: datetime, draft: Draft, signature: Signature, signer: Signer, request_key: str, renews: UUID | None = None,
    scan: Upload | None = None,
) -> Signed | NotSigned | NoAuthority:  # fmt: skip
    """Sign `draft` as `signer`: a value with reasons where the form lacks an element or the signer may not sign; else it is in force.

    `scan` is the paper that was signed by hand, kept sealed with the form in the same transaction. Idempotent on `request_key`.
    Raises NotVisible for a worker whose role takes no consents.
    """
    on = signature.signed_on or local_day(at=at, zone=settings.TIME_ZONE)
    gap = authority_gap(draft=draft, signer=signer, on=on)
    if gap is not None:
        return NoAuthority(reason=gap)
    whole = with_signer(draft, signer, on_paper=signature.name if signature.method == "PAPER" else "")
    answer = sign_consent(
        by=by, at=at, draft=whole, signature=replace(signature, signer=signer.role), request_key=request_key, renews=renews
    )  # fmt: skip
    if isinstance(answer, Signed) and scan is not None:
        keep_scan(by=by, at=at, consent=answer.consent, scan=scan)
    return answer


@transaction.atomic
def keep_scan(*, by: Viewer, at: datetime, consent: Consent, scan: Upload) -> PaperScan:
    """Keep the scan of a form, sealed; one for each form: the first stays, because it is what took effect."""
    require(by)
    known = PaperScan.objects.filter(holder_id=consent.holder_id, about_id=consent.pk).first()
    if known is not None:
        return known
    pk = uuid4()
    row = PaperScan(
        id=pk, holder_id=consent.holder_id, identity_id=consent.identity_id, category=consent.category, about_id=consent.pk, about_kind="CONSENT",
        media_type=scan.media_type, size=len(scan.content), sealed=seal_upload(scan, holder_id=consent.holder_id, document_id=pk), kept_at=at,
        kept_by=by.worker_id,
    )  # fmt: skip
    row.save()
    record(by=by, at=at, action="consents.scan_kept", identity_id=consent.identity_id, object_id=consent.pk)
    return row


def waits_for_disposition(consent: Consent) -> bool:
    """Whether this form says that she may stop it only once the criminal matter is decided, and it is not yet (42 CFR 2.35(c))."""
    terms = terms_of(consent)
    return consent.kind == "criminal_justice" and terms.revocable_after == "final_disposition" and consent.event_on is None


@transaction.atomic
def stop_form(*, by: Viewer, at: datetime, consent_id: UUID, how: str, heard_by: str = "", heard_on: date | None = None) -> bool:
    """Stop a form at once and keep who heard it on which day; False when there was nothing to stop.

    A form under 42 CFR 2.35 that waits for the final disposition is not stopped: her wish is kept, and it ends with the disposition.
    Raises NotVisible for a worker whose role takes no consents.
    """
    require(by)
    if by.kind is PrincipalKind.AGENCY and not by.can("CONSENT_WRITE"):
        raise NotVisible
    row = get_consent(viewer=by, consent_id=consent_id)
    if row is None:
        return False
    today = local_day(at=at, zone=settings.TIME_ZONE)
    heard = {"heard_by": heard_by.strip()[:120], "heard_on": (heard_on or today).isoformat()}
    if not waits_for_disposition(row):
        stopped = revoke_consent(by=by, at=at, consent_id=consent_id, how=how)
        if stopped:
            _add_terms(consent_id, **heard)
        return stopped
    if status_of(row, on=today) not in LIVE or terms_of(row).asked_to_stop_on:
        return False
    _add_terms(consent_id, asked_to_stop_on=today.isoformat(), **heard)
    record(by=by, at=at, action="consents.asked_to_stop", identity_id=row.identity_id, object_id=row.pk, detail={"how": how})
    publish(ConsentChanged(consent_id=row.pk, holder_id=row.holder_id, identity_id=row.identity_id), at=at)
    return True


def _add_terms(consent_id: UUID, **more: str) -> None:
    # As a revocation itself: who may say it is not always who may change the row.
    with acting_as(system(System.GRANTS)):
        row = Consent.objects.get(pk=consent_id)
        terms = replace(terms_of(row), **more)
        Consent.objects.filter(pk=consent_id).update(statements={**row.statements, KEY: terms.kept()})
