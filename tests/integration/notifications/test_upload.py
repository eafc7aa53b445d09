"""A birth begun from a mother's and her infants' files: whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.hostile import checks_in_this_process, hostile

BUNDLES = Path(__file__).resolve().parents[2] / "worlds" / "bundles"
pytestmark = pytest.mark.django_db


def file(name: str, data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data if data is not None else (BUNDLES / name).read_bytes(), content_type="application/json")


def test_files_lead_to_the_birth_that_they_hold(night: Client) -> None:
    assert "/import/family/?then=birth" in night.get("/births/new/").content.decode()
    answer = night.post("/import/family/?then=birth", {"mother": file("mother.json"), "infant": file("infant.json")})
    assert answer.headers["Location"] == "/births/new/"
    assert night.get("/births/new/").content.decode().count(">Begin<") == 1


def test_a_cut_file_is_refused_whole_with_file_path_and_next_step(night: Client) -> None:
    cut = (BUNDLES / "infant.json").read_bytes()[:-40]
    answer = night.post("/import/family/?then=birth", {"mother": file("mother.json"), "infant": file("infant.json", cut)})
    assert answer.status_code == 422
    html = answer.content.decode()
    for words in ("infant.json", "Bundle", "cut off", "Export the bundle again"):
        assert words in html
    assert ">Begin<" not in night.get("/births/new/").content.decode()


def test_hostile_files_are_refused_on_the_page_with_what_to_do(night: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    checks_in_this_process(monkeypatch)
    infant = json.loads((BUNDLES / "infant.json").read_text(encoding="utf-8"))
    shown = set()
    for name, data in hostile(infant).items():
        answer = night.post("/import/family/?then=birth", {"mother": file("mother.json"), "infant": file("infant.json", data)})
        assert answer.status_code in {302, 422}, name
        shown.add(answer.status_code)
        html = answer.content.decode()
        assert "<script>alert(1)" not in html, name
        assert "onerror" not in html, name
        assert answer.status_code == 302 or not data or "infant.json" in html, name
    assert shown == {302, 422}
