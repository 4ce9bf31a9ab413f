"""A handful of the tasks of `tools.tasks` in a small shop: by keys alone, by finger alone, with their outcome."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import main
from tests.ui.at_the_counter import a_demo_shop
from tools.counter_tasks import COUNTER_TASKS
from tools.task_hand import NotDone
from tools.task_table import verdict
from tools.tasks import HANDS, TASKS, do

_TRIED = ("first-sale", "discount", "void-line", "pay-out")
_PAGE = Path(__file__).parents[2] / "docs" / "tasks.md"


@pytest.mark.parametrize("way", ["keys", "finger"])
def test_a_sale_a_discount_a_void_and_a_pay_out_take_no_more_than_at_a_peer(
    qapp: QApplication, tmp_path: Path, way: str
) -> None:
    shop = a_demo_shop(tmp_path / "shop")
    hand = HANDS[way](qapp, shop, main.RESOURCES, tmp_path / "till.json", "en", "light")
    told = {}
    try:
        for task in COUNTER_TASKS:
            if task.id in _TRIED:
                result = do(task, hand)
                told[task.id] = result.trouble or verdict(task, result)
                hand.empty_basket()
        with pytest.raises(NotDone, match="not 'a sale'"):
            hand.expect("what is not so", "nothing", "a sale")
    finally:
        hand.close()

    assert told.keys() == set(_TRIED)
    assert set(told.values()) <= {"equal", "better"}, told


def test_a_hand_of_another_kind_is_noticed(qapp: QApplication, tmp_path: Path) -> None:
    shop = a_demo_shop(tmp_path / "shop")
    hand = HANDS["finger"](qapp, shop, main.RESOURCES, tmp_path / "till.json", "en", "light")
    try:
        with pytest.raises(NotDone, match="by finger alone"), hand.counted():
            hand.type(shop.demo_pins["amina"])
    finally:
        hand.close()


def test_the_page_has_a_row_for_each_task() -> None:
    rows = [line.split(" | ")[0].removeprefix("| ") for line in _PAGE.read_text("utf-8").splitlines() if " | " in line]
    assert [title for title in rows if title in {task.title for task in TASKS}] == [task.title for task in TASKS]
