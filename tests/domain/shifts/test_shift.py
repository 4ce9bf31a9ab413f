"""An open shift: whose it is, and what can lie in its drawer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pos.domain.errors import BadField
from pos.domain.shifts.shift import (
    LONGEST_REASON,
    MOST_PIECES,
    Shift,
    ShiftOfAnother,
    check_notes,
    check_reason,
)
from pos.domain.staff.staff import Person
from tests.builders import MONDAY
from tests.horgos import CNY

AIGUL, BOLAT = Person(1, "Aigul", "Aigul T.", "cashier"), Person(2, "Bolat", "Bolat K.", "cashier")
MANAGER = Person(3, "Dana", "Dana M.", "manager")
SHIFT = Shift(7, "T1", 12, "Aigul", MONDAY)
LATER = MONDAY + timedelta(hours=3)


def test_a_shift_is_of_the_person_who_opened_it_until_it_is_handed_over() -> None:
    assert (SHIFT.holder, SHIFT.since) == ("Aigul", MONDAY)

    handed = replace(SHIFT, taken_by="Bolat", taken_at=LATER)

    assert (handed.holder, handed.since) == ("Bolat", LATER)
    assert not handed.lets(AIGUL)
    assert handed.lets(BOLAT)


def test_only_its_holder_and_who_may_close_any_shift_work_on_it() -> None:
    SHIFT.check(AIGUL)
    SHIFT.check(MANAGER)

    with pytest.raises(ShiftOfAnother) as refused:
        SHIFT.check(BOLAT)
    assert refused.value.facts() == {"till": "T1", "person": "Aigul"}


def test_an_approval_at_a_drawer_is_bound_to_its_shift() -> None:
    assert SHIFT.key == "drawer:7"


def test_a_drawer_holds_up_to_a_hundred_thousand_of_a_note_that_exists() -> None:
    check_notes({10_000: 0, 5_000: MOST_PIECES}, CNY, "notes")

    assert MOST_PIECES == 100_000


@pytest.mark.parametrize(
    ("notes", "field", "what"),
    [
        ({10_000: -1}, "notes.100.00", "negative"),
        ({10_000: 100_001}, "notes.100.00", "too_large"),
        ({30_000: 1}, "notes.300.00", "unknown"),
    ],
)
def test_a_note_that_does_not_exist_and_a_count_that_cannot_be_are_refused(
    notes: dict[int, int], field: str, what: str
) -> None:
    with pytest.raises(BadField) as refused:
        check_notes(notes, CNY, "notes")

    assert (refused.value.field, refused.value.what) == (field, what)


def test_a_reason_is_one_line_of_at_most_120_characters() -> None:
    assert check_reason("  change from the bank ") == "change from the bank"
    assert check_reason("x" * 120) == "x" * LONGEST_REASON

    for text, what in (("  ", "missing"), ("x" * 121, "too_long"), ("one\ntwo", "character")):
        with pytest.raises(BadField) as refused:
            check_reason(text)
        assert (refused.value.field, refused.value.what) == ("reason", what)
