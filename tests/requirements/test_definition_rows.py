"""The definition of an affected infant stands beside the rules in use, and becomes a pack that follows it (R-224)."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.requirements.changing import House
from tests.requirements.conftest import SignIn
from tests.requirements.knowing import on
from tests.requirements.test_structure_rows import send

from careloom.changes.models import Definition
from careloom.changes.packing import pack_file
from careloom.infra import clock
from careloom.infra.packs.reading import load_pack, validate_pack
from careloom.kernel.notification import Notify, decide
from careloom.kernel.partnership.definition import BIRTHS

AT = datetime(2026, 11, 20, 15, tzinfo=UTC)


def unpacked(content: bytes, folder: Path) -> str:
    """The pack's name, once its folder lies in `folder` and has no error."""
    with zipfile.ZipFile(io.BytesIO(content)) as told:
        told.extractall(folder)
        name = told.namelist()[0].partition("/")[0]
    errors = [str(one) for one in validate_pack(path=folder / name) if one.severity.name == "ERROR"]
    assert errors == []
    return name


@pytest.mark.requirement("R-224")
def test_the_definition_stands_beside_the_rules_and_feeds_the_pack(db: None, sign_in: SignIn, tmp_path: Path) -> None:
    house, today = House(sign_in), clock.today()
    meant = {
        "text": "An infant with signs, or exposed to alcohol or an illegal substance.", "covers": ["WITHDRAWAL", "FASD", "ALCOHOL", "ILLEGAL"],
        "citation": "State Code 12-3", "body_id": house.core.pk, **on("adopted_on", today - timedelta(days=3)),
    }  # fmt: skip
    assert "Do the rules follow the definition?" not in house.page(house.manager, "changes/law/")
    assert house.manager.get(house.at("changes/law/definition/pack/")).status_code == 404
    send(house.manager, house.at("changes/law/definition/new/"), **meant)
    page = house.page(house.manager, "changes/law/")
    assert "The rules and the definition differ in" in page
    assert "Cannabis, where it is legal Leaves it out" in page
    assert "Rules that follow the definition (ZIP)" in page
    assert "(ZIP)" not in house.page(house.member, "changes/law/")
    assert house.member.get(house.at("changes/law/definition/pack/")).status_code == 404
    answer = house.manager.get(house.at("changes/law/definition/pack/"))
    name = unpacked(answer.content, tmp_path)
    pack = load_pack(name=name, folder=tmp_path)
    rules = pack.rules_on(day=today)
    assert rules is not None
    told = {
        code for code, birth in BIRTHS.items() if decide(facts=birth, rules=rules, identified_at=AT, calendar=pack.calendar).notify is not Notify.NONE
    }
    assert told == set(meant["covers"])


COVERS = [{"ALCOHOL"}, {"WITHDRAWAL"}, {"FASD", "CANNABIS"}, {"MEDICATION_FOR_OUD", "ILLEGAL", "WITHDRAWAL"}, set(BIRTHS)]


@pytest.mark.parametrize("covers", COVERS, ids=["-".join(sorted(one)) for one in COVERS])
def test_whatever_a_definition_covers_its_pack_tells_of_nothing_else(tmp_path: Path, covers: set[str]) -> None:
    folder = tmp_path
    adopted = Definition(version=3, covers=sorted(covers), citation="State Code 12-3", adopted_on=datetime(2026, 1, 1).date())  # noqa: DTZ001
    pack = load_pack(name=unpacked(pack_file(adopted, base="columbia"), folder), folder=folder)
    was = load_pack(name="columbia").rules_on(day=AT.date())
    rules = pack.rules_on(day=AT.date())
    assert rules is not None
    assert was is not None
    for code, birth in BIRTHS.items():
        now = decide(facts=birth, rules=rules, identified_at=AT, calendar=pack.calendar).notify
        before = decide(facts=birth, rules=was, identified_at=AT, calendar=pack.calendar).notify
        assert now is (before if code in covers else Notify.NONE), code
