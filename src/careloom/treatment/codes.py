"""The codes of treatment as the database keeps them. Words for people stand in `words`."""

from __future__ import annotations

from enum import StrEnum


class Sort(StrEnum):
    """The sorts of entry in a treatment record."""

    EPISODE = "EPISODE"
    COMPONENTS = "COMPONENTS"
    PROGRESS = "PROGRESS"
    ATTENDANCE = "ATTENDANCE"
    MEDICINE = "MEDICINE"
    DIAGNOSIS = "DIAGNOSIS"
    MEETING = "MEETING"
    TEST = "TEST"
    RETURN = "RETURN"
    SUPPORT = "SUPPORT"
    EDUCATION = "EDUCATION"
    CHECK_IN = "CHECK_IN"
    GOAL_CHECK = "GOAL_CHECK"


class Component(StrEnum):
    """The five parts of medication treatment, of one weight. Source: R-146 (S2)."""

    MEDICATION = "MEDICATION"
    COUNSELING = "COUNSELING"
    SUPPORT = "SUPPORT"
    SERVICES = "SERVICES"
    TESTING = "TESTING"


#: How a part stands. NOT_YET is the one that is pointed out: nobody has seen to it, and she has not been asked.
STANDS = ("IN_PLACE", "STARTING", "WAITING", "SHE_SAID_NO", "NOT_YET")
MISSING = "NOT_YET"
LEVELS = ("0.5", "1", "2.1", "2.5", "3.1", "3.3", "3.5", "3.7", "4", "OTP", "UNKNOWN")
ENDED = ("COMPLETED", "TRANSFERRED", "LEFT", "MOVED", "OTHER")
SOURCES = ("OWN", "SHE_SAYS", "CHART")
BANDS = ("NEARLY_ALL", "MOST", "SOME", "FEW")
MEDICINES = ("METHADONE", "BUPRENORPHINE", "BUPRENORPHINE_NALOXONE", "NALTREXONE")
SPECIMENS = ("URINE", "SALIVA", "BLOOD", "OTHER")
RESULTS = ("AS_EXPECTED", "NOT_AS_EXPECTED", "UNCLEAR")
TOLD_BY = ("HERSELF", "FAMILY", "WORKER")
NALOXONE = ("AT_HOME", "ORDERED", "OFFERED_NO", "NOT_ASKED")
TOPICS = ("WHAT_IT_IS", "WHAT_TO_EXPECT", "WHAT_HELPS", "STAY_TOGETHER", "FEEDING", "KEEP_MEDICINE", "WHO_TO_CALL")
GIVEN_HOW = ("TALKED", "PAPER", "VIDEO", "CLASS")
STRESSES = ("SLEEP", "CRYING", "FEEDING", "PAIN", "ALONE", "MONEY", "HOME", "WORRY", "NONE")
COPY_HOW = ("PAPER", "READ_ALOUD", "HER_PAGE")
ANSWERS = ("REALISTIC", "WITH_CHANGES", "NOT_YET")
CAME_BY = ("REFERRAL", "HERSELF", "CHILD_WELFARE", "HOSPITAL", "OTHER")
INTERIM = ("HIV_TB", "NEEDLES", "PREGNANCY_EFFECTS", "PRENATAL_CARE", "NALOXONE", "MEDICINE_BRIDGE", "PEER", "OTHER")
NOT_ADMITTED = ("SHE_SAID_NO", "OTHER_PROGRAM", "NOT_REACHED", "REFERRAL_ENDED", "OTHER")
