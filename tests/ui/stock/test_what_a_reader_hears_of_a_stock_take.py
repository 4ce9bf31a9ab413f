"""What a clerk who does not see the screen hears as they count a shelf, in order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from tests.shops import CHOCOLATE, COGNAC, SWEETS
from tests.ui.at_the_stock import StockHand
from tests.ui.reader import Reader, listening

Key = Qt.Key
MISREAD = "4607204303501"
DIFFERS = "Dark chocolate 100 g, 4870204320145, 200, 2, 198 missing, −¥ 1,534.50"


@pytest.fixture
def reader(clerk: StockHand, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    with listening(monkeypatch, clerk.wait) as reader:
        reader.heard()
        yield reader


def test_what_a_reader_hears_of_a_stock_take(clerk: StockHand, reader: Reader) -> None:
    clerk.scan(CHOCOLATE)
    assert reader.heard() == ["Dark chocolate 100 g. Chosen products."]
    clerk.scan(SWEETS)
    assert reader.heard() == ["Assorted sweets 1 kg. Chosen products."]
    clerk.press(Key.Key_F12)
    assert reader.heard() == ["Scan field, field, Scan a product or carton, or type 5 * and scan"]

    clerk.scan(CHOCOLATE)
    assert reader.heard() == ["Dark chocolate 100 g. 1."]
    clerk.scan(CHOCOLATE)
    assert reader.heard() == ["Dark chocolate 100 g. 2."]
    clerk.scan(COGNAC)
    assert reader.heard() == ["Cognac 5★ 0.7 L. 1. It is not in this stock-take. It is noted but not posted."]
    clerk.scan(MISREAD)
    assert reader.heard() == [f"{MISREAD} is misread or mistyped: the last digit should be 8. Scan it again."]
    clerk.type("5 *")
    clerk.scan(SWEETS)
    assert reader.heard() == ["Assorted sweets 1 kg. 5."]
    clerk.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert reader.heard() == ["Assorted sweets 1 kg. 0."]

    clerk.press(Key.Key_F12)
    assert reader.heard() == [f"Differences, list, {DIFFERS}, choose a reason"]
    clerk.press(Key.Key_4)
    assert reader.heard() == [f"Differences, list, {DIFFERS}, Theft", "Theft."]
    clerk.press(Key.Key_F12)
    assert reader.heard() == [
        "C-000001 posted. Recorded stock now matches the count. 1 not counted. Their recorded stock is unchanged."
    ]
