"""The clerk prints what has become untrue on the shelf, and what is scanned, with scanner and keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.promotions import WantedPromotion
from pos.ui.labels.screen import CHANGED, CHOSEN, NEW, LabelsScreen
from pos.ui.places import PLACES, places_for
from tests.builders import CONSOLE
from tests.ui.at_the_counter import Hand, close_till, open_till
from tests.ui.fakes_shop import AMINA, RUSLAN

COGNAC, CHOCOLATE = "4870204321111", "4870204320145"


class Clerk(Hand):
    """The stock clerk on the page of labels."""

    @property
    def page(self) -> LabelsScreen:
        page = self.till.window.page
        assert isinstance(page, LabelsScreen)
        return page

    def look(self, which: str = CHANGED) -> None:
        """Come to the page, or to another list of it."""
        self.till.window.show_place("labels")
        self.wait()
        if which != CHANGED:
            self.page.choose(which)
        self.wait(330)

    def rows(self) -> list[str]:
        """Codes, why, and how many."""
        page = self.page
        texts = [page.rows.text(place) for place in range(page.rows.rowCount())]
        return [f"{text.code.split(' · ')[0]} | {text.why} | {text.copies}" for text in texts]

    @property
    def news(self) -> str:
        """What the notice bar of the window says."""
        notice = self.till.window.work.notices.notice
        return "" if notice is None else notice.text

    def files(self) -> list[Path]:
        """What was printed, the newest last."""
        return sorted((self.shop.folder / "labels").rglob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Clerk]:
    """The clerk, signed in."""
    opened = open_till(qapp, qtbot, tmp_path, "clerk")
    opened.till.window.plug(LabelsScreen(opened.till.session))
    yield Clerk(opened.till, opened.shop, qtbot)
    close_till(opened)


def test_goods_are_scanned_counted_and_printed(clerk: Clerk) -> None:
    clerk.look()
    assert clerk.page.empty.accessibleName() == "All labels are right"
    clerk.scan(COGNAC)
    clerk.scan(CHOCOLATE)
    clerk.scan(COGNAC)
    clerk.wait(330)

    assert clerk.rows() == [f"{COGNAC} | no label yet | × 2", f"{CHOCOLATE} | no label yet | × 1"]
    assert not clerk.page.panel.picture.is_empty
    clerk.press(Qt.Key.Key_F12)
    assert clerk.news == "3 labels printed."
    assert len(pypdfium2.PdfDocument(clerk.files()[-1])) == 1
    assert (clerk.rows(), clerk.page.panel.sheet.start) == ([], 4)


def test_what_a_promotion_makes_untrue_is_on_the_list_and_gone_once_it_is_printed(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    clerk.press(Qt.Key.Key_F12)
    boss = next(person for person in clerk.shop.sign_in.people() if person.name == "manager")
    clerk.shop.promotions.add(WantedPromotion("Spring", percent=Decimal(10), code=COGNAC), boss)
    clerk.look()

    clerk.page.choose(CHANGED)
    clerk.wait(330)
    assert clerk.rows() == [f"{COGNAC} | promotion ¥\u00a0450.00 → ¥\u00a0405.00 | × 1"]
    clerk.press(Qt.Key.Key_F12)
    assert (clerk.news, clerk.rows()) == ("1 label printed.", [])


def test_copies_and_paper_are_chosen_by_keys(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    clerk.page.table.setFocus()
    clerk.press(Qt.Key.Key_Plus)
    clerk.press(Qt.Key.Key_Plus)
    clerk.press(Qt.Key.Key_Minus)
    assert clerk.rows() == [f"{COGNAC} | no label yet | × 2"]

    clerk.press(Qt.Key.Key_F4)
    owned = clerk.shop.list_labels.of_code(COGNAC, CONSOLE).owned
    assert clerk.rows() == [f"{COGNAC} | no label yet | × {owned}"]
    clerk.press(Qt.Key.Key_F5)
    clerk.press(Qt.Key.Key_F5)
    clerk.press(Qt.Key.Key_F12)
    assert len(pypdfium2.PdfDocument(clerk.files()[-1])) == owned


def test_new_goods_come_as_one_scrolls_and_one_of_them_is_left_out(clerk: Clerk) -> None:
    clerk.look(NEW)
    first = clerk.rows()[0]
    loaded = clerk.page.rows.rowCount()
    clerk.page.table.setFocus()
    clerk.press(Qt.Key.Key_Delete)

    assert loaded == 100
    assert clerk.rows()[0] != first
    clerk.page.table.choose(10_000)
    clerk.wait(330)
    assert clerk.page.rows.rowCount() > loaded


def test_goods_are_found_by_name(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F2)
    clerk.type("cog")
    clerk.wait(200)
    clerk.press(Qt.Key.Key_Return)
    clerk.wait(330)

    assert len(clerk.rows()) == 1
    assert clerk.page.lists.choice() == CHOSEN


def test_what_no_label_can_be_made_of_is_told_and_the_list_stays(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    clerk.scan("6901028075763")
    assert clerk.news == "No product has the code 6901028075763."
    clerk.press(Qt.Key.Key_F2)
    clerk.type("R-99")
    clerk.press(Qt.Key.Key_Return)

    assert clerk.news == "There is no goods receipt R-99."
    assert len(clerk.rows()) == 1


def test_a_sheet_that_was_begun_goes_on_at_its_free_place(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    clerk.page.panel.sheet.setFocus()
    clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Right)

    assert clerk.page.panel.sheet.start == 5
    assert clerk.page.panel.sheet.accessibleName() == "First free place of the sheet: 5 of 24"
    clerk.press(Qt.Key.Key_F12)
    assert clerk.page.panel.sheet.start == 6


def test_the_clerk_finds_the_labels_and_the_cashier_does_not() -> None:
    built = {place.key for place in PLACES}

    assert "labels" in {place.key for place in places_for(RUSLAN, built)}
    assert "labels" not in {place.key for place in places_for(AMINA, built)}
