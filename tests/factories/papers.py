"""Scans of signed papers for tests: small, and real files of their kind."""

from __future__ import annotations

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PLACE = b"GPS 41.40338, 2.17403"


def a_picture(kind: str = "JPEG", *, size: tuple[int, int] = (40, 30), place: bytes = b"") -> bytes:
    """A picture of this kind; `place` is written beside it, as a phone does."""
    out = BytesIO()
    image = Image.new("RGB", size, "white")
    if place and kind == "JPEG":
        exif = Image.Exif()
        exif[0x010E] = place.decode()
        image.save(out, format=kind, exif=exif)
    else:
        image.save(out, format=kind)
    return out.getvalue()


def a_pdf(inside: bytes = b"") -> bytes:
    """A PDF of one empty page; `inside` is added to its first object."""
    return (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R " + inside + b" >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
    )


def a_scan(content: bytes | None = None, *, name: str = "scan.jpg") -> SimpleUploadedFile:
    """An upload with this content (default: a small photo)."""
    return SimpleUploadedFile(name, a_picture() if content is None else content)
