"""The mother and the family as she defines it."""

from __future__ import annotations

from datetime import date, timedelta

from careloom.demo import parameters as p
from careloom.demo.draw import Draw
from careloom.demo.ground import Ground, Script
from careloom.demo.parameters import data
from careloom.demo.people import HouseholdMember, Mother, SafeContact

SPANISH_PRACTICE = (14, 23, 31)
"""Practice families that speak Spanish whatever the draw, so that the small county has several."""
PAYERS = ("maplecare", "columbia_first")


def draw_mother(*, ground: Ground, number: int, key: str, birth_on: date, script: Script | None) -> Mother:
    """The mother of family ``number``. What she says of her race is drawn from its own stream and used nowhere."""
    draw = ground.draw(table="mother", number=number)
    age = max(15.0, min(45.0, draw.normal(p.AGE_MEAN, p.AGE_DEVIATION)))
    language = draw.one_of(p.LANGUAGES)
    if number in SPANISH_PRACTICE:
        language = "es"
    county = "Pine" if draw.chance(p.PINE_SHARE) else "Harbor"
    payer = draw.pick(PAYERS) if draw.chance(p.MEDICAID_SHARE) else draw.pick(("PRIVATE", "PRIVATE", "NONE"))
    unhoused = draw.chance(p.UNHOUSED_SHARE)
    tribe = "eagle_nation" if draw.chance(p.EAGLE_NATION_SHARE) else None
    day_of_birth = draw.whole(0, 364)
    miles = draw.whole(18, 75) if county == "Pine" else draw.whole(1, 14)
    street, plan_digits = draw.whole(1, 99), draw.whole(0, 99_999_999)
    zip_code = f"{draw.whole(1, 99):05d}"
    if script:
        language, county, age, tribe, unhoused = script.language, script.county, script.age, script.tribe, False
        payer = script.payer or payer
    has_no_address = unhoused or (script is None and ground.draw(table="address", number=number).chance(p.MISSING_ADDRESS))
    race = draw_race(ground=ground, number=number, language=language)
    given, family, preferred = draw_name(ground=ground, number=number, spanish=language == "es" or race == "HISPANIC")
    if script:
        given, family, preferred = script.given, script.family, script.preferred or script.given
        race = script.race_ethnicity
    return Mother(
        key=f"{key}-mother",
        given=given,
        family=family,
        preferred=preferred,
        pronouns="she/her",
        birth_on=birth_on - timedelta(days=int(age) * 365 + int(age) // 4 + day_of_birth),
        language=language,
        wants_interpreter=language != "en",
        race_ethnicity=race,
        tribe=tribe,
        county=county,
        address=None if has_no_address else f"{street} Example Street, {county} County, ZZ",
        zip_code=zip_code,
        is_unhoused=unhoused,
        miles_to_clinic=miles,
        payer=payer,
        plan_id=f"ZZ{plan_digits:08d}" if payer in PAYERS else None,
        mrn=f"SYN-{number:07d}-M",
        contact=draw_contact(ground=ground, number=number, language=language, phone=script.phone if script else None),
        email=f"{key}@example.org",
    )


def draw_race(*, ground: Ground, number: int, language: str) -> str | None:
    """What she says when asked: None for the share that nobody asked or who did not say."""
    draw = ground.draw(table="race", number=number)
    said = draw.one_of(p.RACE_SHARES)
    if draw.chance(p.MISSING_RACE):
        return None
    return "HISPANIC" if language == "es" else str(said)


def draw_name(*, ground: Ground, number: int, spanish: bool) -> tuple[str, str, str]:
    """Given name, coined family names (two in Spanish use) and what she likes to be called."""
    draw = ground.draw(table="name", number=number)
    first, coined = data("first_names"), data("names")
    if spanish:
        given = draw.pick(first["mothers_es"])
        one, two = draw.some(coined["es"], 2)
        shape = draw.share()
        family = f"{one} de {two}" if shape < 0.06 else f"{one}-{two}" if shape < 0.12 else f"{one} {two}"
    else:
        given, family = draw.pick(first["mothers_en"]), draw.pick(coined["en"])
    short = first["short"].get(given, given)
    return given, family, short if draw.chance(0.3) else given


def draw_contact(*, ground: Ground, number: int, language: str, phone: str | None) -> SafeContact:
    """Her safe-contact rules, in her words."""
    draw = ground.draw(table="contact", number=number)
    number_drawn = f"555-01{draw.whole(0, 99):02d}"
    kind = draw.weighted(("plain", "no_voicemail", "nine_to_two", "shared"), (0.58, 0.18, 0.12, 0.12))
    if number == 1:
        kind = "nine_to_two"
    words = data("voices")["contact"]["es" if language == "es" else "en"][kind]
    narrow = kind == "nine_to_two"
    return SafeContact(
        phone=phone or number_drawn,
        may_call=not narrow or number == 1,
        may_leave_voicemail=kind == "plain",
        may_mail=not draw.chance(0.1),
        from_hour=9 if narrow else 8,
        to_hour=14 if narrow else 20,
        phone_is_shared=kind == "shared" or number == 1,
        text_first=narrow,
        words=words,
    )


def draw_household(*, ground: Ground, number: int, key: str, mother: Mother) -> tuple[HouseholdMember, ...]:
    """One to three adults she counts as family, older children, and in some families one "do not contact"."""
    draw = ground.draw(table="household", number=number)
    voices = data("voices")
    language = "es" if mother.language == "es" else "en"
    members: list[HouseholdMember] = []
    for place, (relation, words) in enumerate(draw.some(voices["relations"][language], draw.whole(1, 3))):
        members.append(_adult(draw=draw, key=f"{key}-a{place}", relation=relation, words=words, mother=mother))
    for place in range(draw.weighted((0, 1, 2, 3), (0.42, 0.32, 0.18, 0.08))):
        members.append(_child(draw=draw, key=f"{key}-c{place}", language=language, mother=mother, ground=ground))
    if draw.chance(p.DO_NOT_CONTACT_SHARE):
        members.append(
            HouseholdMember(
                key=f"{key}-x",
                given=draw.pick(data("first_names")["adults"]),
                family=_surname(draw, language),
                relation_in_her_words=voices["do_not_contact"][language],
                relation="FORMER_PARTNER",
                birth_on=None,
                lives_with_her=False,
                do_not_contact=True,
            )
        )
    return tuple(members)


def _adult(*, draw: Draw, key: str, relation: str, words: str, mother: Mother) -> HouseholdMember:
    related = relation in ("GRANDMOTHER", "SISTER", "AUNT")
    language = "es" if mother.language == "es" else "en"
    return HouseholdMember(
        key=key,
        given=draw.pick(data("first_names")["adults"]),
        family=mother.family if related else _surname(draw, language),
        relation_in_her_words=words,
        relation=relation,
        birth_on=None,
        lives_with_her=draw.chance(0.5),
        is_named_supporter=draw.chance(0.5),
        phone=f"555-01{draw.whole(0, 99):02d}",
        offered_services=draw.chance(0.6),
    )


def _child(*, draw: Draw, key: str, language: str, mother: Mother, ground: Ground) -> HouseholdMember:
    names = data("first_names")
    elsewhere = draw.chance(0.2)
    return HouseholdMember(
        key=key,
        given=draw.pick(names["girls"] + names["boys"]),
        family=mother.family,
        relation_in_her_words=draw.pick(data("voices")["child_relation"][language]),
        relation="CHILD",
        birth_on=ground.starts_on - timedelta(days=draw.whole(400, 4200)),
        lives_with_her=not elsewhere,
        is_child=True,
    )


def _surname(draw: Draw, language: str) -> str:
    coined = data("names")
    return " ".join(draw.some(coined["es"], 2)) if language == "es" else draw.pick(coined["en"])
