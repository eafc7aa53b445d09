"""The plan as a reader's own copy on paper: only what that reader may see, accounted like any other reading (R-207, 42 CFR 2.32)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from careloom.agencies.models import Agency
from careloom.consents.notices import notice
from careloom.directory.needs import catalogue
from careloom.infra import clock
from careloom.infra.access import PrincipalKind, Viewer
from careloom.infra.access.models import Grant
from careloom.infra.access.records import FamilyRecord
from careloom.infra.documents import render_pdf
from careloom.infra.packs import load_pack
from careloom.kernel.plan import ItemKind
from careloom.messages.models import Appointment
from careloom.plans.documents.sections import printed
from careloom.plans.documents.words import Words
from careloom.plans.merging import NeedNow
from careloom.plans.models import CareTeamMember, HerView
from careloom.plans.pages.sections import SectionsPage, sections_page
from careloom.plans.presenters.drawn import preference_lines, to_her
from careloom.plans.queries import changes_since

TEMPLATE = Path(__file__).parent / "plan.typ"
IN_SECTIONS = frozenset({ItemKind.TEXT.value, ItemKind.CHECK.value})
"""What she wrote beside these is printed beside them."""
MOST_CHANGES = 12
MOST_VISITS = 8


def render_plan(
    *, viewer: Viewer, plan_id: UUID, language: str, at: datetime, since_version: int | None = None, short: bool = False, place: str = "plan_pdf"
) -> bytes:
    """The plan as PDF/UA-1 bytes for `viewer`, in English or Spanish: its fourteen sections, or in `short` what she wants, needs and whom to call.
    `place` is where the access log says that it was read.

    Raises:
        access.NotVisible: the plan is hidden or absent.
        documents.PdfRefusedError: the copy would not be accessible.
    """
    page = sections_page(viewer=viewer, plan_id=plan_id, at=at, zone=clock.zone(), place=place)
    # Paper lies about and is passed on: whom she lets nobody contact, and who is unsafe near her, is named on no copy, hers neither.
    page = replace(page, family=tuple(member for member in page.family if not (member.unsafe or member.contact == "DO_NOT_CONTACT")))
    with translation.override(language):
        data = _Paper(page=page, language=language).data(since=since_version, short=short)
    return render_pdf(template=TEMPLATE, data=data)


class _Paper:
    """Makes the plain data of one copy."""

    def __init__(self, *, page: SectionsPage, language: str) -> None:
        self.page, self.viewer, self.parts, self.at = page, page.viewer, page.parts, page.at
        # One record of each person; her own agency's goes before another's, as on the screen.
        self.people = {person.identity_id: person for person in reversed(page.people)}
        self.words = Words(language, hers=to_her(page))
        self.needs = catalogue().needs

    def data(self, *, since: int | None, short: bool) -> dict[str, Any]:
        parts, words = self.parts, self.words
        views = [self._view(view) for view in parts.her_views if not view.answers_id and view.item_kind not in IN_SECTIONS]
        reviews, signatures = self._reviews(), self._signatures()
        helps = preference_lines(self.page)
        rich = {
            "needs": bool(parts.needs), "strong": bool(parts.goals or parts.strengths or helps), "team": bool(parts.team),
            "agreement": bool(views or reviews or signatures),
        }  # fmt: skip
        labels = words.labels() | {"changed": words("changed", number=since or parts.plan.version)}
        return {
            "lang": words.language,
            "title": self._title(),
            "issuer": "Careloom",
            "eyebrow": self._eyebrow(),
            "practice": words("practice") if settings.CARELOOM_WORLD == "demo" else "",
            "words": labels,
            "facts": self._facts(),
            "changed": self._changed(since),
            "goals": [{"words": f"“{goal.row.words}”", "detail": words("it_said", words=goal.was) if goal.was else ""} for goal in parts.goals],
            "strengths": [row.text for row in parts.strengths],
            "needs": [self._need(need) for need in parts.needs],
            "team": [self._member(member) for member in parts.team],
            "appointments": [{"when": self._moment(a.starts_at), "what": self._visit(a)} for a in self.page.appointments[:MOST_VISITS]],
            "short": short,
            "sections": [] if short else printed(self.page, language=words.language, rich=rich),
            "helps": [f"{line.head}: {line.text}" for line in helps],
            "her_views": views,
            "reviews": reviews,
            "more": words("more"),
            "notice": self._notice(self.page.shown),
            "signatures": signatures,
            "footer": words("printed", day=self._day(self.at), reader=self._reader()),
            "page": words("page"),
            "of": words("of"),
        }

    def _title(self) -> str:
        mother = self._called(self.parts.plan.identity_id)
        babies = [self._called(i.identity_id) for i in self.parts.infants if i.identity_id in self.people]
        joiner = " y " if self.words.language == "es" else " and "
        return joiner.join([", ".join([mother, *babies[:-1]]), babies[-1]]) if babies else mother

    def _called(self, identity_id: UUID) -> str:
        person = self.people.get(identity_id)
        return (person.preferred_name or person.given_name or person.family_name) if person else self.parts.plan.label

    def _full(self, identity_id: UUID) -> str:
        person = self.people.get(identity_id)
        return f"{person.given_name} {person.family_name}".strip() if person else "-"

    def _eyebrow(self) -> str:
        plan, words = self.parts.plan, self.words
        head = words("of_plan", label=self._label(), number=plan.version)
        agreed = words("agreed", name=self._called(plan.identity_id), day=self._day(plan.agreed_at)) if plan.agreed_at else words("not_agreed")
        return f"{head}, {agreed}"

    def _label(self) -> str:
        """What the plan is called: the pack's own name for it in this language, unless the family chose another."""
        names = load_pack(name=self.parts.plan.pack).plan.name
        label = self.parts.plan.label
        return names.get(self.words.language, label) if label in names.values() else label

    def _facts(self) -> list[dict[str, str]]:
        plan, words, parts = self.parts.plan, self.words, self.parts
        infants = [i.identity_id for i in parts.infants if i.identity_id in self.people]
        lead = parts.lead
        pairs = [
            (words("mother"), self._full(plan.identity_id) if plan.identity_id in self.people else ""),
            (words("babies" if len(infants) > 1 else "baby"), "; ".join(self._infant(i) for i in infants)),
            (words("lead"), lead.name if lead else words("line", phone=settings.CARELOOM_CARE_LINE)),
            (words("next_review"), self._day(plan.next_review_on) if plan.next_review_on else ""),
        ]
        return [{"label": label, "value": value} for label, value in pairs if value]

    def _infant(self, identity_id: UUID) -> str:
        born = self.people[identity_id].birth_date
        return ", ".join([self._full(identity_id), *([self.words("born", day=self._day(born))] if born else [])])

    def _changed(self, since: int | None) -> list[str]:
        if since is None:
            return []
        changes = changes_since(viewer=self.viewer, plan_id=self.parts.plan.pk, version=since, parts=self.parts)
        return [self.words(c.kind.value, title=c.title, old=c.old, new=c.new) for c in changes[:MOST_CHANGES]]

    def _need(self, need: NeedNow) -> dict[str, Any]:
        words, row = self.words, need.row
        known = self.needs.get(row.code)
        own = words.language == "en" or known is None
        steps = [{"head": words("existing"), "text": row.existing_service}] if row.existing_service else []
        for referral in self.parts.referrals_of(need.id):
            when = self._moment(referral.scheduled_for) if referral.scheduled_for else ""
            state = ", ".join(part for part in (words(referral.state), when) if part)
            steps.append({"head": f"{referral.organization}:", "text": state})
        if need.result != "OPEN":
            steps.append({"head": words(f"result_{need.result}"), "text": self._day(need.resolved_at) if need.resolved_at else ""})
        said = f" “{need.words}”" if need.words else ""
        return {
            "title": row.title if own else known.label("es"),
            "for_whom": row.for_whom or self._called(row.identity_id),
            "choice": words(f"choice_{need.choice}") + said,
            "steps": steps,
        }

    def _member(self, member: CareTeamMember) -> dict[str, str]:
        role = f"{self.words.role(member.role)}, {self.words('lead').lower()}" if member.leads else self.words.role(member.role)
        return {"name": member.name, "role": role, "phone": self.words("through_her") if member.through_her else member.phone}

    def _visit(self, visit: Appointment) -> str:
        title = visit.neutral_title if self.viewer.kind is PrincipalKind.PERSON else visit.title
        return ", ".join(part for part in (title, visit.place) if part)

    def _view(self, view: HerView) -> dict[str, str]:
        return {"quoted": self.words("said_beside", words=view.quoted) if view.quoted else "", "words": f"“{view.words}”"}

    def _reviews(self) -> list[str]:
        held = [self.words("held", day=self._day(r.held_at)) + (f": {r.summary}" if r.summary else "") for r in self.parts.reviews if r.held_at]
        coming = self.parts.next_review
        return held + ([self.words("due", day=self._day(coming.due_on))] if coming else [])

    def _signatures(self) -> list[str]:
        name = self._called(self.parts.plan.identity_id)
        signed = [v for v in self.parts.versions if v.agreed_by_mother and v.agreed_at]
        return [self.words("signed", name=name, day=self._day(v.agreed_at), how=self.words(v.agreed_by_mother)) for v in signed[:1]]

    def _notice(self, shown: Iterable[FamilyRecord]) -> dict[str, str] | None:
        """The 2.32 notice, where a row of this copy came to this reader under 42 CFR part 2."""
        foreign = {(r.identity_id, r.holder_id, r.category, r.provenance) for r in shown if r.holder_id != self.viewer.holder_id}
        if not foreign or self.viewer.kind is PrincipalKind.PERSON:
            return None
        live = Grant.objects.filter(
            recipient_id=self.viewer.principal_id, identity_id__in={k[0] for k in foreign}, valid_to__gt=self.at,
            obligations__contains=["NOTICE_2_32"],
        )  # fmt: skip
        bound = [g for g in live if (g.identity_id, g.holder_id, g.category, g.provenance) in foreign]
        if not bound:
            return None
        text = notice(self.words.language)
        scope = self.words("notice_unreviewed") if text.review_needed else ""
        return {"title": text.title, "text": text.text, "scope": scope}

    def _reader(self) -> str:
        if self.viewer.kind is PrincipalKind.PERSON:
            return self.words("you")
        agency = Agency.objects.filter(pk=self.viewer.holder_id).first()
        return agency.name if agency else "-"

    @staticmethod
    def _day(value: date | datetime | None) -> str:
        if value is None:
            return ""
        local = value.astimezone(clock.zone()).date() if isinstance(value, datetime) else value
        return date_format(local, "DATE_FORMAT")

    @staticmethod
    def _moment(value: datetime) -> str:
        return date_format(value.astimezone(clock.zone()), "DATETIME_FORMAT")
