"""What her phone shows, as text."""

from __future__ import annotations

from html import unescape

from django.test import Client


def text(client: Client, path: str, language: str = "en") -> str:
    client.cookies["django_language"] = language
    answer = client.get(f"/my/{path}")
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())
