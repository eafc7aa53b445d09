"""Consent: a release that the mother signed, as the agencies named in it keep it (R4 shaped to FAST Consent; interop.md 1.4)."""

from __future__ import annotations

from collections.abc import Sequence

from careloom.consents.models import Consent
from careloom.consents.queries import Status, status_of
from careloom.fhir import canonicals
from careloom.fhir.resources.shape import (
    ACT_CODE,
    ACT_REASON,
    PARTICIPATION,
    Json,
    Reading,
    Shaped,
    coding,
    concept,
    day,
    filled,
    instant,
    newest,
    reference,
    resource,
)
from careloom.infra import clock

SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
STATUSES = {Status.DRAFT: "draft", Status.ACTIVE: "active", Status.EXPIRES_SOON: "active"}
PURPOSES = {
    "treatment": "TREAT", "payment": "HPAYMT", "health_care_operations": "HOPERAT", "care_coordination": "COC", "public_health": "PUBHLTH",
    "research": "HRESCH",
}  # fmt: skip
"""v3-ActReason. What has no code there is sent under a code of ours: child protection is not in it."""


def consents(reading: Reading, rows: Sequence[Consent]) -> list[Shaped]:
    """A Consent for each release. One query for the agencies."""
    reading.look_up([one for row in rows for one in (row.holder_id, *row.discloser_ids, *row.recipient_ids)])
    return [_consent(reading, row) for row in rows]


def _consent(reading: Reading, row: Consent) -> Shaped:
    part2 = any(word.startswith("part2.") or word == "posc.plan_part2_segment" for word in row.information)
    made = resource(
        "Consent", row.pk, ours=canonicals.CONSENT_PROFILE,
        status=STATUSES.get(status_of(row, on=clock.today()), "inactive"),
        scope=concept(coding(SCOPE, "patient-privacy", "Privacy Consent")),
        category=[concept(coding(ACT_CODE, "IDSCL", "information disclosure"))],
        patient=reference("Patient", row.identity_id),
        dateTime=instant(row.signed_at or row.drafted_at),
        performer=[reference("Patient", row.identity_id)] if row.signed_at and row.signer in ("", "mother") else [],
        organization=[reading.organization(row.holder_id)],
        policyRule=concept(coding(ACT_CODE, "42CFRPart2CD" if part2 else "HIPAAConsentCD")),
        provision=_provision(reading, row),
    )  # fmt: skip
    changed = newest(row.drafted_at, row.explained_at, row.signed_at, row.revoked_at)
    return Shaped(resource=made, rows=(row,), changed=changed, author=reading.own_author(row))


def _provision(reading: Reading, row: Consent) -> Json:
    known = [one for one in row.recipient_ids if one in reading.agencies]
    people = row.recipient_names or ([row.recipient_class] if row.recipient_class else [])
    actors = [("IRCP", reading.organization(one)) for one in known]
    actors += [("IRCP", {"display": name}) for name in people]
    actors += [("CST", reading.organization(one)) for one in row.discloser_ids if one in reading.agencies]
    return filled(
        {
            "type": "permit",
            "period": filled({"start": day(row.signed_on), "end": day(row.expires_on)}),
            "actor": [{"role": concept(coding(PARTICIPATION, role)), "reference": who} for role, who in actors],
            "purpose": [_purpose(word) for word in row.purposes],
            "code": [concept(coding(canonicals.CATEGORY, word)) for word in row.information],
            "data": [{"meaning": "related", "reference": reference("Patient", one)} for one in row.subject_ids],
        }
    )


def _purpose(word: str) -> Json:
    return coding(ACT_REASON, PURPOSES[word]) if word in PURPOSES else coding(canonicals.PURPOSE, word)
