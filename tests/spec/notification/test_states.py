"""What each state's pack says, in both directions, with its authority and what is not checked yet."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.spec.notification.births import BORN_AT, answer, birth, directed, misused, used

from careloom.infra.packs import list_packs, load_pack
from careloom.kernel.notification import Basis, BirthFacts, FasdSigns, InTreatment, Level, Notify, PlanStatus, Substance, Withdrawal, sample_births

NOT_IN_TREATMENT = {"in_treatment": InTreatment.NO}
CONCERN = {"safety_concern": True, "safety_concern_explained": True}
METHADONE_WITHDRAWAL = birth(directed(Substance.METHADONE), withdrawal=Withdrawal.TREATED, in_treatment=InTreatment.YES)
NONE, NAMELESS, NAMED = Notify.NONE, Notify.DEIDENTIFIED, Notify.IDENTIFIED


@pytest.mark.requirement("R-151")
@pytest.mark.parametrize(
    ("pack", "facts", "notify", "report", "level", "citation"),
    [
        ("washington", METHADONE_WITHDRAWAL, NAMELESS, False, Level.L1, "DCYF plan of safe care algorithm"),
        ("washington", birth(used(Substance.HEROIN, Basis.INFANT_TOXICOLOGY)), NAMELESS, True, Level.L3, "DCYF plan of safe care algorithm"),
        ("washington", birth(used(Substance.HEROIN, Basis.SELF_REPORT)), NAMELESS, False, Level.L2, "DCYF plan of safe care algorithm"),
        (
            "washington",
            birth(misused(Substance.METHADONE), withdrawal=Withdrawal.OBSERVED),
            NAMELESS,
            True,
            Level.L3,
            "DCYF plan of safe care algorithm",
        ),
        ("washington", birth(used(Substance.CANNABIS, Basis.INFANT_TOXICOLOGY)), NAMELESS, False, Level.L2, "DCYF plan of safe care algorithm"),
        (
            "washington",
            birth(used(Substance.ALCOHOL), fasd=FasdSigns.SUSPECTED, **CONCERN),
            NAMELESS,
            True,
            Level.L4,
            "DCYF plan of safe care algorithm",
        ),
        ("washington", birth(used(Substance.ALCOHOL), fasd=FasdSigns.SUSPECTED), NAMELESS, False, Level.L2, "DCYF plan of safe care algorithm"),
        ("connecticut", birth(used(Substance.CANNABIS)), NAMELESS, False, Level.L2, "Connecticut DCF CAPTA portal"),
        ("connecticut", birth(used(Substance.HEROIN), **NOT_IN_TREATMENT), NAMELESS, False, Level.L2, "Connecticut DCF CAPTA portal"),
        ("connecticut", birth(used(Substance.CANNABIS), **CONCERN), NAMELESS, True, Level.L4, "Connecticut DCF CAPTA portal"),
        ("connecticut", METHADONE_WITHDRAWAL, NAMELESS, False, Level.L1, "Connecticut DCF CAPTA portal"),
        ("ohio", birth(used(Substance.HEROIN), **CONCERN), NAMED, True, Level.L4, "Ohio Rev. Code 2151.421"),
        ("ohio", METHADONE_WITHDRAWAL, NAMELESS, False, Level.L1, "42 USC 5106a(b)(2)(B)(ii)"),
        ("ohio", birth(used(Substance.HEROIN), **NOT_IN_TREATMENT), NAMED, False, Level.L3, "42 USC 5106a(b)(2)(B)(ii)"),
        ("delaware", METHADONE_WITHDRAWAL, NONE, False, Level.L1, "16 Del. C. 902B"),
        ("delaware", birth(directed(Substance.PRESCRIPTION_OPIOID), withdrawal=Withdrawal.OBSERVED), NONE, False, Level.L0, "16 Del. C. 902B"),
        ("delaware", birth(misused(Substance.PRESCRIPTION_OPIOID), withdrawal=Withdrawal.OBSERVED), NAMED, False, Level.L2, "16 Del. C. 905B"),
        ("delaware", birth(directed(Substance.METHADONE), used(Substance.CANNABIS)), NAMED, False, Level.L2, "16 Del. C. 903B"),
        ("delaware", birth(used(Substance.HEROIN), **NOT_IN_TREATMENT), NAMED, False, Level.L3, "16 Del. C. 905B"),
        ("delaware", birth(directed(Substance.METHADONE), **CONCERN), NAMED, True, Level.L4, "16 Del. C. 903B"),
        ("florida", birth(used(Substance.COCAINE), in_treatment=InTreatment.YES), NAMED, True, Level.L3, "Fla. Stat. 39.01"),
        ("florida", METHADONE_WITHDRAWAL, NAMELESS, False, Level.L1, "42 USC 5106a(b)(2)(B)(ii)"),
        ("florida", birth(used(Substance.ALCOHOL)), NAMELESS, False, Level.L2, "CFOP 170-8"),
        ("florida", birth(used(Substance.COCAINE), **CONCERN), NAMED, True, Level.L4, "Fla. Stat. 39.01"),
        ("vermont", birth(used(Substance.HEROIN)), NAMELESS, True, Level.L3, "Vermont de-identified CAPTA notification form"),
        ("vermont", birth(used(Substance.CANNABIS)), NAMELESS, False, Level.L2, "Vermont de-identified CAPTA notification form"),
        ("vermont", birth(misused(Substance.METHADONE)), NAMELESS, False, Level.L2, "Vermont de-identified CAPTA notification form"),
        (
            "vermont",
            birth(misused(Substance.METHADONE), withdrawal=Withdrawal.OBSERVED),
            NAMELESS,
            True,
            Level.L3,
            "Vermont de-identified CAPTA notification form",
        ),
        (
            "vermont",
            birth(used(Substance.ALCOHOL), fasd=FasdSigns.DIAGNOSED),
            NAMELESS,
            True,
            Level.L3,
            "Vermont de-identified CAPTA notification form",
        ),
        ("vermont", METHADONE_WITHDRAWAL, NAMELESS, False, Level.L1, "Vermont de-identified CAPTA notification form"),
        ("base", METHADONE_WITHDRAWAL, NAMELESS, False, Level.L1, "42 USC 5106a(b)(2)(B)(ii)"),
        ("base", birth(used(Substance.HEROIN), **CONCERN), NAMED, True, Level.L4, "42 USC 5106a(b)(2)(B)(iv)"),
    ],
)
def test_a_state_routes(pack: str, facts: BirthFacts, notify: Notify, report: bool, level: Level, citation: str) -> None:
    decided = answer(pack, facts)
    assert (decided.notify, decided.report, decided.level) == (notify, report, level)
    assert any(citation in given for given in decided.citations)
    assert decided.review_needed
    assert any(reason.code.name == "RULE_NOT_REVIEWED" for reason in decided.because)


@pytest.mark.parametrize("pack", list_packs())
def test_no_exposure_and_no_concern_asks_for_nothing(pack: str) -> None:
    decided = answer(pack, birth())
    assert (decided.notify, decided.report, decided.plan_offered, decided.sent_fields) == (NONE, False, False, ())
    assert decided.may_send


@pytest.mark.parametrize("pack", list_packs())
def test_in_no_shipped_pack_does_declining_alone_raise_anything(pack: str) -> None:
    rules = load_pack(name=pack).rule_versions[-1]
    for facts in sample_births(rules=rules):
        if not facts.safety_concern:
            rows = {rules.row_for(facts=BirthFacts(**{**_fields(facts), "plan_status": status})).id for status in PlanStatus}
            assert len(rows) == 1


@pytest.mark.parametrize("pack", list_packs())
def test_no_shipped_pack_reports_medication_taken_as_directed(pack: str) -> None:
    for substance in (Substance.METHADONE, Substance.BUPRENORPHINE, Substance.PSYCHIATRIC_MEDICATION):
        for treatment in InTreatment:
            decided = answer(pack, birth(directed(substance), in_treatment=treatment, withdrawal=Withdrawal.TREATED))
            assert not decided.report
            assert decided.notify is not NAMED


def test_connecticut_reports_by_phone_within_twelve_hours() -> None:
    decided = answer("connecticut", birth(used(Substance.HEROIN), **CONCERN))
    assert decided.report_due_at == BORN_AT + timedelta(hours=12)
    assert "The report is due by 2026-11-21 10:15." in decided.sentences


def _fields(facts: BirthFacts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in BirthFacts.__dataclass_fields__}
