"""Show the clock, or move it ahead in a demo world so that reviews and deadlines fall due."""

from __future__ import annotations

import argparse
import re
from datetime import date, datetime, time, timedelta
from typing import Final

from careloom.config.commands import CommandProblem, django_with_database

_UNITS: Final = {"h": "hours", "d": "days", "w": "weeks"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("show", help="say what time it is here")
    advance = actions.add_parser("advance", help="move the clock ahead")
    advance.add_argument("by", help="how far, such as 30d, 2w or 12h")
    setting = actions.add_parser("set", help="move the clock ahead to a day")
    setting.add_argument("day", help="the day, such as 2027-03-31; its morning at eight, local time")


def run(args: argparse.Namespace) -> int:
    by = parse_span(args.by) if args.action == "advance" else None
    day = parse_day(args.day) if args.action == "set" else None
    with django_with_database():
        from careloom.infra.clock import actions, reading

        if day is not None:
            by = datetime.combine(day, time(8), tzinfo=reading.zone()) - reading.now()
        if by is not None:
            try:
                actions.advance(by=by)
            except actions.ClockRefusedError as error:
                raise CommandProblem(str(error)) from None
        print(f"The clock says {reading.now().astimezone(reading.zone()):%A, %B %-d, %Y, %H:%M %Z}.")
    return 0


def parse_span(text: str) -> timedelta:
    """A span such as 30d, 2w or 12h."""
    found = re.fullmatch(r"([1-9]\d{0,4})([hdw])", text)
    if found is None:
        raise CommandProblem(f"{text!r} is no span. Write a number and h, d or w, such as 30d.")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def parse_day(text: str) -> date:
    """A calendar day in the form 2027-03-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandProblem(f"{text!r} is no day. Write it as 2027-03-31.") from None
