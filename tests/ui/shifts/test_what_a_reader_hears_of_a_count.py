"""What a cashier who does not see the screen hears as they count the drawer, in order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from tests.ui.at_the_counter import Hand
from tests.ui.reader import Reader, listening
from tests.ui.shifts.test_shift_pages import CONTROL, begin_close, confirm, count_exactly, hand, sell

__all__ = ["hand"]
Key = Qt.Key


@pytest.fixture
def reader(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """Listens after a toy was sold for ¥ 76.90."""
    sell(hand)
    with listening(monkeypatch, hand.wait) as reader:
        yield reader


def test_what_a_reader_hears_of_the_count_of_a_drawer(hand: Hand, reader: Reader) -> None:
    begin_close(hand)
    assert reader.heard() == ["Close the shift, page", "Number of CNY 100, field"]
    hand.type("3")
    assert reader.heard() == ["Number of CNY 100, field, 3, ¥ 300.00"], "what was typed, and what it comes to"
    hand.press(Key.Key_Return)
    assert reader.heard() == ["Number of CNY 50, field"]
    confirm(hand)
    assert reader.heard() == ["not counted yet: CNY, KZT, USD, EUR, RUB."]

    count_exactly(hand)
    assert reader.heard()[-1] == (
        "CNY, yuan: counted, ¥ 2,076.90. KZT, tenge: counted, ₸ 150,000. USD, dollars: counted, $ 200.00. "
        "EUR, euros: counted, € 200.00. RUB, roubles: counted, ₽ 10,000."
    ), "what was counted, and nothing of what should be there"
    hand.type("9")
    assert reader.heard() == ["Number of CNY 50, field, 9, ¥ 450.00", "CNY, yuan: counted, ¥ 2,476.90."]
    confirm(hand)
    assert reader.heard() == [
        "Number of CNY 100, field",
        "CNY: the count differs. Count again. The next confirmation is final.",
    ]
    count_exactly(hand)
    reader.heard()
    hand.press(Key.Key_Return, CONTROL)
    hand.wait(50)
    z, *printed = reader.heard()
    assert z.startswith(
        "Z · T1-Z000001, Currency ¥ CNY, Float 2,000.00, Cash received 76.90, Expected 2,076.90, Counted 2,076.90, "
        "Difference matches. Currency ₸ KZT, Float 150,000,"
    )
    assert printed == ["T1-Z000001 printed."]
