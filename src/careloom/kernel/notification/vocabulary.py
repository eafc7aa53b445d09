"""The words in which a birth is described to the router. Values are stable upper-case codes."""

from __future__ import annotations

from enum import StrEnum


class Substance(StrEnum):
    """What the infant was exposed to before birth, as a class."""

    METHADONE = "METHADONE"
    BUPRENORPHINE = "BUPRENORPHINE"
    PRESCRIPTION_OPIOID = "PRESCRIPTION_OPIOID"
    PRESCRIPTION_BENZODIAZEPINE = "PRESCRIPTION_BENZODIAZEPINE"
    PRESCRIPTION_STIMULANT = "PRESCRIPTION_STIMULANT"
    PSYCHIATRIC_MEDICATION = "PSYCHIATRIC_MEDICATION"
    OTHER_MEDICATION = "OTHER_MEDICATION"
    ALCOHOL = "ALCOHOL"
    CANNABIS = "CANNABIS"
    HEROIN = "HEROIN"
    FENTANYL = "FENTANYL"
    COCAINE = "COCAINE"
    METHAMPHETAMINE = "METHAMPHETAMINE"
    HALLUCINOGEN = "HALLUCINOGEN"
    OTHER_SUBSTANCE = "OTHER_SUBSTANCE"
    NOT_KNOWN = "NOT_KNOWN"


class SubstanceGroup(StrEnum):
    """The groups that state rules speak of."""

    MEDICATION_FOR_OUD = "MEDICATION_FOR_OUD"
    OTHER_MEDICATION = "OTHER_MEDICATION"
    ALCOHOL = "ALCOHOL"
    CANNABIS = "CANNABIS"
    OTHER_SUBSTANCE = "OTHER_SUBSTANCE"
    NOT_KNOWN = "NOT_KNOWN"


_MOUD = {Substance.METHADONE, Substance.BUPRENORPHINE}
_MEDICATION = {
    Substance.PRESCRIPTION_OPIOID,
    Substance.PRESCRIPTION_BENZODIAZEPINE,
    Substance.PRESCRIPTION_STIMULANT,
    Substance.PSYCHIATRIC_MEDICATION,
    Substance.OTHER_MEDICATION,
}
_ALONE = {
    Substance.ALCOHOL: SubstanceGroup.ALCOHOL,
    Substance.CANNABIS: SubstanceGroup.CANNABIS,
    Substance.NOT_KNOWN: SubstanceGroup.NOT_KNOWN,
}


def group_of(*, substance: Substance) -> SubstanceGroup:
    """Return the group of a substance class."""
    if substance in _MOUD:
        return SubstanceGroup.MEDICATION_FOR_OUD
    if substance in _MEDICATION:
        return SubstanceGroup.OTHER_MEDICATION
    return _ALONE.get(substance, SubstanceGroup.OTHER_SUBSTANCE)


class YesNoUnsure(StrEnum):
    """An answer that may honestly be unsure."""

    YES = "YES"
    NO = "NO"
    UNSURE = "UNSURE"


class Use(StrEnum):
    """How it was used, worked out from the two answers about the prescription."""

    AS_DIRECTED = "AS_DIRECTED"
    NOT_AS_DIRECTED = "NOT_AS_DIRECTED"
    NOT_PRESCRIBED = "NOT_PRESCRIBED"
    UNSURE = "UNSURE"


class Basis(StrEnum):
    """How the exposure is known."""

    SELF_REPORT = "SELF_REPORT"
    PARENT_TOXICOLOGY = "PARENT_TOXICOLOGY"
    INFANT_TOXICOLOGY = "INFANT_TOXICOLOGY"
    HEALTH_RECORD = "HEALTH_RECORD"
    PRESCRIBER = "PRESCRIBER"


class Withdrawal(StrEnum):
    """Withdrawal signs in the infant."""

    NONE = "NONE"
    OBSERVED = "OBSERVED"
    TREATED = "TREATED"


class FasdSigns(StrEnum):
    """Signs of a fetal alcohol spectrum disorder."""

    NONE = "NONE"
    SUSPECTED = "SUSPECTED"
    DIAGNOSED = "DIAGNOSED"


class InTreatment(StrEnum):
    """Whether she is in treatment, in her own answer."""

    YES = "YES"
    WAITING = "WAITING"
    NO = "NO"
    DECLINED_TO_SAY = "DECLINED_TO_SAY"


class PlanStatus(StrEnum):
    """Where she stands with a plan of safe care."""

    HAS_CARD = "HAS_CARD"
    WANTS_ONE = "WANTS_ONE"
    NOT_NOW = "NOT_NOW"


class ToldMother(StrEnum):
    """Whether she was told what is shared, before it is shared (workflow 6.1)."""

    YES = "YES"
    NOT_YET = "NOT_YET"
    NOT_SAFE_TO_TELL = "NOT_SAFE_TO_TELL"


class Notify(StrEnum):
    """What kind of notification the facts ask for."""

    NONE = "NONE"
    DEIDENTIFIED = "DEIDENTIFIED"
    IDENTIFIED = "IDENTIFIED"


class Level(StrEnum):
    """The product's pathway levels (plan-content 2.6)."""

    L0 = "L0"
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"

    @property
    def order(self) -> int:
        """The level as a number, 0 to 4."""
        return int(self.value[1])


class LeadKind(StrEnum):
    """The kind of agency that leads the plan."""

    TREATMENT_PROGRAM = "TREATMENT_PROGRAM"
    OBSTETRIC_CARE = "OBSTETRIC_CARE"
    PEDIATRIC_CARE = "PEDIATRIC_CARE"
    HOSPITAL = "HOSPITAL"
    HOME_VISITING = "HOME_VISITING"
    PUBLIC_HEALTH = "PUBLIC_HEALTH"
    HEALTH_PLAN = "HEALTH_PLAN"
    CARE_COORDINATION = "CARE_COORDINATION"
    CHILD_WELFARE = "CHILD_WELFARE"
    TRIBE = "TRIBE"


class SentField(StrEnum):
    """A field that may leave the building with a notification."""

    RECEIPT = "RECEIPT"
    STATE = "STATE"
    YEAR = "YEAR"
    SUBSTANCE_CLASSES = "SUBSTANCE_CLASSES"
    PRESCRIBED = "PRESCRIBED"
    INFANT_SIGNS = "INFANT_SIGNS"
    TREATMENT_ANSWER = "TREATMENT_ANSWER"
    PLAN_STATUS = "PLAN_STATUS"
    LEVEL = "LEVEL"
    MONTH = "MONTH"
    COUNTY = "COUNTY"
    FACILITY = "FACILITY"
    BIRTH_DATE = "BIRTH_DATE"
    INFANT_NAME = "INFANT_NAME"
    PARENT_NAME = "PARENT_NAME"
    PARENT_BIRTH_DATE = "PARENT_BIRTH_DATE"
    ADDRESS = "ADDRESS"
    PHONE = "PHONE"
    NOTIFIER = "NOTIFIER"
    SAFETY_CONCERN_TEXT = "SAFETY_CONCERN_TEXT"

    @property
    def identifies(self) -> bool:
        """Say whether the field can identify a family.

        Geography under the state and every date part but the year identify:
        45 CFR 164.514(b)(2).
        """
        return self not in _ANONYMOUS


_ANONYMOUS = frozenset(
    {
        SentField.RECEIPT,
        SentField.STATE,
        SentField.YEAR,
        SentField.SUBSTANCE_CLASSES,
        SentField.PRESCRIBED,
        SentField.INFANT_SIGNS,
        SentField.TREATMENT_ANSWER,
        SentField.PLAN_STATUS,
        SentField.LEVEL,
    }
)
