"""One line of micro-worlds as rows of the event extract.

Event vocabulary (synthetic-county.md part 3): removal, placement(setting), discharge(reason), death, report(incident, disposition), notification,
plan, cps_report(source, child_factor), moved_out_of_state, informal_kin_stay, residential_with_mother, adjudication; of mothers moud_supply(days),
sud_dx, sud_visit.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

LOSSES: Final = {"death": "death", "moved_out_of_state": "moved_out_of_state"}
STAYS: Final = {"informal_kin_stay": "informal_kin", "residential_with_mother": "with_mother"}
CHILD_EVENTS: Final = frozenset(
    {"removal", "placement", "discharge", "report", "cps_report", "notification", "plan", "adjudication", *LOSSES, *STAYS}
)
MOTHER_EVENTS: Final = frozenset({"moud_supply", "sud_dx", "sud_visit"})
_TRIAL_HOME = "trial_home_visit"


class NotAWorld(ValueError):
    """A line cannot be read as a world; the text says where and why."""


@dataclass
class World:
    """A world: what it asks, in which periods, and its rows by table of the extract. `realm` keeps it apart from the others of one run."""

    realm: int
    id: Any
    indicators: tuple[str, ...]
    asked: tuple[str, ...] | None
    periods: dict[str, tuple[date, date]]
    cutoff: date | None
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    durations: dict[str, list[tuple[int, bool]]] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def period(self, code: str) -> tuple[date, date]:
        """The first and the last day asked for an indicator: its own period where the world names one."""
        return self.periods.get(code.lower(), self.periods[""])

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, kind: str, name: str) -> int:
        """The number that stands for a child or a mother of this world; `names` leads back. A child and a mother may have one name."""
        if (kind, name) not in self.numbers:
            self.numbers[kind, name] = len(self.names)
            self.names.append(name)
        return self.numbers[kind, name]


def read_world(line: str | bytes, *, realm: int) -> World:
    """Read one line.

    :raises NotAWorld: naming the field.
    """
    try:
        raw = json.loads(line)
    except ValueError as problem:
        raise NotAWorld(f"This line is not JSON: {problem}.") from None
    if not isinstance(raw, dict):
        raise NotAWorld("A world is one JSON object.")
    _whole_characters(raw)
    if "id" not in raw:
        raise NotAWorld("A world needs an id.")
    world = World(
        realm=realm, id=raw["id"], indicators=_indicators(raw), asked=_asked(raw), periods=_periods(raw),
        cutoff=None if raw.get("cutoff") is None else _day(raw["cutoff"], "cutoff"),
    )  # fmt: skip
    for child in _people(raw, "children"):
        _Child(world, child).read()
    for mother in _people(raw, "mothers"):
        _read_mother(world, mother)
    for name, value in raw.items():
        if name.startswith("durations"):
            world.durations[name] = [_duration(pair, name) for pair in _list(value, name)]
    for name, value in _mapping(raw.get("tables", {}), "tables").items():
        world.counts[name] = [_whole(count, f"tables.{name}") for count in _list(value, f"tables.{name}")]
        if not world.counts[name]:
            raise NotAWorld(f"tables.{name} holds no count.")
    return world


class _Child:
    """The events of one child, in order of their day, as rows."""

    def __init__(self, world: World, raw: dict[str, Any]) -> None:
        self.world, self.raw, self.episode = world, raw, 0
        self.name = _name(raw)
        self.key = {"realm": world.realm, "subject": world.number("child", self.name)}
        self.open: dict[str, Any] | None = None

    def read(self) -> None:
        born = None if self.raw.get("dob") is None else _day(self.raw["dob"], f"{self.name}.dob")
        family = self.raw.get("mother")
        self._put("subjects", role="INFANT", family=None if family is None else self.world.number("mother", str(family)), born_on=born)
        events = sorted(_events(self.raw, self.name, CHILD_EVENTS), key=lambda e: e["on"])
        seq = 0
        for _, same_day in groupby(events, key=lambda e: e["on"]):
            # A death ends the day.
            left = sorted(same_day, key=lambda e: e["type"] == "death")
            while left:
                # Events of one day stand in the order of the file, unless only another order can be: who is in care leaves before entering again.
                event = next((each for each in left if self._may(each["type"])), left[0])
                left.remove(event)
                self._event(seq, event)
                seq += 1

    def _may(self, kind: str) -> bool:
        if kind == "removal":
            return self.open is None
        return self.open is not None if kind in {"discharge", "placement"} else True

    def _event(self, seq: int, event: dict[str, Any]) -> None:
        kind, at = event["type"], {"seq": seq, "on_date": event["on"]}
        if kind == "removal":
            self._enter(event)
        elif kind == "placement":
            self._place(event, at)
        elif kind == "discharge":
            self._leave(event, str(event.get("reason", "")))
        elif kind == "report":
            incident = event.get("incident")
            told = None if incident is None else _day(incident, f"{self.name}.incident")
            self._put("reports", **at, incident_on=told, disposition=self._word(event, "disposition"), source=self._word(event, "source"))
        elif kind == "cps_report":
            told_of = {name: self._word(event, name) for name in ("source", "child_factor", "disposition")}
            self._put("reports", **at, **told_of)
        elif kind == "notification":
            self._put("notifications", **at)
        elif kind == "plan":
            self._put("plans", **at, plan=self._word(event, "plan"))
        elif kind == "adjudication":
            self._put("adjudications", **at)
        elif kind in STAYS:
            self._put("stays", **at, kind=STAYS[kind])
        else:
            self._put("losses", **at, reason=LOSSES[kind])
            if kind == "death":
                self._leave(event, "death", needed=False)

    def _enter(self, event: dict[str, Any]) -> None:
        if self.open is not None:
            raise NotAWorld(f"{self.name}: a removal on {event['on']} while still in care.")
        self.episode += 1
        self.open = {"episode": self.episode, "entered_on": event["on"], "left_on": None, "reason": None, "trial_home_on": None}
        self.world.rows.setdefault("episodes", []).append({**self.key, **self.open})
        self.open = self.world.rows["episodes"][-1]

    def _place(self, event: dict[str, Any], at: dict[str, Any]) -> None:
        if self.open is None:
            raise NotAWorld(f"{self.name}: a placement on {event['on']} outside care.")
        setting, _, place = str(event.get("setting", "")).partition(":")
        self.open["trial_home_on"] = (self.open["trial_home_on"] or event["on"]) if setting == _TRIAL_HOME else None
        self._put("placements", **at, episode=self.episode, setting=setting, place=place)

    def _leave(self, event: dict[str, Any], reason: str, *, needed: bool = True) -> None:
        if self.open is None:
            if needed:
                raise NotAWorld(f"{self.name}: a discharge on {event['on']} outside care.")
            return
        self.open.update(left_on=event["on"], reason=reason)
        self.open = None

    def _word(self, event: dict[str, Any], name: str) -> str | None:
        value = event.get(name)
        if value is not None and not isinstance(value, str):
            raise NotAWorld(f"{self.name}: {name} is a word, not {value!r}.")
        return value

    def _put(self, table: str, **values: Any) -> None:
        self.world.rows.setdefault(table, []).append({**self.key, **values})


def _read_mother(world: World, raw: dict[str, Any]) -> None:
    name = _name(raw)
    key = {"realm": world.realm, "subject": world.number("mother", name)}
    world.rows.setdefault("subjects", []).append({**key, "role": "CAREGIVER"})
    tables = {"moud_supply": "supplies", "sud_dx": "diagnoses", "sud_visit": "visits"}
    for seq, event in enumerate(sorted(_events(raw, name, MOTHER_EVENTS), key=lambda e: e["on"])):
        row = {**key, "seq": seq, "on_date": event["on"]}
        if event["type"] == "moud_supply":
            row["days"] = _whole(event.get("days"), f"{name}.days")
        world.rows.setdefault(tables[event["type"]], []).append(row)


def _indicators(raw: dict[str, Any]) -> tuple[str, ...]:
    named = raw.get("indicator")
    if not isinstance(named, str) or not named:
        raise NotAWorld("A world names its indicator, for example P1 or P1+P4.")
    return tuple(part.strip() for part in named.split("+"))


def _asked(raw: dict[str, Any]) -> tuple[str, ...] | None:
    """The modes that the world has answers for; without them every mode of its indicators is given."""
    return tuple(_mapping(raw["expected"], "expected")) if raw.get("expected") else None


def _periods(raw: dict[str, Any]) -> dict[str, tuple[date, date]]:
    found = {}
    for name, value in raw.items():
        if name == "period" or name.endswith("_period"):
            ends = _list(value, name)
            if len(ends) != 2:
                raise NotAWorld(f"{name} is a first and a last day.")
            first, last = _day(ends[0], name), _day(ends[1], name)
            if last < first:
                raise NotAWorld(f"{name} ends before it starts.")
            found["" if name == "period" else name.removesuffix("_period")] = (first, last)
    if "" not in found:
        raise NotAWorld("A world needs a period: its first and its last day.")
    return found


def _people(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    people = [_mapping(person, name) for person in _list(raw.get(name, []), name)]
    names = [_name(person) for person in people]
    if len(set(names)) != len(names):
        raise NotAWorld(f"Two of the {name} have one id.")
    return people


def _events(raw: dict[str, Any], subject: str, known: frozenset[str]) -> list[dict[str, Any]]:
    events = []
    for event in _list(raw.get("events", []), f"{subject}.events"):
        kind = _mapping(event, f"{subject}.events").get("type")
        if not isinstance(kind, str) or kind not in known:
            raise NotAWorld(f"{subject}: there is no event {kind!r}. There are: {', '.join(sorted(known))}.")
        events.append({**event, "on": _day(event.get("date"), f"{subject}.{kind}")})
    return events


def _whole_characters(raw: dict[str, Any]) -> None:
    """Refuse half a character (a lone surrogate), which no file can hold."""
    try:
        json.dumps(raw, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise NotAWorld("A word of this line holds half a character.") from None


def _name(person: dict[str, Any]) -> str:
    if not isinstance(person.get("id"), str) or not person["id"]:
        raise NotAWorld("A child or mother needs an id.")
    return str(person["id"])


def _duration(pair: Any, name: str) -> tuple[int, bool]:
    days, came = (*_list(pair, name), None, None)[:2]
    if came not in (0, 1):
        raise NotAWorld(f"{name}: a duration is [days, 1 when it came, else 0].")
    return _whole(days, name), bool(came)


def _day(value: Any, where: str) -> date:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise NotAWorld(f"{where}: {value!r} is no day. Write it as 2024-01-31.") from None
    if not date(1900, 1, 1) <= day <= date(2200, 1, 1) + timedelta(days=-1):
        raise NotAWorld(f"{where}: {value} is outside the years 1900 to 2199.")
    return day


def _whole(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10**9:
        raise NotAWorld(f"{where}: {value!r} is no whole number of zero or more.")
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise NotAWorld(f"{where} is a list.")
    return value


def _mapping(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotAWorld(f"{where} holds objects.")
    return value
