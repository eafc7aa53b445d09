"""`careloom pack check` names what is wrong with an overlay of a federal layout."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from careloom.config.commands import pack

MANIFEST = "name: here\ntitle: Here\nextends: columbia\njurisdiction: ZZ\nzone: America/New_York\neffective_from: 2020-01-01\neffective_to: null\n"
REST = "reviewed_by: null\nreviewed_on: null\nfictional: true\nsources: []\nopen_questions: []\n"


def test_an_overlay_is_checked_with_its_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "here"
    (home / "federal").mkdir(parents=True)
    (home / "manifest.yaml").write_text(MANIFEST + REST, encoding="utf-8")
    (home / "federal" / "afcars-2023.yaml").write_text("layout: afcars-2023\nconfirmed_by: ''\nsource: ''\n", encoding="utf-8")
    (home / "federal" / "afcars-1993.yaml").write_text("layout: afcars-1993\n", encoding="utf-8")
    parser = argparse.ArgumentParser()
    pack.add_arguments(parser)
    assert pack.run(parser.parse_args(["check", str(home)])) == 1
    said = capsys.readouterr().out
    assert "error: federal/afcars-2023.yaml: say who confirmed it" in said
    assert "error: federal/afcars-1993.yaml: there is no layout afcars-1993 to lie over" in said
    (home / "federal" / "afcars-1993.yaml").unlink()
    (home / "federal" / "afcars-2023.yaml").write_text("layout: afcars-2023\nconfirmed_by: Office\nsource: Schema 2023\n", encoding="utf-8")
    assert pack.run(parser.parse_args(["check", str(home)])) == 0
