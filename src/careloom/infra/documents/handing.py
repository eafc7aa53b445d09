"""A document as the answer to a request."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS: Final = {"application/pdf": "pdf", "text/csv": "csv", "text/calendar": "ics", "image/jpeg": "jpg", "image/png": "png", WORD: "docx"}


def document(content: bytes, *, media_type: str = "application/pdf", name: str) -> HttpResponse:
    """A paper or file that no browser keeps. Its name tells nothing of anybody; a file of text is saved and never shown by the browser."""
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    response = HttpResponse(content, content_type=f"{media_type}{charset}")
    how = "inline" if media_type == "application/pdf" else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{name}.{ENDINGS[media_type]}"'
    response["Cache-Control"] = "no-store"
    return response
