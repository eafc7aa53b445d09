"""Exposure classes of the archetype and the coded substances behind them."""

from __future__ import annotations

from careloom.demo import parameters as p
from careloom.demo.draw import Draw
from careloom.demo.ground import Ground, Script
from careloom.demo.story import Exposure

SUBSTANCES = {
    "cannabis": "CANNABIS",
    "MOUD": "MOUD",
    "Rx opioid": "PRESCRIBED_OPIOID",
    "illicit opioid": "FENTANYL",
    "methamphetamine": "METHAMPHETAMINE",
    "meth": "METHAMPHETAMINE",
    "cocaine": "COCAINE",
    "alcohol": "ALCOHOL",
    "benzo": "BENZODIAZEPINE",
    "stimulant": "METHAMPHETAMINE",
    "illicit opioid/stimulant": "FENTANYL",
    "opioid": "FENTANYL",
}


def draw_class(*, ground: Ground, number: int, script: Script | None) -> str:
    """The exposure class of the archetype's mix."""
    drawn = ground.draw(table="exposure_class", number=number).weighted(*p.exposure_mix(mix=ground.mix))
    return script.exposure_class if script else str(drawn)


def group_of(*, exposure_class: str) -> str:
    """MOUD, PRESCRIBED, CANNABIS or OTHER: the four groups that the published plan tables know."""
    if exposure_class in ("MOUD only", "cannabis+MOUD"):
        return "MOUD"
    if exposure_class.startswith("Rx opioid"):
        return "PRESCRIBED"
    return "CANNABIS" if exposure_class == "cannabis only" else "OTHER"


def substances_of(*, exposure_class: str) -> tuple[str, ...]:
    """The coded substances of a class, in its order; the mixed remainder is a benzodiazepine or other."""
    if exposure_class.startswith("other"):
        return ("OTHER",)
    if exposure_class == "cannabis+opioid+stimulant":
        return ("CANNABIS", "FENTANYL", "METHAMPHETAMINE")
    plain = exposure_class.removesuffix(" only").removesuffix(" as prescribed")
    return tuple(SUBSTANCES[part] for part in plain.split("+"))


def draw_exposures(
    *, ground: Ground, number: int, exposure_class: str, program_key: str | None, obstetric_key: str, script: Script | None
) -> tuple[Exposure, ...]:
    """One row for each substance, with how it is known; nicotine rides along at the published shares."""
    draw = ground.draw(table="exposure", number=number)
    rows = [
        _exposure(draw=draw, substance=name, program_key=program_key, obstetric_key=obstetric_key, script=script)
        for name in substances_of(exposure_class=exposure_class)
    ]
    names = {row.substance for row in rows}
    share = p.TOBACCO["MOUD"] if any(row.is_moud for row in rows) else p.TOBACCO_ELSE
    if share == p.TOBACCO_ELSE:
        for name, key in (("FENTANYL", "OPIOID"), ("PRESCRIBED_OPIOID", "OPIOID"), ("METHAMPHETAMINE",) * 2, ("CANNABIS",) * 2):
            if name in names:
                share = p.TOBACCO[key]
                break
    if draw.chance(share):
        rows.append(Exposure(substance="TOBACCO", is_prescribed=False, as_directed=None, is_moud=False, trimesters=(1, 2, 3), basis=("SELF_REPORT",)))
    return tuple(rows)


def _exposure(*, draw: Draw, substance: str, program_key: str | None, obstetric_key: str, script: Script | None) -> Exposure:
    moud = substance == "MOUD"
    prescribed = moud or substance == "PRESCRIBED_OPIOID"
    drawn = draw.one_of(p.MEDICINES)
    name = ((script.medicine if script else None) or drawn) if moud else substance
    basis = tuple(kind for kind, share in p.BASIS if draw.chance(share)) or ("SELF_REPORT",)
    directed = (not moud or draw.chance(p.MOUD_AS_DIRECTED) or script is not None) if prescribed else None
    trimesters = (1, 2, 3) if prescribed else draw.pick(((1,), (1, 2), (1, 2, 3)))
    prescriber = (program_key if moud else obstetric_key) if prescribed else None
    return Exposure(
        substance=name,
        is_prescribed=prescribed,
        as_directed=directed,
        is_moud=moud,
        trimesters=trimesters,
        basis=basis,
        prescriber_key=prescriber,
    )
