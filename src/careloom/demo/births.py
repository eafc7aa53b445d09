"""Pregnancy, treatment and the infants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from careloom.demo import parameters as p
from careloom.demo.draw import Draw, instant
from careloom.demo.ground import Ground, Script
from careloom.demo.parameters import data
from careloom.demo.people import Infant, Mother
from careloom.demo.story import Pregnancy, Treatment

COMPONENTS = ("MEDICINE", "COUNSELING", "PRENATAL_AND_CHILD_CARE", "PEER_AND_FAMILY_SUPPORT", "DRUG_TESTING_AGREED")


@dataclass(frozen=True, kw_only=True, slots=True)
class Timing:
    """When the baby came or is expected, seen from the county's last day."""

    birth_on: date
    is_expecting: bool
    is_loss: bool


def draw_timing(*, ground: Ground, number: int, script: Script | None) -> Timing:
    """The birth, loss or due day; births lie inside the window with two weeks to spare at its start."""
    draw = ground.draw(table="timing", number=number)
    expecting, lost = draw.chance(p.EXPECTING_SHARE), draw.chance(p.LOSS_SHARE)
    span = max(1, (ground.ends_on - ground.starts_on).days - 15)
    past = ground.starts_on + timedelta(days=14 + int(draw.share() * span))
    if number == p.OLDEST_PRACTICE:
        expecting, lost, past = False, False, ground.starts_on + timedelta(days=14)
    coming = ground.day(draw.whole(5, 90))
    if script:
        day = ground.day(script.birth_in_days)
        return Timing(birth_on=day, is_expecting=script.birth_in_days > 0, is_loss=False)
    return Timing(birth_on=coming if expecting else past, is_expecting=expecting, is_loss=lost and not expecting)


def draw_treatment(*, ground: Ground, number: int, mother: Mother, birth_on: date, exposure_class: str, script: Script | None) -> Treatment | None:
    """Medication treatment for MOUD classes, with retention from its Weibull; None for the others."""
    draw = ground.draw(table="treatment", number=number)
    if "MOUD" not in exposure_class:
        return None
    far = draw.chance(0.5 if mother.county == "Pine" else 0.85)
    program = (script.program_key if script else None) or ("riverbend" if far else "cedar_path")
    started = birth_on - timedelta(days=draw.whole(45, 400))
    medicine = draw.one_of(p.MEDICINES)
    stays = draw.weibull(scale=p.RETENTION_SCALE_DAYS, shape=p.RETENTION_SHAPE)
    if ground.switches.medicine_access:
        stays *= p.MEDICINE_ACCESS.get(mother.race_ethnicity or "", 1.0)
    returns = draw.share() * 365 / p.RETURN_TO_USE_YEAR
    present = tuple(part for part in COMPONENTS if part != "PEER_AND_FAMILY_SUPPORT" or draw.chance(0.7))
    planned = draw.whole(8, 14)
    kept = planned - min(planned, draw.days(median=1.2, sigma=0.8))
    if script:
        started = ground.day(-(script.in_treatment_days or 150))
        medicine, stays, returns = script.medicine or medicine, 9999.0, 9999.0
    started = min(started, ground.day(-1))
    left = birth_on + timedelta(days=int(min(stays, 9000)))
    used = birth_on + timedelta(days=int(min(returns, 9000)))
    return Treatment(
        agency_key=program,
        kind="MOUD",
        medicine=str(medicine),
        started_on=started,
        ended_on=left if started < left < ground.ends_on else None,
        visits_kept=kept,
        visits_planned=planned,
        components_present=present,
        returned_to_use_on=(used,) if birth_on <= used < min(left, ground.ends_on) else (),
    )


def draw_pregnancy(*, ground: Ground, number: int, mother: Mother, timing: Timing, gestation_days: int, script: Script | None) -> Pregnancy:
    """The pregnancy around a birth day and a gestation in days."""
    draw = ground.draw(table="pregnancy", number=number)
    twins = draw.chance(p.TWIN_SHARE)
    care = draw.one_of(p.PRENATAL_CARE)
    week = {"FIRST": draw.whole(7, 13), "SECOND": draw.whole(14, 26), "THIRD_OR_NONE": draw.whole(28, 34)}[care]
    none = care == "THIRD_OR_NONE" and draw.chance(0.26)
    before = draw.weighted((0, 1, 2, 3), (0.25, 0.27, 0.17, 0.31))
    if script:
        care, week, none = "FIRST", min(week, 12), False
    first_day = timing.birth_on - timedelta(days=gestation_days)
    care_from = first_day + timedelta(days=week * 7)
    hospital = (script.hospital_key if script else None) or ground.near(kind="HOSPITAL", county=mother.county)
    return Pregnancy(
        due_on=first_day + timedelta(days=280),
        outcome="EXPECTING" if timing.is_expecting else "LOSS" if timing.is_loss else "BORN",
        babies=len(script.babies) or 1 if script else 2 if twins else 1,
        prenatal_care_from=None if none or care_from >= min(timing.birth_on, ground.ends_on) else care_from,
        prenatal_care=care,
        births_before=before,
        hospital_key=hospital,
        obstetric_key=ground.near(kind="OB_CLINIC", county=mother.county),
        ended_on=None if timing.is_expecting else timing.birth_on,
    )


def draw_gestation(*, ground: Ground, number: int, exposure_class: str, is_expecting: bool, script: Script | None) -> int:
    """Gestation at birth in days, preterm by care and exposure; 280 for a pregnancy that goes on."""
    draw = ground.draw(table="gestation", number=number)
    opioid = "opioid" in exposure_class and not exposure_class.startswith("Rx")
    share = p.PRETERM_MOUD if "MOUD" in exposure_class else p.PRETERM_UNTREATED_OPIOID if opioid else p.PRETERM_BASE
    if exposure_class.startswith("cannabis") and share == p.PRETERM_BASE:
        share = p.PRETERM_CANNABIS
    early, late = draw.chance(share), draw.chance(p.LATE_PRETERM_OF_PRETERM)
    week = draw.whole(34, 36) if late else draw.weighted((26, 28, 30, 31, 32, 33), (1, 2, 3, 4, 6, 8))
    if not early:
        week = draw.weighted((37, 38, 39, 40, 41), (0.11, 0.20, 0.39, 0.23, 0.07))
    days = int(week) * 7 + draw.whole(0, 6)
    if is_expecting:
        return 280
    return script.gestation[0] * 7 + script.gestation[1] if script and script.gestation else days


def draw_infants(
    *,
    ground: Ground,
    number: int,
    key: str,
    mother: Mother,
    pregnancy: Pregnancy,
    exposure_class: str,
    gestation_days: int,
    script: Script | None,
) -> tuple[Infant, ...]:
    """One record for each baby born alive."""
    if pregnancy.outcome != "BORN":
        return ()
    draw = ground.draw(table="infant", number=number)
    return tuple(
        _infant(
            ground=ground,
            draw=draw,
            number=number,
            key=key,
            order=order,
            mother=mother,
            pregnancy=pregnancy,
            exposure_class=exposure_class,
            gestation_days=gestation_days,
            script=script,
        )
        for order in range(1, pregnancy.babies + 1)
    )


def _infant(
    *,
    ground: Ground,
    draw: Draw,
    number: int,
    key: str,
    order: int,
    mother: Mother,
    pregnancy: Pregnancy,
    exposure_class: str,
    gestation_days: int,
    script: Script | None,
) -> Infant:
    born_on = pregnancy.ended_on or ground.ends_on
    sex = "MALE" if draw.chance(p.MALE_SHARE) else "FEMALE"
    given = draw.pick(data("first_names")["boys" if sex == "MALE" else "girls"])
    if script and len(script.babies) >= order:
        given, sex = script.babies[order - 1]
    hour, minute = draw.whole(0, 23), draw.whole(0, 59)
    care = _newborn_care(draw=draw, exposure_class=exposure_class, method=_method(pregnancy.hospital_key))
    weeks, days = divmod(gestation_days, 7)
    in_nicu = draw.chance(0.9 if weeks < 34 else 0.4 if weeks < 37 else 0.08)
    stay = care[3] + (max(0, 37 - weeks) * 4 if in_nicu else 0)
    if script:
        care, in_nicu, stay = (care[0], care[1], False, 4), weeks < 36, 4 + max(0, 36 - weeks) * 4
    left_on = born_on + timedelta(days=stay)
    test = p.TEST_ORDERED
    if ground.switches.testing_bias and mother.race_ethnicity == "BLACK":
        test = min(0.98, test * p.TEST_BIAS_FACTOR)
    tested = draw.chance(test)
    dies = draw.chance(p.INFANT_DEATH_SHARE)
    dies_on = left_on + timedelta(days=draw.whole(5, 200))
    return Infant(
        key=f"{key}-baby{order}",
        given=str(given),
        family=mother.family,
        sex=str(sex),
        born_at=instant(day=born_on, hour=hour, minute=minute),
        weight_g=_weight(draw=draw, exposure_class=exposure_class, gestation_days=gestation_days, babies=pregnancy.babies, script=script),
        gestation_weeks=weeks,
        gestation_days=days,
        mrn=f"SYN-{number:07d}-{order}",
        hospital_key=pregnancy.hospital_key,
        pediatric_key=ground.near(kind="PEDIATRIC_CLINIC", county=mother.county),
        method=care[0],
        has_withdrawal_signs=care[1],
        had_medicine=care[2],
        finnegan_peak=draw.whole(8, 15) if care[0] == "FINNEGAN" and care[1] else None,
        in_nicu=in_nicu,
        days_in_hospital=min(stay, (ground.ends_on - born_on).days),
        discharged_on=left_on if left_on < ground.ends_on else None,
        goes_home_with="MOTHER",
        toxicology_ordered=tested,
        # The practice families that people train on lose no baby; the large worlds do, at the published share.
        died_on=dies_on if dies and number > 40 and dies_on < ground.ends_on else None,
        birth_order=order,
    )


def _method(hospital_key: str) -> str:
    return "ESC" if hospital_key == "st_agnes" else "FINNEGAN"


def _newborn_care(*, draw: Draw, exposure_class: str, method: str) -> tuple[str, bool, bool, int]:
    """Method, signs of withdrawal, medicine given, and days in hospital."""
    if "MOUD" in exposure_class:
        share = p.WITHDRAWAL["MOUD"]
    elif exposure_class.startswith("Rx"):
        share = p.WITHDRAWAL["PRESCRIBED"]
    else:
        share = p.WITHDRAWAL["ILLICIT"] if "opioid" in exposure_class else 0.0
    signs, treated = draw.chance(share), draw.chance(p.MEDICINE[method])
    longer, plain = draw.days(median=p.STAY_MEDIAN[method], sigma=0.35), draw.whole(2, 3)
    if not share:
        return "NONE", False, False, plain
    if not signs:
        return method, False, False, 4
    return method, True, treated, round(longer * (p.STAY_TREATED_FACTOR if treated else 1.0))


def _weight(*, draw: Draw, exposure_class: str, gestation_days: int, babies: int, script: Script | None) -> int:
    mean = p.WEIGHT_MEAN_G - p.WEIGHT_PER_WEEK_G * (39 - gestation_days / 7) - (500 if babies > 1 else 0)
    if "opioid" in exposure_class or "meth" in exposure_class or "MOUD" in exposure_class:
        mean += p.WEIGHT_OPIOID_G
    drawn = draw.normal(mean, p.WEIGHT_DEVIATION_G * max(0.4, mean / p.WEIGHT_MEAN_G))
    if script and script.weight_g and babies == 1:
        return script.weight_g
    return int(max(600, min(5200, round(drawn, -1))))
