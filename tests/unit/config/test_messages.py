"""The catalog is read, written and compiled as Python's own gettext reads it."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import pytest

from careloom.config.messages.catalog import CatalogError, Entry, Key, compiled, read, write
from careloom.config.messages.gathering import gather

ENTRIES = [
    Entry(key=Key(text="Yes"), forms=["Sí"], places=("portal/forms.py",)),
    Entry(key=Key(text='She said "no"\nand left'), forms=['Dijo "no"\ny se fue']),
    Entry(key=Key(text="%(n)d try", plural="%(n)d tries"), forms=["%(n)d intento", "%(n)d intentos"]),
    Entry(key=Key(context="sender", text="Family"), forms=["Familia"]),
    Entry(key=Key(text="Not yet"), forms=[""]),
]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write(tmp_path / "django.po", ENTRIES)
    found = read(tmp_path / "django.po")
    assert {key: entry.forms for key, entry in found.items()} == {entry.key: entry.forms for entry in ENTRIES}


def test_the_compiled_file_is_what_gettext_reads() -> None:
    told = gettext.GNUTranslations(io.BytesIO(compiled(ENTRIES)))
    assert told.gettext("Yes") == "Sí"
    assert told.gettext('She said "no"\nand left') == 'Dijo "no"\ny se fue'
    assert [told.ngettext("%(n)d try", "%(n)d tries", n) for n in (1, 3)] == ["%(n)d intento", "%(n)d intentos"]
    assert told.pgettext("sender", "Family") == "Familia"
    assert told.gettext("Not yet") == "Not yet"


def test_the_order_of_entries_does_not_change_the_bytes() -> None:
    assert compiled(ENTRIES) == compiled(ENTRIES[::-1])


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "django.po").write_text('msgid "Yes"\nmsgstr "Sí\n', encoding="utf-8")
    with pytest.raises(CatalogError, match="Line 2"):
        read(tmp_path / "django.po")


def test_strings_are_gathered_from_python_and_templates(tmp_path: Path) -> None:
    (tmp_path / "words.py").write_text(
        'from django.utils.translation import gettext as _, ngettext\na = _("One")\nb = ngettext("a cat", "cats", 2)\n', encoding="utf-8"
    )
    (tmp_path / "page.html").write_text(
        '{% load i18n %}<a title="{% translate \'It’s (here)\' %}">{% blocktranslate with name=x %}Hi, {{ name }}{% endblocktranslate %}</a>'
        "{% blocktranslate count n=3 %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}", encoding="utf-8",
    )  # fmt: skip
    assert set(gather(tmp_path)) == {
        Key(text="One"), Key(text="a cat", plural="cats"), Key(text="It’s (here)"), Key(text="Hi, %(name)s"),
        Key(text="%(n)s day", plural="%(n)s days"),
    }  # fmt: skip


def test_a_string_is_gathered_under_whatever_name_the_module_calls_gettext(tmp_path: Path) -> None:
    (tmp_path / "words.py").write_text(
        "from django.utils.translation import gettext_lazy as later\nfrom django.utils.translation import ngettext as several\n"
        'a = later("Two")\nb = several("a dog", "dogs", 2)\nc = other("Three")\n', encoding="utf-8",
    )  # fmt: skip
    assert set(gather(tmp_path)) == {Key(text="Two"), Key(text="a dog", plural="dogs")}
