"""A birth begun from a mother's and her infants' files: whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

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
