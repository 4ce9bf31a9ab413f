"""A file of a channel is imported on the page of customer orders, a few orders at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos.application.pickup import import_orders
from pos.application.pickup.import_orders import OrdersUnderWay
from pos.ui.shell.page_builder import Screens
from tests.ui.pickup.conftest import CHOCOLATE, SWEETS, Counter, the_board_alone

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pages() -> Screens:
    """Nothing is sold here."""
    return the_board_alone


HEAD = "channel;channel_ref;buyer;phone;code;quantity"


def a_file(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "douyin.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def imported(counter: Counter, path: Path) -> str:
    """What the page says after an import of this file by its key."""
    counter.show("pickup")
    counter.board.orders_file.ask = lambda: path
    counter.press(Qt.Key.Key_I, CONTROL)
    counter.until(lambda: not counter.board.orders_file.is_busy)
    counter.wait()
    return counter.said


def test_its_orders_stand_on_the_board_and_a_second_time_they_are_known(counter: Counter, tmp_path: Path) -> None:
    path = a_file(tmp_path, f"douyin;D-1;小雨;13800138000;{CHOCOLATE};2", f"phone;;Anna;7011234567;{SWEETS};1")

    first = imported(counter, path)
    counter.board.show_list("confirmed")
    counter.wait(50)
    listed = len(counter.codes())
    second = imported(counter, path)

    assert first == "douyin.csv: rows taken 2, known before 0, refused 0."
    assert listed == 2
    assert second == "douyin.csv: rows taken 0, known before 2, refused 0."


def test_rows_that_are_refused_are_named_and_the_whole_list_can_be_saved(counter: Counter, tmp_path: Path) -> None:
    said = imported(counter, a_file(tmp_path, f"douyin;D-1;小雨;;{CHOCOLATE};2", "douyin;D-2;小雨;;4870000000001;1"))
    first, second = said.splitlines()

    assert first == "douyin.csv: rows taken 1, known before 0, refused 1."
    assert second.startswith("Row 3: ")
    notice = counter.till.window.work.notices.notice
    assert notice is not None
    assert notice.action == "Save the list"


def test_a_deposit_that_was_not_recorded_is_counted_and_named_before_rows_that_are_refused(
    counter: Counter, tmp_path: Path
) -> None:
    unknown = [f"douyin;D-{at};小雨;;487000000000{at};1;" for at in range(4)]
    path = a_file(tmp_path, *unknown, f"douyin;D-9;小雨;;{CHOCOLATE};1;9999", head=f"{HEAD};deposit")

    for taken in (True, False):
        said, paid, *refused = imported(counter, path).splitlines()
        counts = f"rows taken {int(taken)}, known before {int(not taken)}, refused 4."
        assert said == f"douyin.csv: {counts} Deposits not recorded: 1."
        assert paid.startswith("Row 6, deposit not recorded: The deposit on ")
        assert [line[:6] for line in refused] == ["Row 2:", "Row 3:", "…"]


def test_a_file_without_the_columns_it_needs_is_refused_in_one_sentence(counter: Counter, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name;price\nTea;12\n", encoding="utf-8")

    assert "channel" in imported(counter, path)
    assert counter.codes() == []


def test_scans_get_their_turn_while_a_long_file_is_taken(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    step = OrdersUnderWay.step

    def counted(under_way: OrdersUnderWay) -> bool:
        before = under_way.done
        went = step(under_way, 2)
        taken.append(under_way.done - before)
        return went

    monkeypatch.setattr(OrdersUnderWay, "step", counted)
    rows = [f"douyin;D-{number};小雨;;{SWEETS};1" for number in range(5)]

    said = imported(counter, a_file(tmp_path, *rows))

    assert said.startswith("douyin.csv: rows taken 5,")
    assert taken == [2, 2, 1, 0]
    assert import_orders.AT_ONCE > 2


def test_a_row_that_is_refused_names_its_column(counter: Counter, tmp_path: Path) -> None:
    said = imported(counter, a_file(tmp_path, f"douyin;D-1;小雨;;{CHOCOLATE};0"))
    assert said.splitlines()[1] == "Row 2: Quantity: “0” is out of range."
