"""The first meetings: an agency writes down who she is, a hospital brings in what its record system sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from uuid import UUID

from careloom.consents.materialise import materialise
from careloom.demo.bundles import infant_bundle, mother_bundle
from careloom.demo.draw import ZONE
from careloom.demo.load import hers
from careloom.demo.load.exposing import NOT_COUNTED, exposure_fact
from careloom.demo.load.family import SOURCE, Family, Moment, with_name
from careloom.demo.people import HouseholdMember, Infant
from careloom.demo.story import FamilyStory
from careloom.exchange.importing import File, Imported, import_family
from careloom.health.actions import BirthFacts, put_birth, put_exposure, put_pregnancy
from careloom.health.models import Birth, Pregnancy
from careloom.infra.access import Viewer
from careloom.infra.access.caseload import assign
from careloom.messages.actions import ContactRules, put_safe_contact
from careloom.people.actions import PersonFacts, add_subjects, join, put_family_member, put_person

KIND_OF = {"GRANDMOTHER": "PARENT", "CHILD": "CHILD", "FRIEND": "FRIEND", "SPONSOR": "SPONSOR", "PARTNER": "PARTNER"}
# Families whose births come as FHIR bundles, each read and checked whole in half a second; the other charts are written by hand.
BROUGHT_IN = frozenset({1, 4, 8})
KIN = frozenset({"SISTER", "AUNT", "COUSIN", "BROTHER", "UNCLE"})


def moments(family: Family) -> Iterator[Moment]:
    """Her chart before birth where a clinic met her, and the birth as her hospital's record system sends it."""
    story = family.story
    if not story.infants and story.plan is None:
        clinic = story.pregnancy.obstetric_key
        day = story.records[0].entered_on if story.records else family.county.day(-1)
        yield Moment(at=family.on(day, 9), play=lambda at: meet(family, clinic, worker=family.hand(clinic), at=at))
    if story.infants:
        yield Moment(at=family.after_birth(story.infants[0].born_at, hours=1), order=1, play=lambda at: bring_in_birth(family, at=at))


def meet(family: Family, agency_key: str, *, worker: str, at: datetime) -> None:
    """An agency writes down the mother, and the infants that are born, as they tell it; and how she may be reached."""
    if agency_key in family.known_at:
        return
    with family.acting(worker) as by:
        facts = mother_facts(family, agency_key)
        row = put_person(
            by=by,
            at=at,
            facts=facts,
            category="posc.plan_core",
            identity_id=family.mother_id,
            source_system=SOURCE,
            source_id=family.story.mother.key,
        )
        family.mother_id = row.identity_id
        assign(by=by, worker_id=by.worker_id, identity_ids=[family.her], at=at)  # type: ignore[arg-type]
        meet_infants(family, by=by, at=at)
        reach(family, by=by, at=at)
    family.known_at.add(agency_key)


def meet_infants(family: Family, *, by: Viewer, at: datetime) -> None:
    """An agency writes down the infants who are born."""
    for baby in family.story.infants:
        if baby.key in family.infants:
            row = put_person(
                by=by, at=at, facts=infant_facts(family, baby), category="posc.plan_core", identity_id=family.infants[baby.key],
                source_system=SOURCE, source_id=baby.key,
            )  # fmt: skip
            assign(by=by, worker_id=by.worker_id, identity_ids=[row.identity_id], at=at)  # type: ignore[arg-type]


def mother_facts(family: Family, agency_key: str) -> PersonFacts:
    """What an agency writes down of her."""
    her = with_name(family.story, agency_key=agency_key).mother
    return PersonFacts(
        role="MOTHER", given_name=her.given, family_name=her.family, preferred_name=her.preferred, pronouns=her.pronouns, birth_date=her.birth_on,
        race_ethnicity=[her.race_ethnicity] if her.race_ethnicity else [], tribe="Eagle Nation" if her.tribe else "",
        language=her.language if her.language in ("en", "es") else "en", wants_interpreter=her.wants_interpreter, phone=her.contact.phone,
        address=her.address or "", county=her.county, payer=her.payer,
    )  # fmt: skip


def infant_facts(family: Family, baby: Infant) -> PersonFacts:
    """What an agency writes down of an infant."""
    return PersonFacts(
        role="INFANT", given_name=baby.given, family_name=baby.family, birth_date=baby.born_at.astimezone(ZONE).date(), sex=baby.sex,
        language=family.story.mother.language if family.story.mother.language == "es" else "en", county=family.story.mother.county,
        mother_identity_id=family.mother_id, died_on=baby.died_on,
    )  # fmt: skip


def reach(family: Family, *, by: Viewer, at: datetime) -> None:
    """How she may be reached, as she told this agency."""
    said = family.story.mother.contact
    put_safe_contact(
        by=by,
        at=at,
        identity_id=family.her,
        rules=ContactRules(
            may_text=said.may_text, may_call=said.may_call, may_leave_voicemail=said.may_leave_voicemail, may_mail=said.may_mail,
            shared_phone=said.phone_is_shared, from_hour=time(said.from_hour), to_hour=time(said.to_hour), note=said.words[:200],
        ),
    )  # fmt: skip


def household(family: Family, *, by: Viewer, at: datetime) -> None:
    """The family as she defines it, with whoever must not be contacted."""
    from careloom.demo.load.ground import fixed_id

    for member in family.story.household:
        put_family_member(
            by=by, at=at, identity_id=family.her, name=member.name, relation=member.relation_in_her_words, kind=_kind(member),
            birth_date=member.birth_on, lives_with_her=member.lives_with_her,
            contact="DO_NOT_CONTACT" if member.do_not_contact else "OK" if member.is_named_supporter else "THROUGH_HER",
            unsafe=member.do_not_contact, phone=member.phone or "", member_id=fixed_id("member", member.key),
            wants_services={True: "YES", False: "NO", None: "NOT_ASKED"}[member.offered_services],
        )  # fmt: skip


def _kind(member: HouseholdMember) -> str:
    return "KIN" if member.relation in KIN else KIND_OF.get(member.relation, "OTHER")


def told_pregnancy(family: Family, *, by: Viewer, at: datetime) -> None:
    """The pregnancy as she told it to the agency that starts the plan."""
    told = family.story.pregnancy
    row = put_pregnancy(
        by=by, at=at, identity_id=family.her, due_on=told.due_on, care_began_on=told.prenatal_care_from, category="posc.plan_core",
        source_id=f"{family.story.mother.key}-pregnancy",
    )  # fmt: skip
    family.pregnancy_id = row.pk


def bring_in_birth(family: Family, *, at: datetime) -> None:
    """The hospital's worker brings in the bundles of mother and infants, or writes the chart; where she shows her plan, the records are joined."""
    story = family.story
    hospital = story.infants[0].hospital_key
    worker = family.hand(hospital)
    written = with_name(story, agency_key=hospital)
    with family.acting(worker) as by:
        brought = story.number in BROUGHT_IN
        theirs = _import(family, written, by=by, at=at) if brought else _chart(family, by=by, at=at)
    if theirs is None:
        return
    family.mother_id = family.mother_id or theirs
    if theirs != family.her and not hers.show_card(family, worker=worker, theirs=theirs, at=at):
        # She has no page yet: her release on paper says who she is.
        with family.acting(worker) as by:
            join(by=by, at=at, keep=family.her, gone=theirs, because="CONSENT")
            assign(by=by, worker_id=by.worker_id, identity_ids=[family.her], at=at)  # type: ignore[arg-type]
            materialise([family.her, *family.infants.values()], at=at)
    with family.acting(worker) as by:
        if story.number in BROUGHT_IN:
            _first_days(family, by=by, at=at)
        reach(family, by=by, at=at)
        add_subjects(by=by, at=at, identity_id=family.her, subject_ids=list(family.infants.values()))
    family.known_at.add(hospital)


def _import(family: Family, written: FamilyStory, *, by: Viewer, at: datetime) -> UUID | None:
    day = at.astimezone(ZONE).date()
    done = import_family(
        by=by,
        at=at,
        mother=_file("mother", mother_bundle(story=written, as_of=day)),
        infants=tuple(_file(f"infant {b.birth_order}", infant_bundle(story=written, infant=b, as_of=day)) for b in written.infants),
    )
    if not isinstance(done, Imported):
        family.count(done)
        return None
    family.infants = dict(zip([b.key for b in written.infants], done.infant_ids, strict=True))
    family.births = dict(zip(family.infants, done.birth_ids, strict=True))
    return done.mother_id


def _chart(family: Family, *, by: Viewer, at: datetime) -> UUID:
    """The same chart written by hand: people, pregnancy, exposures and births."""
    story, hospital = family.story, family.story.infants[0].hospital_key
    row = put_person(by=by, at=at, facts=mother_facts(family, hospital), category="hipaa.ob_record", source_system=SOURCE, source_id=story.mother.key)
    her = row.identity_id
    assign(by=by, worker_id=by.worker_id, identity_ids=[her], at=at)  # type: ignore[arg-type]
    told = put_pregnancy(
        by=by, at=at, identity_id=her, due_on=story.pregnancy.due_on, care_began_on=story.pregnancy.prenatal_care_from,
        source_id=f"{story.mother.key}-pregnancy",
    )  # fmt: skip
    for used in story.exposures:
        fact = exposure_fact(used)
        if used.substance not in NOT_COUNTED:
            put_exposure(
                by=by, at=at, identity_id=her, substance=fact.substance, prescribed=fact.prescribed, as_prescribed=fact.as_prescribed,
                trimesters=list(used.trimesters), known_from=list(fact.known_from),
            )  # fmt: skip
    for baby in story.infants:
        facts = replace(infant_facts(family, baby), mother_identity_id=her)
        infant = put_person(by=by, at=at, facts=facts, category="hipaa.newborn_record", source_system=SOURCE, source_id=baby.key)
        assign(by=by, worker_id=by.worker_id, identity_ids=[infant.identity_id], at=at)  # type: ignore[arg-type]
        born = put_birth(
            by=by, at=at, infant_id=infant.identity_id, mother_id=her, facts=_facts(family, baby), pregnancy_id=told.pk, source_id=baby.key
        )
        family.infants[baby.key], family.births[baby.key] = infant.identity_id, born.pk
    return her


def _first_days(family: Family, *, by: Viewer, at: datetime) -> None:
    """What the ward adds to the chart that no bundle has: the hour, how withdrawal is watched, with whom the infant goes home."""
    rows = {row.identity_id: row for row in Birth.objects.filter(holder_id=by.holder_id, identity_id__in=family.infants.values())}
    pregnancy = Pregnancy.objects.filter(holder_id=by.holder_id, identity_id=family.her).order_by("-starts_on").first()
    for baby in family.story.infants:
        known = rows[family.infants[baby.key]]
        born = put_birth(
            by=by, at=at, infant_id=known.identity_id, mother_id=family.her, facts=_facts(family, baby),
            pregnancy_id=pregnancy.pk if pregnancy else None, source_system=known.source_system, source_type=known.source_type,
            source_id=known.source_id,
        )  # fmt: skip
        family.births[baby.key] = born.pk


def _facts(family: Family, baby: Infant) -> BirthFacts:
    seen = "TREATED" if baby.had_medicine else "OBSERVED" if baby.has_withdrawal_signs else "NONE"
    return BirthFacts(
        born_at=baby.born_at, order=baby.birth_order, plurality=len(family.story.infants), gestation_weeks=baby.gestation_weeks,
        gestation_days=baby.gestation_days, weight_g=baby.weight_g, sex=baby.sex, nicu=baby.in_nicu, withdrawal=seen,
        withdrawal_method="" if baby.method == "NONE" else baby.method, goes_home_with=baby.goes_home_with, discharged_on=baby.discharged_on,
    )  # fmt: skip


def _file(name: str, page: dict[str, object]) -> File:
    return File(name=name, data=json.dumps(page, ensure_ascii=False).encode())
