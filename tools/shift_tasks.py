"""Tasks of a shift: it is opened, handed over and closed by a count."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from PySide6.QtCore import Qt

from pos.domain.money import CURRENCIES, Money
from pos.domain.payment.tender import fewest_notes
from pos.domain.shifts.shift_report import ZReport
from pos.ui.input.actions import SHIFT
from pos.ui.shifts.count_board import CountBoard
from pos.ui.shifts.count_column import CountColumn
from tools.task_hand import NotDone, TaskHand
from tools.task_table import Task

_Notes = Mapping[str, Mapping[int, int]]
"""How many pieces, by currency and value in minor units."""


def hand_over(hand: TaskHand, *, is_mixed: bool = False) -> None:
    """Li takes amina's shift over; two currencies are counted wrongly first.

    `is_mixed`: the drawer holds notes and coins of every kind, and not its sums in the fewest.
    """
    before = hand.shop.open_shift.current()
    hand.sign_in("li")
    drawer = _drawer(hand, is_mixed=is_mixed)
    with hand.counted():
        hand.act("take_over")
        _count(hand, drawer, wrong=("USD", "RUB"))
        hand.act("confirm_count")
        hand.approve("amina")
        _count(hand, drawer)
        hand.act("confirm_count")
        hand.approve("amina")
    now = hand.shop.open_shift.current()
    hand.expect("it is the same shift", before is not None and now is not None and now.number == before.number)
    hand.expect("and Li's", now is not None and now.holder, "li")


def close(hand: TaskHand, *, is_mixed: bool = False) -> None:
    """Amina counts every note; nothing differs."""
    hand.sign_in("amina")
    drawer = _drawer(hand, is_mixed=is_mixed)
    with hand.counted():
        hand.go(SHIFT)
        hand.act("close_shift")
        _count(hand, drawer)
        hand.act("confirm_count")
    hand.expect("no shift is open", hand.shop.open_shift.current(), None)
    counted = {one.currency.code: str(one.counted) for one in _last_z(hand).report.cash if one.counted}
    wanted = {code: _sum(notes) for code, notes in drawer.items() if _sum(notes) != "0.00"}
    hand.expect("the Z has what was counted", counted, wanted)


def open_shift(hand: TaskHand) -> None:
    """With what the last Z report counted."""
    close(hand)
    hand.press(Qt.Key.Key_F12)
    if hand.screen_id != "open_shift":
        hand.sign_in("amina")
    with hand.counted():
        hand.act("float_as_counted")
        hand.act("open_shift")
    shift = hand.shop.open_shift.current()
    hand.expect("a shift is open", shift is not None)
    cash = hand.shop.read_shift(hand.person("manager")).cash
    begun = {one.currency.code: str(one.float_) for one in cash if one.float_}
    hand.expect(
        "its float is what was counted",
        begun,
        {one.currency.code: str(one.counted) for one in _last_z(hand).report.cash if one.counted},
    )


def _count(hand: TaskHand, drawer: _Notes, wrong: Collection[str] = ()) -> None:
    """Type every note, currency by currency, as far as there are any; the rest of it is zero."""
    board = hand.screen().findChild(CountBoard)
    if board is None:
        raise NotDone("there is nothing to count on")
    for code, column in board.columns.items():
        if column.isEnabled() and not column.is_full:
            hand.expect(f"{code} is next", column.is_here)
            _count_column(hand, column, dict(drawer.get(code, {})), is_wrong=code in wrong)


def _count_column(hand: TaskHand, column: CountColumn, notes: dict[int, int], *, is_wrong: bool) -> None:
    values = [value for value, cell in column.cells.items() if cell in column.shown]
    if is_wrong:
        notes[values[0]] = notes.get(values[0], 0) + 1
    there = [value for value in values if notes.get(value)]
    last = values.index(there[-1]) if there else -1
    for value in values[: last + 1]:
        is_last = value == values[last] != values[-1]
        hand.entry(str(notes.get(value) or ""), enter=not is_last)
    if last + 1 < len(values):
        hand.act("rest_none")


def _drawer(hand: TaskHand, *, is_mixed: bool) -> _Notes:
    drawer = hand.shop.read_shift.drawer()
    if drawer is None:
        raise NotDone("no shift is open")
    if is_mixed:
        return drawer
    sums = {code: sum(value * pieces for value, pieces in notes.items()) for code, notes in drawer.items()}
    return {code: dict(fewest_notes(Money(minor, CURRENCIES[code]))) for code, minor in sums.items()}


def _sum(notes: Mapping[int, int]) -> str:
    return f"{sum(value * pieces for value, pieces in notes.items()) / 100:.2f}"


def _last_z(hand: TaskHand) -> ZReport:
    with hand.shop.issue_receipt.store.reading() as work:
        z = work.shifts.last_z(hand.shop.till)
    if z is None:
        raise NotDone("there is no Z")
    return z


SHIFT_TASKS = (
    Task("hand-over", "hand-over, 5 currencies, 2 recounted", "LS Retail ~40", hand_over, 40),
    Task(
        "hand-over-mixed",
        "hand-over, notes and coins of every kind",
        "LS Retail: a total for each currency",
        partial(hand_over, is_mixed=True),
    ),
    Task("close", "blind close", "Square: 1 total, no notes", close),
    Task("close-mixed", "blind close, notes and coins of every kind", "none", partial(close, is_mixed=True)),
    Task("open-shift", "open a shift", "Lightspeed proposes", open_shift),
)
