"""The agreements of Pine and Harbor: a working agreement in its second version with its audit and reports, and five more, each at another place.

The data-sharing agreement waits for its keeper's signature, so that no schedule of this chapter limits what the county's consents carry.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.agreements import actions
from careloom.agreements.actions import AgreementFacts, AnswerFacts, ElementFacts, PartyFacts, ReviewFacts
from careloom.agreements.checklists import checklists
from careloom.agreements.models import Agreement, Clause, Notice, Party, Report, Signature
from careloom.demo.rooms.agreements_told import ANSWERS, COMMENTS, PARTIES, SECTIONS, TABLES, TEXTS, PartyOf
from careloom.demo.rooms.house import House, done

KEY = "practice:agreement"
TO_SIGN = ("DRAFT", "PARTNER_REVIEW", "LEGAL", "APPROVED", "SIGNING")


@dataclass(kw_only=True)
class Paper:
    """One agreement while it is played."""

    house: House
    key: str
    pk: UUID = field(init=False)

    @property
    def row(self) -> Agreement:
        """As it stands."""
        return Agreement.objects.get(pk=self.pk)

    def begin(self, *, weeks_ago: int, kind: str, title: str, because: str, **facts: Any) -> None:
        """Say that it is needed, and write what stands in it."""
        with self.house.then(weeks_ago=weeks_ago) as (by, at):
            told = AgreementFacts(kind=kind, title=title, because=because, **facts)
            self.pk = done(
                actions.put_agreement(by=by, at=at, collaborative_id=self.house.collaborative_id, facts=told, request_key=f"{KEY}:{self.key}")
            )
            for party in PARTIES[self.key]:
                done(actions.put_party(by=by, at=at, agreement_id=self.pk, facts=self._party(party), request_key=f"{KEY}:{self.key}:{party.partner}"))
            for table, rows in TABLES.get(self.key, {}).items():
                for place, cells in enumerate(rows):
                    key = f"{KEY}:{self.key}:{table}:{place}"
                    done(actions.put_line(by=by, at=at, agreement_id=self.pk, table=table, cells=cells, request_key=key))

    def write(self, *, weeks_ago: int, texts: dict[str, tuple[str, tuple[str, ...]]]) -> None:
        """Write clauses: words, and choices or keys of partners and bodies."""
        known = self.house.partners | self.house.bodies
        with self.house.then(weeks_ago=weeks_ago, hour=11) as (by, at):
            for code, (text, codes) in texts.items():
                ids = tuple(str(known.get(one, one)) for one in codes)
                version = Clause.objects.filter(agreement_id=self.pk, code=code).values_list("row_version", flat=True).first() or 0
                key = f"{KEY}:{self.key}:{code}:{version}"
                done(actions.put_clause(by=by, at=at, agreement_id=self.pk, code=code, text=text, codes=ids, version=version, request_key=key))

    def move(self, *to: str, weeks_ago: int, hour: int = 12) -> None:
        """Take it on, step by step."""
        with self.house.then(weeks_ago=weeks_ago, hour=hour) as (by, at):
            for state in to:
                done(actions.move(by=by, at=at, agreement_id=self.pk, to=state, version=self.row.row_version))

    def sign(self, *, weeks_ago: int, only: tuple[str, ...] = ()) -> None:
        """Every party signs, or `only` some."""
        number = self.row.number + 1
        wanted = [self.house.partners[one] for one in only]
        with self.house.then(weeks_ago=weeks_ago, hour=14) as (by, at):
            for party in Party.objects.filter(agreement_id=self.pk, left_on=None).order_by("request_key"):
                if not only or party.partner_id in wanted:
                    answer = actions.sign(
                        by=by, at=at, party_id=party.pk, name=party.signer_name, title=party.signer_title,
                        signed_on=self.house.day(weeks_ago=weeks_ago), version=self.row.row_version,
                        request_key=f"{KEY}:{str(party.pk)[:8]}:{number}",
                    )  # fmt: skip
                    done(answer)

    def filed(self, *, weeks_ago: int, receipts: bool) -> None:
        """The final copy goes to each contract manager; with `receipts`, each says that it came."""
        day = self.house.day(weeks_ago=weeks_ago)
        with self.house.then(weeks_ago=weeks_ago, hour=15) as (by, at):
            for row in Signature.objects.filter(agreement_id=self.pk, number=self.row.number, void=False).order_by("party__request_key"):
                answer = actions.file_copy(
                    by=by, at=at, signature_id=row.pk, filed_on=day, filed_how="Contract portal", receipt_on=day if receipts else None,
                    receipt="Portal receipt" if receipts else "", version=row.row_version,
                )  # fmt: skip
                done(answer)
                receipts = not receipts if self.row.number > 1 else receipts

    def _party(self, told: PartyOf) -> PartyFacts:
        return PartyFacts(
            partner_id=self.house.partners[told.partner], role=told.role, contact_name=told.contact, contact_reach=told.reach,
            signer_name=told.signer,
            signer_title=told.title, contract=told.contract, manager=told.manager,
        )  # fmt: skip


def play(house: House, *, at: datetime) -> None:
    """Play each agreement whole or not at all; one that is there is left as it stands."""
    for key, chapter in CHAPTERS.items():
        if not Agreement.objects.filter(collaborative_id=house.collaborative_id, request_key=f"{KEY}:{key}").exists():
            with transaction.atomic():
                chapter(Paper(house=house, key=key))
    with house.then(weeks_ago=24) as (by, then):
        told = ReviewFacts(
            because="DEFINITIONS", changed="Harbor Transit asked that a kept ride counts too.",
            success="A family is together a year after birth, with a plan it calls its own. Progress is each need met, as the family says.",
        )  # fmt: skip
        done(actions.define_success(by=by, at=then, collaborative_id=house.collaborative_id, facts=told, request_key=f"{KEY}:success"))


def working(paper: Paper) -> None:
    """Guidance 19: executed, audited, reported on, looked at again, and in force in its second version."""
    house = paper.house
    paper.begin(
        weeks_ago=72, kind="WORKING", title="Working agreement of Bayline and Coastal", because="Both serve the same families, and met them apart.",
        places=("Pine County", "Harbor County"), starts_on=house.day(weeks_ago=66), ends_on=house.day(weeks_ago=-90),
        review_on=house.day(weeks_ago=14), frequency="YEARLY", report_due_on=house.day(weeks_ago=-6),
    )  # fmt: skip
    paper.write(weeks_ago=70, texts=TEXTS["working"])
    paper.move("DRAFT", "PARTNER_REVIEW", weeks_ago=69)
    paper.move("LEGAL", "APPROVED", "SIGNING", weeks_ago=67)
    paper.sign(weeks_ago=66)
    paper.filed(weeks_ago=65, receipts=True)
    year = house.day(weeks_ago=20).year
    _audit(paper, year=house.day(weeks_ago=30).year, weeks_ago=30)
    _report(paper, year=house.day(weeks_ago=52).year, weeks_ago=50)
    with house.then(weeks_ago=14) as (by, at):
        told = ReviewFacts(because="YEARLY", outcome="AMEND", changed="Rides are what keeps families away most often; the workgroup takes them up.")
        done(actions.review(by=by, at=at, agreement_id=paper.pk, facts=told, request_key=f"{KEY}:working:review:{year}"))
        row = paper.row
        facts = AgreementFacts(
            kind=row.kind, title=row.title, because=row.because, places=(*row.places, "Eagle Nation"), starts_on=row.starts_on,
            ends_on=row.ends_on, review_on=house.day(weeks_ago=-40), frequency=row.frequency, report_due_on=row.report_due_on,
        )  # fmt: skip
        answer = actions.put_agreement(
            by=by, at=at, collaborative_id=house.collaborative_id, facts=facts, agreement_id=paper.pk, version=row.row_version
        )
        done(answer)
    paper.write(weeks_ago=13, texts=TEXTS["working_2"])
    paper.move("PARTNER_REVIEW", "LEGAL", "APPROVED", "SIGNING", weeks_ago=12)
    paper.sign(weeks_ago=11)
    paper.filed(weeks_ago=10, receipts=True)
    notice = Notice.objects.get(agreement_id=paper.pk)
    with house.then(weeks_ago=10) as (by, at):
        sent = house.day(weeks_ago=10)
        answer = actions.put_notice(
            by=by, at=at, agreement_id=paper.pk, what="Version 2: the area is wider and the workgroup takes up rides.", changed_on=notice.changed_on,
            sent_on=sent, sent_to="Regional contract office", sent_how="Letter with version 2", notice_id=notice.pk, version=notice.row_version,
        )  # fmt: skip
        done(answer)
    with house.then(days=-4) as (by, at):
        changed = house.now.date() - timedelta(days=6)
        what = "Coastal has a new contract manager."
        done(actions.put_notice(by=by, at=at, agreement_id=paper.pk, what=what, changed_on=changed, request_key=f"{KEY}:working:manager"))


def _audit(paper: Paper, *, year: int, weeks_ago: int) -> None:
    house = paper.house
    with house.then(weeks_ago=weeks_ago) as (by, at):
        key = f"{KEY}:working:audit"
        due = house.day(weeks_ago=weeks_ago - 4)
        audit = done(
            actions.plan_audit(by=by, at=at, agreement_id=paper.pk, year=year, auditor="Odile Renner and Wes Tolliver", due_on=due, request_key=key)
        )
    with house.then(weeks_ago=weeks_ago - 3) as (by, at):
        for code in checklists().questions:
            says, evidence, finding, action, owner, is_done = ANSWERS[code]
            facts = AnswerFacts(
                code=code, says=says, evidence=evidence, finding=finding, action=action, owner=owner,
                due_on=house.day(weeks_ago=-3 if not is_done else weeks_ago - 12) if action else None,
                done_on=house.day(weeks_ago=weeks_ago - 3) if action and is_done else None,
            )  # fmt: skip
            done(actions.answer(by=by, at=at, audit_id=audit, facts=facts, version=0, request_key=f"{key}:{code}"))


def _report(paper: Paper, *, year: int, weeks_ago: int) -> None:
    house = paper.house
    with house.then(weeks_ago=weeks_ago) as (by, at):
        pk = done(actions.put_report(by=by, at=at, agreement_id=paper.pk, year=year, sections=SECTIONS, request_key=f"{KEY}:working:report"))
    steps = (
        ("APPROVED", "Terrence Vance, for both parties", 1),
        ("SUBMITTED", "Contract portal", 2),
        ("ACKNOWLEDGED", "Letter of the Department", 4),
    )
    for step, how, later in steps:
        with house.then(weeks_ago=weeks_ago - later) as (by, at):
            version = Report.objects.get(pk=pk).row_version
            day: date = house.day(weeks_ago=weeks_ago - later)
            done(actions.move_report(by=by, at=at, report_id=pk, to=step, on=day, how=how, version=version))


def memorandum(paper: Paper) -> None:
    """In force since the first year; its yearly look comes soon."""
    house = paper.house
    paper.begin(
        weeks_ago=92, kind="MOU", title="Memorandum on plans of safe care", because="So that nobody asks twice who does what.",
        starts_on=house.day(weeks_ago=88), review_on=house.day(weeks_ago=-3),
    )  # fmt: skip
    paper.write(weeks_ago=91, texts=TEXTS["memorandum"])
    paper.move("DRAFT", "PARTNER_REVIEW", "LEGAL", "APPROVED", "SIGNING", weeks_ago=89)
    paper.sign(weeks_ago=88)


def hospital(paper: Paper) -> None:
    """In force, and its review is late."""
    house = paper.house
    paper.begin(
        weeks_ago=60, kind="HOSPITAL", title="Protocol of the birth center", because="A mother hears it from her nurse before anybody else does.",
        starts_on=house.day(weeks_ago=54), review_on=house.day(weeks_ago=2),
    )  # fmt: skip
    paper.write(weeks_ago=58, texts=TEXTS["hospital"])
    paper.move(*TO_SIGN, weeks_ago=56)
    paper.sign(weeks_ago=54)


def communication(paper: Paper) -> None:
    """With the partners, who say what they think of it."""
    paper.begin(
        weeks_ago=8, kind="COMMUNICATION", title="Communication protocol", because="A question of one tier waited months in another.",
        starts_on=paper.house.day(weeks_ago=-4), review_on=paper.house.day(weeks_ago=-56),
    )  # fmt: skip
    paper.write(weeks_ago=7, texts=TEXTS["communication"])
    paper.move("DRAFT", "PARTNER_REVIEW", weeks_ago=5)
    for place, (who, code, words, answer) in enumerate(COMMENTS):
        with paper.house.then(weeks_ago=3, who=who) as (by, at):
            key = f"{KEY}:communication:said:{place}"
            pk = done(actions.comment(by=by, at=at, agreement_id=paper.pk, code=code, words=words, request_key=key))
        if answer:
            with paper.house.then(weeks_ago=2) as (by, at):
                done(actions.answer_comment(by=by, at=at, comment_id=pk, words=answer, version=1))


def schedule(paper: Paper) -> None:
    """Whole and open for signing: the plan's signature is there, the keeper's of the program is not, so nothing is in force."""
    house = paper.house
    paper.begin(
        weeks_ago=10, kind="DATA_SHARING", title="Referrals of Cedar Path and Early Steps", because="A referral’s answer came by fax, or not at all.",
        starts_on=house.day(weeks_ago=-2), ends_on=house.day(weeks_ago=-158), review_on=house.day(weeks_ago=-54),
    )  # fmt: skip
    paper.write(weeks_ago=9, texts=TEXTS["schedule"])
    with house.then(weeks_ago=9) as (by, at):
        element = ElementFacts(
            discloser_id=house.partners["cedar_path"], recipient_id=house.partners["early_steps"],
            categories=("posc.plan_core", "posc.referral_status"),
            purposes=("care_coordination", "posc_monitoring"),
        )  # fmt: skip
        done(actions.put_element(by=by, at=at, agreement_id=paper.pk, facts=element, request_key=f"{KEY}:schedule:element"))
    paper.move(*TO_SIGN, weeks_ago=4)
    paper.sign(weeks_ago=2, only=("early_steps",))


def service(paper: Paper) -> None:
    """Just begun: the page lists what is missing."""
    paper.begin(weeks_ago=1, kind="QSOA", title="Laboratory service for Riverbend", because="A laboratory of the hospital reads Riverbend’s tests.")


CHAPTERS = {
    "memorandum": memorandum, "working": working, "hospital": hospital, "communication": communication, "schedule": schedule, "service": service,
}  # fmt: skip
