"""What a one-time page may open. A link gets a grant only where the kernel permits it on a consent that names the organization.

Before a yes the page shows a need, a place and a language: no person, so nothing is disclosed and no grant is written
(`NOT_IDENTIFYING` is the basis that is noted). After a yes a name and a telephone number are shown only through a grant made here.
Source: 42 CFR 2.31(a)(4), 2.13(a); 45 CFR 164.502(d)(2), 164.514(a).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from careloom.agencies.queries import agencies_by_id
from careloom.consents import papers
from careloom.consents.flows.asking import law_at
from careloom.consents.models import Consent
from careloom.consents.rows import Form
from careloom.consents.turns import take_family_turn
from careloom.infra.access import PrincipalKind, System, acting_as, system
from careloom.infra.access.models import Grant, Principal, Segment
from careloom.kernel import disclosure
from careloom.kernel.clocks import local_day, next_midnight
from careloom.kernel.disclosure.overlays import decide_under
from careloom.people.models import PersonPrincipal

NOT_IDENTIFYING = ("45 CFR 164.502(d)(2)", "45 CFR 164.514(a)")
PURPOSE = disclosure.Purpose.CARE_COORDINATION
ACTOR = disclosure.Actor.OTHER_PRIVATE
END = """UPDATE access_grant SET valid_to = greatest(valid_from, least(%s, access_now()))
WHERE recipient_id = ANY (%s) AND valid_to > access_now()"""


def new_link_principal(*, link_id: UUID) -> None:
    """Make the principal that a one-time page reads as."""
    Principal.objects.get_or_create(pk=link_id, defaults={"kind": PrincipalKind.LINK.value})


def open_for_link(*, link_id: UUID, organization: str, holder_id: UUID, identity_id: UUID, category: str, until: datetime, at: datetime) -> bool:
    """Grant a link what the mother allowed this organization by name; True when something was opened.

    The kernel is asked once for each segment of that category and each consent in force that names the organization.
    """
    take_family_turn([identity_id])
    with acting_as(system(System.GRANTS)):
        segments = list(Segment.objects.filter(holder_id=holder_id, identity_id=identity_id, category=category))
        forms = _in_force(identity_id=identity_id, organization=organization)
        wanted = [flow for segment in segments for form in forms if (flow := _flow(segment, form, organization=organization, at=at))]
        held = set(Grant.objects.filter(recipient_id=link_id, valid_to__gt=at).values_list("provenance", flat=True))
        for segment, form, decision in wanted:
            if segment.provenance not in held:
                held.add(segment.provenance)
                _write(link_id=link_id, segment=segment, form=form, decision=decision, until=until, at=at)
    return bool(held)


def end_for_links(*, link_ids: Iterable[UUID], at: datetime) -> int:
    """End what these links may open (a new link took their place) and return how many grants ended."""
    with acting_as(system(System.GRANTS)), connection.cursor() as cursor:
        cursor.execute(END, [at, list(link_ids)])
        return cursor.rowcount


def still_stands(*, grant: Grant, consents: Iterable[Form], at: datetime) -> bool:
    """Whether a link's grant still rests on its consent: asked again whenever the papers of the family change."""
    form = next((c for c in consents if c.pk == grant.instrument_id), None)
    if form is None:
        return False
    segment = Segment(holder_id=grant.holder_id, identity_id=grant.identity_id, category=grant.category, provenance=grant.provenance)
    return any(_flow(segment, form, organization=name, at=at) for name in form.recipient_names)


def _in_force(*, identity_id: UUID, organization: str) -> list[Consent]:
    live = Consent.objects.filter(subject_ids__contains=[identity_id], signed_at__isnull=False, revoked_at=None, superseded_by=None)
    return [form for form in live if organization and organization in form.recipient_names]


def _flow(segment: Segment, form: Form, *, organization: str, at: datetime) -> tuple[Segment, Form, disclosure.Decision] | None:
    # INVARIANT: as in `materialise`, a form opens a holder's record only where that holder took it, or she signed it in her own pages.
    taken_by_holder = form.holder_id == segment.holder_id or _is_hers(form)
    if segment.holder_id not in form.discloser_ids or segment.identity_id not in form.subject_ids or not taken_by_holder:
        return None
    holder = agencies_by_id(ids=[segment.holder_id]).get(segment.holder_id)
    source = papers.kernel_source(segment, agency=holder)
    subject = papers.subject_of(segment.identity_id, mother_ids=frozenset({form.identity_id}))
    paper = papers.kernel_consent(form, discloser=source.holder, subject=subject)
    today = local_day(at=at, zone=settings.TIME_ZONE)
    request = papers.kernel_request(recipient=organization, actor=ACTOR, subject=subject, category=segment.category, purpose=PURPOSE, on=today)
    question = disclosure.Scenario(request=request, source=source, consents=(paper,), facts=papers.kernel_facts(form))
    decision = decide_under(question, law=law_at(holder))
    permits = decision.outcome is disclosure.Outcome.PERMIT and paper.id in decision.instruments
    return (segment, form, decision) if permits else None


def _is_hers(form: Form) -> bool:
    return PersonPrincipal.objects.filter(pk=form.holder_id, identity_id=form.identity_id, kind="SELF").exists()


def _write(*, link_id: UUID, segment: Segment, form: Form, decision: disclosure.Decision, until: datetime, at: datetime) -> None:
    with connection.cursor() as cursor:
        # The database's own present, by which row security will ask.
        cursor.execute("SELECT access_now()")
        (present,) = cursor.fetchone()
    ends = next_midnight(day=decision.ends_on, zone=settings.TIME_ZONE) if decision.ends_on else until
    Grant.objects.create(
        identity_id=segment.identity_id, category=segment.category, holder_id=segment.holder_id, provenance=segment.provenance,
        recipient_id=link_id, purposes=[PURPOSE.value], valid_from=min(at, present), valid_to=max(min(ends, until), present),
        basis=list(decision.basis), obligations=sorted(decision.obligations), instrument_id=form.pk,
    )  # fmt: skip
