"""List the jurisdictions' packs, or check them: each problem with its file, its place and what to do."""

from __future__ import annotations

import argparse
from pathlib import Path

from careloom.config.commands import CommandProblem, environment
from careloom.infra import packs
from careloom.kernel.packs.problems import Severity


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="name each pack, its place and who reviewed it")
    check = actions.add_parser("check", help="check all packs, or those that are named")
    check.add_argument("packs", nargs="*", help="names in the packs folder, or paths of folders")


def run(args: argparse.Namespace) -> int:
    settings = environment()
    return _list(current=settings.pack) if args.action == "list" else _check(args.packs)


def _list(*, current: str) -> int:
    for name in packs.list_packs():
        mark = "*" if name == current else " "
        try:
            manifest = packs.load_pack(name=name).manifest
        except packs.PackNotUsable as error:
            print(f"{mark} {name:<14} has {len(error.problems)} problems; see: careloom pack check {name}")
            continue
        review = "practice only" if manifest.fictional else f"reviewed by {manifest.reviewed_by}" if manifest.reviewed_by else "not reviewed yet"
        print(f"{mark} {name:<14} {manifest.title}; {manifest.jurisdiction}, {manifest.zone}, from {manifest.effective_from}; {review}")
    print(f"* is the pack of this installation (CARELOOM_PACK). The packs are in {packs.packs_folder()}.")
    return 0


def _check(names: list[str]) -> int:
    folders = [_folder(name) for name in names] or [packs.packs_folder() / name for name in packs.list_packs()]
    from careloom.federal import layouts

    errors = 0
    for folder in folders:
        problems = packs.validate_pack(path=folder)
        wrong = [problem for problem in problems if problem.severity == Severity.ERROR]
        errors += len(wrong)
        print(f"{folder.name}: {_count(len(wrong), 'error')}, {_count(len(problems) - len(wrong), 'warning')}")
        for problem in problems:
            print(f"  {problem.severity.lower()}: {problem}")
        for found in layouts.problems(pack=folder.name, over=folder / "federal"):
            errors += 1
            print(f"  error: {found}")
    return 1 if errors else 0


def _folder(name: str) -> Path:
    for folder in (packs.packs_folder() / name, Path(name).resolve()):
        if folder.is_dir():
            return folder
    raise CommandProblem(f"There is no pack {name}. Packs here: {', '.join(packs.list_packs()) or 'none'}.")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
