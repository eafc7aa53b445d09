"""Uploads are taken by content, made harmless, and sealed under the key of their holder."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.factories.papers import a_pdf, a_picture

from careloom.infra.documents.uploads import NotTaken, Refusal, Upload, seal_upload, take_upload, unseal_upload
from careloom.infra.keys import KeyProblem, Keyring


def taken(content: bytes, name: str = "scan") -> Upload | NotTaken:
    return take_upload(SimpleUploadedFile(name, content))


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_a_picture_is_known_by_its_content_and_drawn_anew(kind: str, media_type: str) -> None:
    found = taken(a_picture(kind), name="letter.pdf")
    assert isinstance(found, Upload)
    assert found.media_type == media_type
    with Image.open(BytesIO(found.content)) as image:
        assert image.size == (40, 30)


def test_what_a_phone_writes_beside_a_photo_is_left_out() -> None:
    place = b"41.40338, 2.17403"
    raw = a_picture("JPEG", place=place)
    assert place in raw
    found = taken(raw)
    assert isinstance(found, Upload)
    assert place not in found.content


def test_bytes_behind_a_picture_are_left_out() -> None:
    found = taken(a_picture("PNG") + b"<script>alert(1)</script>")
    assert isinstance(found, Upload)
    assert b"script" not in found.content


def test_a_plain_pdf_is_taken() -> None:
    assert taken(a_pdf()) == Upload(media_type="application/pdf", content=a_pdf())


PACKED = b"/Type /ObjStm /Filter /FlateDecode >> stream\n" + zlib.compress(b"<< /S /JavaScript /JS (app.alert) >>") + b"\nendstream <<"


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"", Refusal.EMPTY), (b"hello", Refusal.NOT_A_PICTURE_OR_PDF), (b"GIF89a" + bytes(20), Refusal.NOT_A_PICTURE_OR_PDF),
        (b"<html>", Refusal.NOT_A_PICTURE_OR_PDF), (a_picture()[:200], Refusal.UNREADABLE), (b"%PDF-1.4 obj", Refusal.UNREADABLE),
        (a_pdf(b"/Encrypt 9 0 R"), Refusal.LOCKED), (a_pdf(b"/OpenAction 4 0 R"), Refusal.ACTS), (a_pdf(b"/JavaScript 4 0 R"), Refusal.ACTS),
        (a_pdf(b"/J#53 (app.alert)"), Refusal.ACTS), (a_pdf(PACKED), Refusal.ACTS),
    ],
)  # fmt: skip
def test_what_is_no_page_is_refused_with_its_reason(content: bytes, because: Refusal) -> None:
    assert taken(content) == NotTaken(because=because)


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    small = a_picture()
    assert take_upload(SimpleUploadedFile("scan", small), most=len(small) - 1) == NotTaken(because=Refusal.TOO_LARGE)
    assert isinstance(take_upload(SimpleUploadedFile("scan", small), most=len(small)), Upload)


def test_a_picture_of_absurd_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careloom.infra.documents.uploads.MOST_PIXELS", 100)
    assert taken(a_picture()) == NotTaken(because=Refusal.TOO_LARGE)


def test_what_is_kept_opens_only_with_the_key_of_its_holder_and_for_its_document(tmp_path: Path, settings: object) -> None:
    settings.CARELOOM_HOME = tmp_path  # type: ignore[attr-defined]
    upload, holder, document = Upload(media_type="image/png", content=b"the page"), uuid4(), uuid4()
    sealed = seal_upload(upload, holder_id=holder, document_id=document)
    assert b"the page" not in sealed
    assert unseal_upload(sealed, holder_id=holder, document_id=document) == b"the page"
    for other in ({"holder_id": uuid4(), "document_id": document}, {"holder_id": holder, "document_id": uuid4()}):
        with pytest.raises(KeyProblem):
            unseal_upload(sealed, **other)
    Keyring(home=tmp_path).destroy_agency_key(holder, held=lambda: False)
    with pytest.raises(KeyProblem):
        unseal_upload(sealed, holder_id=holder, document_id=document)
