"""A till is in one place at a time: two windows of one folder, two computers of one server."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.application.access.till_seat import TillOpenTwice, at_the_window
from pos.application.files.held_file import HeldFile
from pos.application.sales.basket_json import basket_json
from pos.application.text.translator import Translator
from pos.languages.refusals import refusal_text
from pos.ui.sales.parked.basket_file import AutosavedBasket, BasketFile
from tests.shops import CHOCOLATE, DemoShop

NINE = datetime(2026, 3, 2, 9, 12, tzinfo=UTC)
_HOLDS = """
import sys
from pathlib import Path
from pos.application.files.held_file import HeldFile
held = HeldFile(Path(sys.argv[1]))
print(held.take("2026-03-02T09:12:00+00:00"), flush=True)
sys.stdin.read()
"""


def test_a_second_window_of_a_till_is_warned_since_when_the_first_is_open(tmp_path: Path) -> None:
    with at_the_window(tmp_path, "T1", NINE):
        with pytest.raises(TillOpenTwice) as refused, at_the_window(tmp_path, "T1", NINE):
            pass
        with at_the_window(tmp_path, "T2", NINE):
            pass
    text = refusal_text(refused.value, Translator.english())
    assert "T1" in text
    assert "09:12" in text
    with at_the_window(tmp_path, "T1", NINE):
        pass


def test_a_window_that_was_killed_holds_its_till_no_longer(tmp_path: Path) -> None:
    file = tmp_path / "till-T1.lock"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        mine = HeldFile(file)
        assert not mine.take()
        assert mine.said() == "2026-03-02T09:12:00+00:00"
        other.kill()
        other.wait()
    assert mine.take()
    assert mine.take()
    mine.let_go()


def test_a_folder_that_takes_no_file_holds_no_window_up(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with at_the_window(tmp_path / "file", "T1", NINE):
        pass


def test_the_basket_in_another_windows_hand_was_left_by_no_one(shop: DemoShop, tmp_path: Path) -> None:
    first, second = BasketFile(tmp_path, "T1"), BasketFile(tmp_path, "T1")
    basket = AutosavedBasket(basket_json(shop.basket(CHOCOLATE).unchecked_order("amina"), NINE.date()), "amina", NINE)
    assert first.begin() == []
    first.keep(basket)

    assert second.begin() == []
    second.keep(replace(basket, person="li"))
    second.keep(None)
    first.end()
    assert BasketFile(tmp_path, "T1").begin() == [basket]
