"""Published figures stand beside indicators that there are, each with source and status."""

from __future__ import annotations

from careloom.infra.packs.indicators import indicators as shipped
from careloom.outcomes.references import Status, beside, references


def test_every_table_that_is_no_cohort_has_figures_with_source_and_status() -> None:
    """T4 and T5 come out of our own figures whole; of T1, T2 and T6 stand here the cells that no cohort carries."""
    tables = {one.code.partition("_")[0] for one in references()}
    assert tables == {f"T{number}" for number in range(1, 18)} - {"T4", "T5"}
    assert all(one.source and one.value and one.place for one in references())
    assert {one.status for one in references()} == set(Status)


def test_an_indicator_finds_what_may_stand_beside_it() -> None:
    assert [one.code for one in beside("IPSE")] == ["T10_2018", "T10_2019", "T10_2021"]
    assert beside("ATTENDANCE") == []


def test_what_is_recollected_here_is_told_so_in_the_definition_too() -> None:
    for code in ("P1", "P4", "S2"):
        reference = shipped()[code].reference
        assert reference is not None
        assert reference.year == "as recollected"
        assert {one.status for one in beside(code) if one.code.startswith("T12")} == {Status.RECOLLECTED}
