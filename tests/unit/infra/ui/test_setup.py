"""Set-up takes from USWDS only what is used, and is quiet the second time."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from careloom.infra.ui import icons, setup, uswds
from careloom.infra.ui.icons import icon_svg

CSS = (
    '@charset "UTF-8";/*! banner */@font-face{font-family:X;src:url(../fonts/x.woff2)}'
    "html{line-height:1.15}.usa-button{font-family:Source Sans Pro;color:red}.usa-banner .usa-button{color:blue}"
    ".usa-buttonish{a:b}.usa-select{background-image:url(../img/x.svg);color:red}.margin-2{margin:2px}"
    "@media (min-width:30em){.usa-button:hover,.usa-card{color:green}.usa-card{a:b}}@media print{.usa-card{a:b}}"
)


def test_css_keeps_our_parts_without_fonts_images_and_families() -> None:
    assert uswds.subset_css(CSS) == (
        '@charset "UTF-8";html{line-height:1.15}.usa-button{color:red}.usa-select{color:red}@media (min-width:30em){.usa-button:hover{color:green}}'
    )


def test_icons_are_data_and_refuse_what_is_not_a_drawing() -> None:
    sprite = (
        '<symbol viewBox="0 0 24 24" id="add"><path d="M1 1"/></symbol>'
        '<symbol viewBox="0 0 24 24" id="bad"><path onload="x()"/></symbol><symbol viewBox="0 0 1 1" id="s"><script/></symbol>'
    )
    assert uswds.icon_paths(sprite) == {"add": ["0 0 24 24", '<path d="M1 1"/>']}


def test_the_lock_file_names_no_host() -> None:
    root = setup.project_root()
    assert "://" not in (root / "package-lock.json").read_text()
    assert json.loads((root / "package.json").read_text())["dependencies"] == {"@uswds/uswds": "3.14.0"}


def test_a_matching_stamp_makes_the_run_instant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = tmp_path / "stamp.txt"
    stamp.write_text(setup.wanted_stamp(root=setup.project_root()))
    monkeypatch.setattr(setup, "STAMP", stamp)
    monkeypatch.setattr(setup, "run_npm", lambda *a, **k: pytest.fail("npm was called"))
    assert setup.ensure_assets(say=lambda text: pytest.fail(text)) is False


def test_a_failing_npm_says_what_to_do_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "npm_command", lambda *, say: ["false"])
    with pytest.raises(setup.AssetsMissing, match="python -m careloom"):
        setup.run_npm(["ci"], cwd=tmp_path, say=print)


def test_our_stylesheet_is_small_and_fetches_only_our_fonts() -> None:
    folder = setup.HERE / "static" / "ui"
    css = (folder / "careloom.css").read_text()
    assert len(gzip.compress(css.encode())) < 10_000
    for sheet in (css, (folder / "work.css").read_text()):
        assert all(u.startswith("../vendor/fonts/cl-") for u in re.findall(r"url\(([^)]+)\)", sheet))
        assert sheet.count("{") == sheet.count("}")


def test_an_icon_is_hidden_from_readers_unless_it_speaks() -> None:
    setup.ensure_assets(say=lambda text: None)
    assert 'aria-hidden="true"' in icon_svg("phone")
    assert 'role="img" aria-label="Present &amp; safe"' in icon_svg("check", label="Present & safe")
    with pytest.raises(KeyError):
        icon_svg("no-such-icon")


def test_icons_come_once_the_look_is_set_up_after_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    setup.ensure_assets(say=lambda text: None)
    monkeypatch.setattr(icons, "_kept", {})
    monkeypatch.setattr(icons, "VENDOR", tmp_path)
    assert icon_svg("chat", label="Room") == '<span class="cl-vh">Room</span>'
    monkeypatch.setattr(icons, "VENDOR", setup.VENDOR)
    assert "<svg" in icon_svg("chat", label="Room")
