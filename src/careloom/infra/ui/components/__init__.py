"""Plain data for each component of the look: frozen dataclasses in, HTML out by ``{% load ui %}{% show thing %}``.

A presenter makes these; nothing here reads the database or the clock. Texts arrive translated.
"""

from careloom.infra.ui.components.area import Area, AreaMap, AreaTone, Growth, GrowthStep
from careloom.infra.ui.components.bars import Bar, Bars
from careloom.infra.ui.components.charts import ChartPoint, ControlChart, CurveStep, WaitingCurve
from careloom.infra.ui.components.clocks import ClockPoint, ClockRow, Clocks
from careloom.infra.ui.components.columns import Column, Columns, MonthKnot, MonthStrip, Part
from careloom.infra.ui.components.decision import Button, Decision, Preview, PreviewNew, Way
from careloom.infra.ui.components.lanes import LaneCount, Lanes
from careloom.infra.ui.components.meeting import Agenda, AgendaItem, Agreement, Agreements
from careloom.infra.ui.components.numbers import Funnel, FunnelStep, HiddenCell, Measure, Measures, Trend
from careloom.infra.ui.components.opinions import OpinionRow, Opinions, Stairs
from careloom.infra.ui.components.page import Crumbs, EmptyState, Link, ListRow, Notice, SaveState, Status, Tabs
from careloom.infra.ui.components.path import Lane, Path, PathKnot
from careloom.infra.ui.components.people import People, PersonRow, SeesCell, SeesRow, SeesTable, WhoList, WhoRow
from careloom.infra.ui.components.plan import Fact, Facts, Knot, RecordField, RecordFields, Said, Thread, Threads, Voice
from careloom.infra.ui.components.today import Appointment, Day, DayEntry, Done, Want, Wants, WorkItem, WorkSection
from careloom.infra.ui.components.wheel import Spoke, Wheel

__all__ = [
    "Agenda", "AgendaItem", "Agreement", "Agreements", "Appointment", "Area", "AreaMap", "AreaTone", "Bar", "Bars", "Button",
    "ChartPoint", "ClockPoint", "ClockRow", "Clocks", "Column", "Columns", "ControlChart", "Crumbs", "CurveStep",
    "Day", "DayEntry", "Decision", "Done", "EmptyState", "Fact", "Facts", "Funnel",
    "FunnelStep", "Growth", "GrowthStep", "HiddenCell", "Knot", "Lane", "LaneCount", "Lanes", "Link", "ListRow", "Measure", "Measures", "MonthKnot",
    "MonthStrip", "Notice", "OpinionRow", "Opinions", "Part", "Path", "PathKnot", "People", "PersonRow", "Preview", "PreviewNew", "RecordField",
    "RecordFields", "Said", "SaveState", "SeesCell", "SeesRow", "SeesTable", "Spoke", "Stairs", "Status", "Tabs", "Thread", "Threads", "Trend",
    "Voice", "WaitingCurve", "Want", "Wants", "Way", "Wheel", "WhoList", "WhoRow", "WorkItem", "WorkSection",
]  # fmt: skip
