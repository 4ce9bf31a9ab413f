"""The clerk prints what has become untrue on the shelf, and what is scanned, with scanner and keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.pricing.promotions import PromotionDraft
from pos.application.purchasing.book_delivery import read_delivery
from pos.domain.catalogue.product import Attributes
from pos.domain.catalogue.product_card import PackCode
from pos.domain.staff.staff import Person
from pos.ui.pricing.labels.print_panel import ONE
from pos.ui.pricing.labels.screen import CHANGED, CHOSEN, NEW, LabelsScreen
from pos.ui.session.rail_entries import RAIL_ENTRIES, entries_for
from tests.builders import CONSOLE, money
from tests.horgos import CNY
from tests.ui.at_the_counter import Hand, close_till, open_bare_till
from tests.ui.fakes_shop import AMINA, RUSLAN
from tests.ui.slow_store import SlowStore

COGNAC, CHOCOLATE, UNPRICED = "4870204321111", "4870204320145", "4006381333931"


class Clerk(Hand):
    """The stock clerk on the page of labels."""

    @property
    def page(self) -> LabelsScreen:
        page = self.till.window.page
        assert isinstance(page, LabelsScreen)
        return page

    def look(self, which: str = CHANGED) -> None:
        """Come to the page, or to another list of it."""
        self.till.window.show_screen("labels")
        self.wait()
        if which != CHANGED:
            self.page.choose(which)
        self.wait(330)

    def rows(self) -> list[str]:
        """Codes, why, and how many."""
        page = self.page
        texts = [page.rows.text(index) for index in range(page.rows.rowCount())]
        return [f"{text.code.split(' · ')[0]} | {text.why} | {text.copies}" for text in texts]

    @property
    def news(self) -> str:
        """What the notice bar of the window says."""
        notice = self.till.window.work.notices.notice
        return "" if notice is None else notice.text

    def person(self, name: str) -> Person:
        return next(person for person in self.shop.sign_in.people() if person.name == name)

    def files(self) -> list[Path]:
        """What was printed, the newest last."""
        return sorted((self.shop.folder / "labels").rglob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Clerk]:
    """The clerk, signed in."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "clerk")
    opened.till.window.plug(LabelsScreen(opened.till.session))
    yield Clerk(opened.till, opened.shop, qtbot)
    close_till(opened)


def test_goods_are_scanned_counted_and_printed(clerk: Clerk) -> None:
    clerk.look()
    assert clerk.page.empty.accessibleName() == "No printed label is outdated"
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


def test_goods_that_are_not_there_or_have_no_price_are_not_said_to_have_labels(clerk: Clerk) -> None:
    """*All products have labels* stood there; the next scan brought one that had none."""
    with clerk.shop.set_price.store.begin() as work:
        row = GoodsRow(UNPRICED, "Samovar", {}, "household", money("250.00"), Attributes(), None)
        work.products.add(row, clerk.shop.now())
        work.commit()
    clerk.look(NEW)
    while clerk.page.rows.rowCount():
        clerk.press(Qt.Key.Key_F12)
        clerk.wait(330)
    said = clerk.page.empty.accessibleName()
    clerk.scan(UNPRICED)

    assert clerk.rows() == [f"{UNPRICED} | no label yet | × 1"]
    assert said == "All priced goods in stock have labels"


def test_labels_are_counted_by_finger(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    clerk.scan(CHOCOLATE)
    table, steps = clerk.page.table, clerk.page.row_steps
    clerk.typing.finger(table.viewport(), table.visualRect(table.model().index(0, 0)).center())
    for button in (steps.more, steps.more, steps.fewer):
        clerk.typing.wait(1)
        clerk.typing.finger(button)
        clerk.wait()
    assert clerk.rows() == [f"{COGNAC} | no label yet | × 2", f"{CHOCOLATE} | no label yet | × 1"]
    assert steps.more.accessibleName() == "One label more"
    assert table.hasFocus()


def test_the_other_lists_are_reached_by_keys_from_an_empty_one(clerk: Clerk) -> None:
    clerk.look()
    before = clerk.page.empty.accessibleName()
    clerk.press(Qt.Key.Key_Right)
    after = clerk.page.lists.choice()
    clerk.press(Qt.Key.Key_Left)

    assert (before, after) == ("No printed label is outdated", NEW)
    assert clerk.page.lists.choice() == CHANGED


@pytest.mark.parametrize("is_empty", [True, False])
def test_what_is_typed_outside_the_field_is_searched(clerk: Clerk, is_empty: bool) -> None:
    """Digits went nowhere before F2, in silence."""
    clerk.look(CHOSEN)
    if not is_empty:
        clerk.scan(COGNAC)
    clerk.type("4870")
    clerk.wait(330)

    assert clerk.page.search.box.text() == "4870"
    assert clerk.page.search.popup.isVisible()


def test_no_number_of_copies_is_marked_that_the_labels_do_not_have(clerk: Clerk) -> None:
    """*One per product* was marked while each label of a delivery had 130."""
    clerk.look(CHOSEN)
    clerk.scan(COGNAC)
    one = clerk.page.panel.copies.choice()
    clerk.page.table.more.emit(1)
    two = clerk.page.panel.copies.choice()
    clerk.page.table.more.emit(-1)

    assert (one, two, clerk.page.panel.copies.choice()) == (ONE, "", ONE)


def test_a_list_of_labels_that_is_not_on_show_says_no_number_that_was_true_before(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    clerk.press(Qt.Key.Key_F12)
    boss = clerk.person("manager")
    clerk.shop.promotions.add(PromotionDraft("Spring", percent=Decimal(10), code=COGNAC), boss)
    clerk.till.window.show_screen("products")
    clerk.look()
    segments = [button.accessibleName() for button in clerk.page.lists.findChildren(QAbstractButton)]
    clerk.page.choose(CHANGED)
    clerk.wait(330)
    then = [button.accessibleName() for button in clerk.page.lists.findChildren(QAbstractButton)]

    assert segments == ["Changed", "New", "Chosen"]
    assert then == ["Changed · 1", "New", "Chosen"]


def test_what_a_promotion_makes_untrue_is_on_the_list_and_gone_once_it_is_printed(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    clerk.press(Qt.Key.Key_F12)
    boss = next(person for person in clerk.shop.sign_in.people() if person.name == "manager")
    clerk.shop.promotions.add(PromotionDraft("Spring", percent=Decimal(10), code=COGNAC), boss)
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


def test_del_pressed_twice_removes_one_label(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    clerk.scan(CHOCOLATE)
    clerk.page.table.choose(0)
    clerk.page.table.setFocus()
    clerk.press(Qt.Key.Key_Delete)
    clerk.typing.press_again(Qt.Key.Key_Delete)
    clerk.wait()

    assert clerk.rows() == [f"{CHOCOLATE} | no label yet | × 1"]


def test_goods_are_found_by_name(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F2)
    clerk.type("cog")
    clerk.wait(200)
    clerk.press(Qt.Key.Key_Return)
    clerk.wait(330)

    assert len(clerk.rows()) == 1
    assert clerk.page.lists.choice() == CHOSEN


def test_a_carton_is_chosen_for_goods_that_were_found_and_its_label_says_how_many(clerk: Clerk) -> None:
    edit = clerk.shop.edit_product
    key, card = edit.card(CHOCOLATE, CONSOLE)
    packs = (*card.codes, PackCode("14870204320142", "carton", 12))
    edit(key, card, replace(card, codes=packs), clerk.person("clerk"))
    clerk.look()
    clerk.scan(COGNAC)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F6)
    clerk.wait(330)
    assert clerk.rows() == [f"{COGNAC} | no label yet | × 1", "14870204320142 | label of a carton | × 1"]
    assert clerk.page.rows.text(1).name.startswith("12 × ")

    clerk.scan("14870204320142")
    assert clerk.rows()[1] == "14870204320142 | label of a carton | × 2"
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F6)
    assert clerk.rows()[1:] == ["14870204320142 | label of a carton | × 3"]
    clerk.page.table.choose(0)
    clerk.press(Qt.Key.Key_F6)
    assert clerk.news.endswith("no carton code on file. Add one on the product page.")
    clerk.press(Qt.Key.Key_F12)
    assert "12 ×" in pypdfium2.PdfDocument(clerk.files()[-1])[0].get_textpage().get_text_range()


def test_lots_stand_on_labels_where_the_shop_wants_them_and_one_of_several_is_chosen(clerk: Clerk) -> None:
    read = clerk.shop.read_stock.lots
    label = next(one for one in read(clerk.person("clerk"), on_hand=True, limit=500) if one.on_hand)
    owned = clerk.shop.list_labels.of_code(label.code, CONSOLE)
    assert label.lot.code in [lot.code for lot in owned.lots]
    clerk.look()
    clerk.scan(label.code)
    assert label.lot.code not in clerk.page.rows.text(0).code
    while label.lot.code not in clerk.page.rows.text(0).code:
        clerk.press(Qt.Key.Key_F8)
    clerk.press(Qt.Key.Key_F12)
    assert label.lot.code in pypdfium2.PdfDocument(clerk.files()[-1])[0].get_textpage().get_text_range()

    clerk.press(Qt.Key.Key_F7)
    clerk.scan(label.code)
    assert (label.lot.code in clerk.page.rows.text(0).code) is (owned.only_lot is not None)
    clerk.press(Qt.Key.Key_F7)
    assert label.lot.code not in clerk.page.rows.text(0).code


def test_the_labels_of_a_delivery_bear_the_lots_that_came(clerk: Clerk) -> None:
    with clerk.shop.set_price.store.begin() as work:
        work.settings.set("label_lots", "yes")
        work.commit()
    clerk.till.session.take_settings(clerk.shop.settings())
    lots = [{"lot": "L1", "expiry": "2027-03-01", "quantity": 2}, {"lot": "L2", "expiry": "2027-09-01", "quantity": 3}]
    came = read_delivery({"supplier": "Almaty Sweets", "lines": [{"code": CHOCOLATE, **lot} for lot in lots]}, CNY)
    receipt = clerk.shop.deliveries.book(came, clerk.person("clerk")).name
    clerk.look()
    clerk.press(Qt.Key.Key_F2)
    clerk.type(receipt)
    clerk.press(Qt.Key.Key_Return)

    rows = [clerk.page.rows.text(index) for index in range(clerk.page.rows.rowCount())]
    assert [(row.code.split(" · ")[:2], row.copies) for row in rows] == [
        (["L1", "1 Mar 2027"], "× 2"),
        (["L2", "1 Sep 2027"], "× 3"),
    ]
    clerk.press(Qt.Key.Key_F7)
    assert clerk.rows() == [f"{CHOCOLATE} | no label yet | × 5"]


def test_labels_that_know_their_lots_show_them_when_lots_are_turned_on(clerk: Clerk) -> None:
    lots = [{"lot": "L1", "expiry": "2027-03-01", "quantity": 2}, {"lot": "L2", "expiry": "2027-09-01", "quantity": 3}]
    came = read_delivery({"supplier": "Almaty Sweets", "lines": [{"code": CHOCOLATE, **lot} for lot in lots]}, CNY)
    receipt = clerk.shop.deliveries.book(came, clerk.person("clerk")).name
    clerk.look()
    clerk.scan(receipt)
    clerk.scan(CHOCOLATE)  # of which lot that one is, is not known
    assert clerk.rows() == [f"{CHOCOLATE} | no label yet | × 6"]
    clerk.page.choose(CHANGED)
    clerk.press(Qt.Key.Key_F7)
    clerk.page.choose(CHOSEN)
    clerk.wait()
    rows = [clerk.page.rows.text(index) for index in range(clerk.page.rows.rowCount())]
    assert [(row.code.split(" · ")[:2], row.copies) for row in rows][:2] == [
        (["L1", "1 Mar 2027"], "× 2"),
        (["L2", "1 Sep 2027"], "× 3"),
    ]
    assert [row.copies for row in rows][2:] == ["× 1"]
    clerk.press(Qt.Key.Key_F7)
    assert clerk.rows() == [f"{CHOCOLATE} | no label yet | × 6"]
    clerk.press(Qt.Key.Key_F7)
    assert [row.split(" | ")[-1] for row in clerk.rows()] == ["× 2", "× 3", "× 1"]


def test_where_lots_are_turned_on_and_several_are_on_hand_the_key_that_chooses_is_named(clerk: Clerk) -> None:
    lots = [{"lot": lot, "expiry": "2027-03-01", "quantity": 2} for lot in ("L1", "L2")]
    came = read_delivery({"supplier": "Almaty Sweets", "lines": [{"code": CHOCOLATE, **lot} for lot in lots]}, CNY)
    clerk.shop.deliveries.book(came, clerk.person("clerk"))
    clerk.look()
    clerk.scan(CHOCOLATE)
    name = clerk.page.rows.text(0).name
    clerk.press(Qt.Key.Key_F7)
    assert clerk.news == f"{name}: not all pieces are of one lot. F8 chooses the lot of the label."


def test_the_code_on_the_paper_of_a_delivery_chooses_its_labels(clerk: Clerk) -> None:
    came = read_delivery({"supplier": "Almaty Sweets", "lines": [{"code": CHOCOLATE, "quantity": 5}]}, CNY)
    receipt = clerk.shop.deliveries.book(came, clerk.person("clerk")).name
    clerk.look()
    clerk.scan(receipt)

    assert clerk.rows() == [f"{CHOCOLATE} | no label yet | × 5"]
    assert clerk.till.window.work.notices.notice is None


def test_what_no_label_can_be_made_of_is_reported_and_the_list_stays(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    clerk.scan("6901028075763")
    assert clerk.news == "No product has the code 6901028075763."
    clerk.press(Qt.Key.Key_F2)
    clerk.type("R-99")
    clerk.press(Qt.Key.Key_Return)

    assert clerk.news == "There is no goods receipt R-99."
    assert len(clerk.rows()) == 1
    with clerk.shop.set_price.store.begin() as work:
        row = GoodsRow(UNPRICED, "Samovar", {"ru": "Самовар"}, "household", None, Attributes(), None)
        work.products.add(row, clerk.shop.now())
        work.commit()
    clerk.scan(UNPRICED)
    assert clerk.news == "“Samovar” has no price. Set one before printing the label."
    clerk.till.session.speak("ru")
    assert clerk.news == "У «Самовар» нет цены. Задайте её, затем печатайте ценник."


def test_a_sheet_that_was_begun_goes_on_at_its_free_place(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    clerk.page.panel.sheet.setFocus()
    clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Right)

    assert clerk.page.panel.sheet.start == 5
    assert clerk.page.panel.sheet.accessibleName() == "First free position on the sheet: 5 of 24"
    clerk.press(Qt.Key.Key_F12)
    assert clerk.page.panel.sheet.start == 6


def test_the_clerk_finds_the_labels_and_the_cashier_does_not() -> None:
    built = {entry.key for entry in RAIL_ENTRIES}

    assert "labels" in {entry.key for entry in entries_for(RUSLAN, built)}
    assert "labels" not in {entry.key for entry in entries_for(AMINA, built)}


def test_labels_scanned_while_others_are_printed_are_still_to_be_printed(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    with SlowStore(clerk) as slow:
        slow.scan(COGNAC)
        slow.scan(CHOCOLATE)
        slow.press(Qt.Key.Key_F12)
        slow.press(Qt.Key.Key_F12)

    left = [(row.split(" | ")[0], row.split(" | ")[2]) for row in clerk.rows()]
    assert left == [(COGNAC, "× 1"), (CHOCOLATE, "× 1")]
    assert (clerk.news, len(clerk.files())) == ("1 label printed.", 1)


def test_chosen_labels_stay_when_another_list_has_been_printed_meanwhile(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    clerk.press(Qt.Key.Key_F12)
    boss = clerk.person("manager")
    clerk.shop.promotions.add(PromotionDraft("Spring", percent=Decimal(10), code=COGNAC), boss)
    clerk.scan(CHOCOLATE)
    clerk.look(CHANGED)
    clerk.page.choose(CHANGED)
    clerk.wait(330)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F12)
        clerk.page.choose(CHOSEN)

    assert (clerk.page.lists.choice(), clerk.rows()) == (CHOSEN, [f"{CHOCOLATE} | no label yet | × 1"])
    assert len(clerk.files()) == 2


def test_a_label_found_late_leaves_the_text_that_is_typed_by_then(clerk: Clerk) -> None:
    clerk.look()
    with SlowStore(clerk) as slow:
        slow.scan(COGNAC)
        slow.fill(clerk.page.search.box.field, "cho")
    typed = clerk.page.search.box.text()
    clerk.page.choose(CHOSEN)

    assert (typed, clerk.rows()) == ("cho", [f"{COGNAC} | no label yet | × 1"])


def test_chosen_labels_bear_the_price_of_now_and_not_of_when_they_were_scanned(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    clerk.till.window.show_screen("checkout")
    clerk.shop.promotions.add(PromotionDraft("Spring", percent=Decimal(10), code=COGNAC), clerk.person("manager"))
    clerk.look(CHOSEN)
    [shown] = clerk.page.rows.rows
    assert str(shown.label.price) == "405.00"


def test_a_label_is_printed_with_the_price_that_holds_when_its_key_is_pressed(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    clerk.shop.promotions.add(PromotionDraft("Spring", percent=Decimal(10), code=COGNAC), clerk.person("manager"))
    clerk.press(Qt.Key.Key_F12)
    text = pypdfium2.PdfDocument(clerk.files()[-1])[0].get_textpage().get_text_range()
    assert "405" in text
    clerk.page.choose(CHANGED)
    clerk.wait(330)
    assert clerk.rows() == []


def test_no_list_is_printed_for_the_label_that_was_scanned_just_now(clerk: Clerk) -> None:
    clerk.look(NEW)
    assert clerk.rows()
    with SlowStore(clerk) as slow:
        slow.scan(COGNAC)
        slow.press(Qt.Key.Key_F12)
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        slow.press("+")

    assert clerk.files() == []
    clerk.page.choose(CHOSEN)
    assert clerk.rows() == [f"{COGNAC} | no label yet | × 1", f"{CHOCOLATE} | no label yet | × 1"]
