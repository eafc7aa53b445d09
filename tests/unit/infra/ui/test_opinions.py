"""Bars of opinion and stairs of a history: what is drawn is what is said."""

from __future__ import annotations

from django.template import Context, Template

from careloom.infra.ui.components import OpinionRow, Opinions, Stairs


def test_a_bar_has_a_part_for_each_share_that_is_there() -> None:
    row = OpinionRow(words="Treatment works.", shares=(0.25, 0.0, 0.75), said="75 of 100 agree")
    assert row.parts == (("no", 0.0, 60.0), ("yes", 60.0, 180.0))
    page = Template("{% load ui %}{% show thing %}").render(
        Context({"thing": Opinions(title="All", rows=(row,), headings=("Statement", "Picture", "Said"))})
    )
    assert '<th scope="row">Treatment works.</th>' in page
    assert "75 of 100 agree" in page
    assert page.count("<rect") == 3  # the ground and two parts


def test_stairs_go_up_and_down_and_mark_what_fell() -> None:
    stairs = Stairs(levels=("none", "one", "two"), points=(("May", 1), ("June", 2), ("July", 1)))
    assert [fell for _x, _y, _when, fell in stairs.dots] == [False, False, True]
    assert stairs.y(0) > stairs.y(1) > stairs.y(2)
    assert stairs.path.startswith("M")
    assert stairs.path.count("V") == 2
    page = Template("{% load ui %}{% show thing %}").render(Context({"thing": stairs}))
    assert page.count("s-fell") == 1
    assert "July" in page
