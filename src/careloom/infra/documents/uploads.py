"""Takes files that people upload: looked at by content, never by name, made harmless, and sealed under the holder's own key.

PDF, JPEG and PNG up to 25 MB. Pictures are drawn anew, so that nothing hidden rides along (place, device, thumbnails); a PDF that is locked or
that acts by itself is refused. What is kept is sealed with AES-256-GCM under the data key of its agency (DESIGN section 8, "Uploads", "At rest").
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from PIL import Image, ImageOps

from careloom.infra.keys import Keyring, decrypt_with, encrypt

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 60_000_000
_INFLATED = 8 * 1024 * 1024
# What a page of paper never needs: it runs, opens something, carries files, or is locked.
_ACTS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|OpenAction|AA|XFA|SubmitForm|ImportData|GoToR)\b")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_NAME_IN_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_KINDS = {"PDF": "application/pdf", "JPEG": "image/jpeg", "PNG": "image/png"}
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


class Refusal(StrEnum):
    """Why a file was not taken."""

    EMPTY = "EMPTY"
    TOO_LARGE = "TOO_LARGE"
    NOT_A_PICTURE_OR_PDF = "NOT_A_PICTURE_OR_PDF"
    UNREADABLE = "UNREADABLE"
    LOCKED = "LOCKED"
    ACTS = "ACTS"


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it may be kept: its media type by content, and bytes that hold the page and nothing else."""

    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class NotTaken:
    """The file was refused, and why."""

    because: Refusal


class _File(Protocol):
    size: Any

    def read(self, size: int = -1) -> bytes: ...


def take_upload(file: _File, *, most: int = MOST_BYTES) -> Upload | NotTaken:
    """The uploaded `file` made harmless, or why it is not taken. Reads at most `most` bytes."""
    if file.size is not None and file.size > most:
        return NotTaken(because=Refusal.TOO_LARGE)
    raw = file.read(most + 1)
    if len(raw) > most:
        return NotTaken(because=Refusal.TOO_LARGE)
    if not raw:
        return NotTaken(because=Refusal.EMPTY)
    if raw.startswith(b"%PDF-"):
        return _pdf(raw)
    if raw.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _picture(raw)
    return NotTaken(because=Refusal.NOT_A_PICTURE_OR_PDF)


def seal_upload(upload: Upload, *, holder_id: UUID, document_id: UUID) -> bytes:
    """The content sealed under the data key of `holder_id`, bound to its document."""
    return encrypt(key=_ring().agency_key(holder_id), plaintext=upload.content, associated=document_id.bytes)


def unseal_upload(sealed: bytes, *, holder_id: UUID, document_id: UUID) -> bytes:
    """What `seal_upload` sealed. Raises careloom.infra.keys.KeyProblem when the key is gone or the bytes were changed."""
    return decrypt_with(keys=_ring().agency_keys(holder_id), ciphertext=bytes(sealed), associated=document_id.bytes)


def _ring() -> Keyring:
    return Keyring(home=settings.CARELOOM_HOME)


def _picture(raw: bytes) -> Upload | NotTaken:
    try:
        with Image.open(BytesIO(raw), formats=("JPEG", "PNG")) as found:
            if found.width * found.height > MOST_PIXELS:
                return NotTaken(because=Refusal.TOO_LARGE)
            # The turn that a phone wrote beside the picture is drawn into it, because what stands beside it is left out.
            drawn = (ImageOps.exif_transpose(found) or found).convert("RGB")
            kind, out = str(found.format), BytesIO()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return NotTaken(because=Refusal.UNREADABLE)
    clean = Image.new("RGB", drawn.size)
    clean.paste(drawn)
    clean.save(out, format=kind, **({"quality": 88} if kind == "JPEG" else {"optimize": False}))
    return Upload(media_type=_KINDS[kind], content=out.getvalue())


def _pdf(raw: bytes) -> Upload | NotTaken:
    if b"%%EOF" not in raw[-2048:] or b"obj" not in raw:
        return NotTaken(because=Refusal.UNREADABLE)
    plain = _without_escapes(raw)
    if re.search(rb"/Encrypt\b", plain):
        return NotTaken(because=Refusal.LOCKED)
    if _ACTS.search(plain) or any(_ACTS.search(_without_escapes(part)) for part in _inflated(raw)):
        return NotTaken(because=Refusal.ACTS)
    return Upload(media_type=_KINDS["PDF"], content=raw)


def _without_escapes(raw: bytes) -> bytes:
    """PDF names may be written as /J#53: read as /JS."""
    return _NAME_IN_HEX.sub(lambda found: bytes([int(found[1], 16)]), raw)


def _inflated(raw: bytes) -> Iterator[bytes]:
    """The packed objects of a PDF (where names may hide), each up to a few megabytes; drawings and pictures are let be."""
    for found in _STREAM.finditer(raw):
        head = raw[max(0, found.start() - 400) : found.start()]
        if b"/ObjStm" in head:
            try:
                yield zlib.decompressobj().decompress(found[1], _INFLATED)
            except zlib.error:
                continue
