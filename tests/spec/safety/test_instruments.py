"""What ships as safety instruments is what the sources say, and nothing of a licensed text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from careloom.infra.packs import list_packs, packs_folder
from careloom.safety.instruments import InstrumentError, instrument_for, instrument_of
from careloom.safety.profile import profile_of

TODAY = date(2026, 11, 22)


def test_part_a_has_the_five_domains_with_the_items_of_the_source() -> None:
    domains = {item.id: {code for code, _ in item.options} for item in instrument_for(pack="columbia", on=TODAY).domains}
    assert domains == {
        "A.physical": {"immobile", "small", "no_words", "special_care"},
        "A.emotional": {"intensive_care", "overreacts"},
        "A.cognitive": {"no_harm_sense", "no_cause", "no_communication"},
        "A.behavioral": {"diagnosis", "no_self_soothe"},
        "A.historical": {"abuse_neglect"},
    }


def test_part_b_has_seven_items_in_three_domains() -> None:
    items = instrument_for(pack="columbia", on=TODAY).capacities
    assert len(items) == 7
    assert {item.domain for item in items} == {"cognitive", "behavioral", "emotive"}
    assert all({code for code, _ in item.options} == {"PRESENT", "DIMINISHED", "ABSENT"} for item in items)


def test_the_list_of_ohio_says_which_two_of_its_fifteen_were_read_at_a_source() -> None:
    ohio = instrument_for(pack="ohio", on=TODAY)
    assert len(ohio.factors) == 15
    assert [item.prefix for item in ohio.factors if item.checked] == ["1", "2"]
    assert not ohio.checked
    assert ohio.waiting == ("Ohio safety factors, current list of eleven",)


@pytest.mark.parametrize("pack", list_packs())
def test_every_pack_has_an_instrument_in_force(pack: str) -> None:
    found = instrument_for(pack=pack, on=TODAY)
    assert found.domains
    assert found.capacities
    assert found.factors
    assert instrument_of(pack=pack, key=found.key).factors == found.factors
    assert profile_of(pack=pack).points


def test_a_new_list_is_in_force_from_its_day_and_an_assessment_keeps_the_list_in_which_it_was_filled_in(tmp_path: Path) -> None:
    for name in ("base", "ohio"):
        (tmp_path / name / "safety").mkdir(parents=True)
        (tmp_path / name / "manifest.yaml").write_text("name: x\n" if name == "base" else "name: x\nextends: base\n")
        for file in (packs_folder() / name / "safety").glob("*.json"):
            (tmp_path / name / "safety" / file.name).write_text(file.read_text())
    slot = tmp_path / "ohio" / "safety" / "factors-current.json"
    data = json.loads(slot.read_text())
    item = {"linkId": "C.new_1", "prefix": "1", "type": "choice", "text": "The obtained text", "answerOption": []}
    group = {"linkId": "C", "type": "group", "item": [item]}
    data |= {"status": "active", "version": "1", "effectivePeriod": {"start": "2026-06-01"}, "item": [group]}
    slot.write_text(json.dumps(data))
    before = instrument_for(pack="ohio", on=date(2026, 5, 31), folder=tmp_path)
    after = instrument_for(pack="ohio", on=date(2026, 6, 1), folder=tmp_path)
    assert len(before.factors) == 15
    assert [one.text for one in after.factors] == ["The obtained text"]
    assert after.waiting == ()
    assert instrument_of(pack="ohio", key=before.key, folder=tmp_path).factors == before.factors


def test_a_list_that_cannot_be_used_says_what_to_correct(tmp_path: Path) -> None:
    (tmp_path / "x" / "safety").mkdir(parents=True)
    (tmp_path / "x" / "manifest.yaml").write_text("name: x\n")
    with pytest.raises(InstrumentError, match="Add a Questionnaire"):
        instrument_for(pack="x", on=TODAY, folder=tmp_path)
    (tmp_path / "x" / "safety" / "bad.json").write_text('{"item": []}')
    with pytest.raises(InstrumentError, match=r"bad\.json"):
        instrument_for(pack="x", on=date(2026, 1, 2), folder=tmp_path)


def test_no_text_of_a_licensed_instrument_ships() -> None:
    for path in packs_folder().glob("*/safety/*"):
        text = path.read_text().lower()
        assert "sdm" not in text
        assert "structured decision making" not in text
        assert "evident change" not in text


def test_ohio_and_the_practice_state_ask_for_both_papers_of_every_notified_infant() -> None:
    assert profile_of(pack="ohio").every_notified_infant
    assert profile_of(pack="columbia").every_notified_infant
    assert not profile_of(pack="vermont").every_notified_infant


def test_the_scripts_for_the_first_visit_are_in_both_languages_and_calm() -> None:
    points = profile_of(pack="ohio").points
    assert len(points) >= 5
    for point in points:
        for text in (point.en, point.es):
            assert text
            assert "!" not in text
            assert "—" not in text
