"""What a mother's consent lets an agency receive from a partner: asked of the kernel, kind by kind, for the purpose of that agency.

Only forms that the viewer may read count; a form at another agency, and what her own pages hold, tells nothing here.
Source: 42 CFR 2.31, 2.33; 45 CFR 164.508; law.md 1.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from careloom.agencies.models import Agency
from careloom.consents import papers
from careloom.consents.models import Consent
from careloom.consents.queries import Status, status_of
from careloom.consents.rows import SegmentRow
from careloom.infra.access import Viewer
from careloom.kernel import disclosure
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import local_day
from careloom.kernel.disclosure import Category, Provenance

#: The kinds of record that a chart holds. Notes of psychotherapy and counseling are never fetched: they need a form of their own.
KINDS = (
    Category.HIPAA_OB_RECORD, Category.HIPAA_MENTAL_HEALTH, Category.HIPAA_TOXICOLOGY, Category.PART2_PRESENCE, Category.PART2_ATTENDANCE,
    Category.PART2_MEDICATION, Category.PART2_DIAGNOSIS, Category.PART2_DRUG_SCREENS, Category.PART2_TREATMENT_SUMMARY, Category.PART2_FULL_RECORD,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Cover:
    """A signed form and the kinds of record that it lets the viewer's agency receive now."""

    consent: Consent
    kinds: frozenset[str]

    @property
    def came_by(self) -> str:
        """How a Part 2 record came that is received on this form (42 CFR 2.33(b) or (c)): it decides to whom it may go on."""
        return (Provenance.PART2_VIA_TPO if self.consent.kind == "tpo_single" else Provenance.PART2_VIA_SPECIFIC).value


def cover_of(*, viewer: Viewer, identity_id: UUID, discloser: Agency, at: datetime) -> Cover | None:
    """The form in force that lets the viewer's agency receive most of this person's record from `discloser`; None where no form lets it."""
    own = Agency.objects.get(pk=viewer.holder_id)
    today = local_day(at=at, zone=settings.TIME_ZONE)
    forms = Consent.objects.seen_by(viewer).filter(
        subject_ids__contains=[identity_id], discloser_ids__contains=[discloser.pk], recipient_ids__contains=[own.pk], signed_at__lte=at
    )  # fmt: skip
    found = [
        Cover(consent=form, kinds=_kinds(form, own=own, discloser=discloser, identity_id=identity_id, purpose=viewer.purpose, on=today))
        for form in forms.order_by("-signed_at", "pk")
        if status_of(form, on=today) in (Status.ACTIVE, Status.EXPIRES_SOON)
    ]
    return max((one for one in found if one.kinds), key=lambda one: len(one.kinds), default=None)


def _kinds(form: Consent, *, own: Agency, discloser: Agency, identity_id: UUID, purpose: str, on: date) -> frozenset[str]:
    subject = papers.subject_of(identity_id, mother_ids=frozenset({form.identity_id}))
    paper = papers.kernel_consent(form, discloser=str(discloser.pk), subject=subject)
    actor = disclosure.Actor(AgencyKind(own.kind).org_type)

    def permits(kind: Category) -> bool:
        segment = SegmentRow(discloser.pk, identity_id, kind.value, Provenance.ORIGINATING.value)
        asked = disclosure.Scenario(
            request=papers.kernel_request(recipient=str(own.pk), actor=actor, subject=subject, category=kind.value, purpose=purpose, on=on),
            source=papers.kernel_source(segment, agency=discloser), consents=(paper,), facts=papers.kernel_facts(form),
        )  # fmt: skip
        decided = disclosure.decide(asked)
        # Where the law lets it flow by itself (treatment, 45 CFR 164.506(c)), her form still has to name this kind: fetching is what she signed.
        named = paper.id in decided.instruments or kind.value in form.information
        return decided.outcome is disclosure.Outcome.PERMIT and named

    return frozenset(kind.value for kind in KINDS if permits(kind))
