"""The words of labels: what a fact tells, about whom, how the label came about, and the HL7 codes that say so (interop.md 1.4)."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What sort of row a fact is. The kinds of a chart stand first, then those of a plan."""

    CONDITION = "CONDITION"
    MEDICATION = "MEDICATION"
    ENCOUNTER = "ENCOUNTER"
    OBSERVATION = "OBSERVATION"
    PROCEDURE = "PROCEDURE"
    EXPOSURE = "EXPOSURE"
    NEWBORN_SIGNS = "NEWBORN_SIGNS"
    BIRTH = "BIRTH"
    PREGNANCY = "PREGNANCY"
    PERSON = "PERSON"
    REFERRAL = "REFERRAL"
    APPOINTMENT = "APPOINTMENT"
    TEAM = "TEAM"
    NEED = "NEED"


class Why(StrEnum):
    """How a label came about, the strongest first. Source goes before code (interop.md 0.3)."""

    SOURCE = "SOURCE"  # a Part 2 program wrote it, or the sender's own label says so
    RECEIVED = "RECEIVED"  # it came from a program and stays bound (42 CFR 2.12(d)(2), 2.32)
    CODE = "CODE"  # its code, medicine or test says so
    AUTHOR = "AUTHOR"  # who wrote it, or where it happened, says so
    INFERENCE = "INFERENCE"  # beside other facts it says so
    TEXT = "TEXT"  # a word in its text: a hint and no proof
    NOTHING = "NOTHING"  # it tells nothing of the kind


class Secret(StrEnum):
    """Whose secret it is. A diagnosis of the infant is often the mother's."""

    SUBJECT = "SUBJECT"
    MOTHER = "MOTHER"
    FAMILY = "FAMILY"


class Tells(StrEnum):
    """What an entry tells."""

    ALCOHOL = "ALCOHOL"
    OPIOID = "OPIOID"
    SUBSTANCE = "SUBSTANCE"
    MEDICINE = "MEDICINE"  # a medicine that the mother took, of whatever kind
    MOOD = "MOOD"  # a medicine against depression or anxiety that the mother took


class Status(StrEnum):
    """How sure an entry is: read in a source here, general knowledge, or our own choice. An entry only widens a label."""

    READ = "V"
    KNOWN = "K"
    OURS = "OURS"


class Confidentiality(StrEnum):
    """v3-Confidentiality 5.0.0. ETH, PSY, HIV and SDV of that system are retired and not used."""

    NORMAL = "N"
    RESTRICTED = "R"
    VERY_RESTRICTED = "V"


class Sensitivity(StrEnum):
    """v3-ActCode 11.0.0, sensitivity of the information."""

    SUD = "SUD"
    OPIOIDUD = "OPIOIDUD"
    ETHUD = "ETHUD"
    MH = "MH"
    PSY = "PSY"
    PSYTHPN = "PSYTHPN"
    SDV = "SDV"
    PREGNANT = "PREGNANT"


class Law(StrEnum):
    """v3-ActCode 11.0.0, _ActUSPrivacyLaw."""

    PART2 = "42CFRPart2"
    PSYCHOTHERAPY = "HIPAAPsyNotes"


class Handling(StrEnum):
    """v3-ActCode 11.0.0: what a recipient must not do, and must do. NORDSLCD is retired; NORDSCLCD stands."""

    NO_REDISCLOSURE = "NORDSCLCD"
    KEEP_LABEL = "PERSISTLABEL"
    FOLLOW_CONSENT = "CPLYCD"


class Purpose(StrEnum):
    """v3-ActReason 4.0.0. Child protection has no code there, so none of ours is stamped on a fact."""

    TREAT = "TREAT"
    HPAYMT = "HPAYMT"
    HOPERAT = "HOPERAT"


SENSITIVITY: dict[Tells, tuple[Sensitivity, ...]] = {
    Tells.ALCOHOL: (Sensitivity.SUD, Sensitivity.ETHUD),
    Tells.OPIOID: (Sensitivity.SUD, Sensitivity.OPIOIDUD),
    Tells.SUBSTANCE: (Sensitivity.SUD,),
    Tells.MEDICINE: (),
    Tells.MOOD: (Sensitivity.MH,),
}
