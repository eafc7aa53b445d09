"""Every form in the list is there, keeps what it says in the table that is named, and has fields that may stay empty."""

from __future__ import annotations

import pytest
from django.db import models

from careloom.infra.access.records import FamilyRecord
from careloom.usage.catalogue import SHEETS, Sheet, by_code, fields_of, says_something


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.code)
def test_a_form_has_its_table_and_its_labels(sheet: Sheet) -> None:
    labels = fields_of(sheet)
    assert labels
    assert all(str(label) for label in labels.values())
    assert issubclass(sheet.table, FamilyRecord)
    assert isinstance(sheet.table._meta.get_field(sheet.when), models.DateTimeField)
    columns = [sheet.table._meta.get_field(name) for name in labels]
    assert not [one for one in columns if isinstance(one, models.BooleanField)]
    assert all(says_something(one) for one in columns)  # type: ignore[arg-type]


def test_no_two_forms_have_one_code() -> None:
    assert len(by_code()) == len(SHEETS)
