"""The stock clerk works down what is missing with a scanner and the number keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

import main
from pos.application.catalogue.list_incomplete_products import ALL
from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.shop.shop import Shop
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.money import Money
from pos.ui.catalogue.missing_data.screen import MissingDataScreen
from pos.ui.session.rail_entries import RAIL_ENTRIES, entries_for
from pos.ui.shell.application import TillWindow
from pos.ui.widgets.drawing.text_label import TextLabel
from tests.builders import CONSOLE
from tests.horgos import CNY
from tests.ui.at_the_counter import NOON, NOT_COMPLETE, VOLUME_UNKNOWN, a_demo_shop
from tests.ui.conftest import Hand
from tests.ui.fakes_shop import AMINA, RUSLAN
from tests.ui.slow_store import SlowStore

PODS, PAN = "6901204373423", "4332434000049"
CHINA, KAZAKHSTAN = "cn-horgos", "kz-horgos"
_NONE = Attributes()


class Clerk(Hand):
    """The stock clerk on the page, over a demo shop in which four products lack something."""

    shop: Shop

    @property
    def page(self) -> MissingDataScreen:
        page = self.till.window.page
        assert isinstance(page, MissingDataScreen)
        return page

    def wait(self) -> None:
        """Until counts and pages have come, slice by slice."""
        for _ in range(4):
            super().wait()

    def add(self, *rows: GoodsRow) -> None:
        """More goods in the catalogue."""
        with self.shop.issue_receipt.store.begin() as work:
            work.products.add_many(rows, NOON)
            work.commit()

    def look(self, which: str = ALL) -> None:
        """Come to the page, or choose another list."""
        self.till.window.show_screen("gaps")
        self.wait()
        if which != ALL:
            self.page.choose(which)
            self.wait()

    def rows(self) -> list[str]:
        """Codes and what they lack."""
        page = self.page
        texts = [page.rows.text(index) for index in range(page.rows.rowCount())]
        return [f"{text.code} | {text.missing}" for text in texts]

    def chosen(self) -> str:
        """The code of the chosen row."""
        page = self.page
        return page.rows.rows[page.table.currentIndex().row()].product.code

    def asked(self) -> list[str]:
        """The fields that are open."""
        return [] if self.page.fill_in.isHidden() else list(self.page.fill_in.fields)

    def lists(self) -> list[str]:
        """The lists with their counts."""
        return [button.text() for button in self.page.lists.findChildren(QAbstractButton)]

    def field(self, name: str) -> QLineEdit:
        """An open field."""
        field = self.page.fill_in.fields[name]
        assert isinstance(field, QLineEdit)
        return field

    def error_text(self) -> str:
        """What the panel says is wrong."""
        labels = self.page.fill_in.findChildren(TextLabel)
        return next(label.text() for label in labels if label.property("tint") == "over")

    def enters(self, **fields: str) -> None:
        """Type into open fields and press Enter."""
        for name, text in fields.items():
            self.field(name).setFocus()
            self.type(text)
        self.press(Qt.Key.Key_Return)

    def stored(self, code: str) -> Product:
        return self.shop.find.show(code).product


def goods(
    code: str, category: str | None = "toy", price: int | None = 1_000, attributes: Attributes = _NONE
) -> GoodsRow:
    money = None if price is None else Money(price, CNY)
    return GoodsRow(code, f"Article {code}", {}, category, money, attributes, None)


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path) -> Iterator[Clerk]:
    """The clerk, signed in."""
    shop = a_demo_shop(tmp_path / "shop")
    till = TillWindow(
        qapp, shop, main.RESOURCES, state, tmp_path / "border-pos.log", lambda session: [MissingDataScreen(session)]
    )
    till.session.sounds.volume = 0
    till.show()
    hand = Clerk(till, qtbot)
    hand.shop = shop
    qtbot.waitUntil(lambda: till.window.screen_at("gaps") is not None, timeout=30_000)
    till.window.activateWindow()
    till.session.take_settings(shop.settings())
    till.session.take_person(next(person for person in shop.sign_in.people() if person.name == "clerk"))
    hand.wait()
    yield hand
    till.close()
    till.window.deleteLater()
    till.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shop.close()


def test_the_clerk_sees_what_is_missing_and_for_whom(clerk: Clerk) -> None:
    clerk.look()

    assert clerk.rows() == [
        f"{NOT_COMPLETE} | category · price",
        f"{PODS} | volume, ml",
        f"{PAN} | gross weight, kg",
        f"{VOLUME_UNKNOWN} | volume, ml · alcohol, % vol.",
    ]
    assert clerk.lists()[:4] == ["All · 4", "To China · 2", "To Kazakhstan · 2", "Cannot be sold · 1"]
    assert clerk.page.progress.text() == "4 of 402 to fill in"
    assert clerk.page.fields.text().startswith("volume, ml: 2")


def test_each_list_asks_for_what_that_way_out_needs(clerk: Clerk) -> None:
    clerk.add(goods("VAPE", "vape.pod"))
    clerk.look(CHINA)
    assert clerk.rows()[-1] == "VAPE | volume, ml"
    clerk.look(KAZAKHSTAN)
    assert clerk.rows()[-1] == "VAPE | gross weight, kg"


def test_left_and_right_change_the_list(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_Right)
    assert len(clerk.rows()) == 2
    clerk.press(Qt.Key.Key_Left)
    clerk.press(Qt.Key.Key_Left)
    assert len(clerk.rows()) == 4


def test_a_list_is_worked_down_with_number_keys_and_enter(clerk: Clerk) -> None:
    clerk.add(goods("TOY1"), goods("TOY2"), goods("TOY3"))
    clerk.look(KAZAKHSTAN)
    clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Down)
    assert clerk.chosen() == "TOY1"
    clerk.press(Qt.Key.Key_Return)
    assert clerk.asked() == ["gross_kg"]

    clerk.type("1.250")
    clerk.press(Qt.Key.Key_Return)
    assert str(clerk.stored("TOY1").attributes.gross_kg) == "1.250"
    assert (clerk.chosen(), clerk.asked()) == ("TOY2", ["gross_kg"])
    clerk.type("0.4")
    clerk.press(Qt.Key.Key_Return)

    assert str(clerk.stored("TOY2").attributes.gross_kg) == "0.4"
    assert clerk.chosen() == "TOY3"
    assert clerk.rows()[2:] == ["TOY3 | gross weight, kg"]
    assert clerk.lists()[2] == "To Kazakhstan · 3"
    assert clerk.page.progress.text() == "3 of 405 to fill in"


def test_what_was_filled_in_is_gone_from_the_counts_as_from_the_catalogue(clerk: Clerk) -> None:
    clerk.look(CHINA)
    clerk.scan(PODS)
    clerk.enters(ml="4")
    counted = clerk.lists()

    clerk.page.entered()
    clerk.press(Qt.Key.Key_Escape)
    clerk.look(CHINA)
    assert clerk.lists() == counted
    assert counted[:4] == ["All · 3", "To China · 1", "To Kazakhstan · 2", "Cannot be sold · 1"]


def test_what_is_filled_in_leaves_the_badge(clerk: Clerk) -> None:
    clerk.look()
    before = clerk.till.session.figures.of("incomplete_products")
    clerk.scan(PODS)
    clerk.enters(ml="4")

    assert (before, clerk.till.session.figures.of("incomplete_products")) == (4, 3)


def test_a_scan_chooses_its_product_and_asks_at_once(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(PAN)
    assert (clerk.chosen(), clerk.asked()) == (PAN, ["gross_kg"])
    clerk.scan(VOLUME_UNKNOWN)
    assert (clerk.chosen(), clerk.asked()) == (VOLUME_UNKNOWN, ["ml", "abv"])


def test_a_scan_finds_a_product_whose_page_is_not_loaded(clerk: Clerk) -> None:
    clerk.add(*(goods(f"G{n}") for n in range(250)), goods("4870001000189"))
    clerk.look(KAZAKHSTAN)
    loaded = len(clerk.rows())
    assert loaded < 250

    clerk.scan("4870001000189")
    assert clerk.chosen() == "4870001000189"
    clerk.enters(gross_kg="2")
    assert str(clerk.stored("4870001000189").attributes.gross_kg) == "2"
    assert clerk.chosen() == PAN


def test_pages_come_as_one_scrolls_and_every_product_once(clerk: Clerk) -> None:
    clerk.add(*(goods(f"G{n}") for n in range(250)), goods("4870001000189"))
    clerk.look(KAZAKHSTAN)
    clerk.scan("4870001000189")
    clerk.press(Qt.Key.Key_Escape)
    for _ in range(8):
        clerk.page.table.choose(10_000)
        clerk.wait()

    codes = [row.split(" | ")[0] for row in clerk.rows()]
    assert len(codes) == len(set(codes)) == 253


def test_a_scan_of_what_another_list_holds_goes_there(clerk: Clerk) -> None:
    clerk.look(CHINA)
    clerk.scan(PAN)

    assert len(clerk.rows()) == 4
    assert (clerk.chosen(), clerk.asked()) == (PAN, ["gross_kg"])


def test_a_scan_of_what_lacks_nothing_says_so(clerk: Clerk) -> None:
    clerk.add(goods("4870001000189", attributes=Attributes(gross_kg=Decimal(1))))
    clerk.look()
    clerk.scan("4870001000189")

    assert clerk.news == "Article 4870001000189: no missing data."
    assert clerk.asked() == []


def test_an_unknown_code_is_reported_and_the_row_stays_chosen(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(PAN)
    clerk.scan("6901028075763")

    assert clerk.news == "No product has the code 6901028075763."
    assert (clerk.chosen(), clerk.asked()) == (PAN, ["gross_kg"])


def test_a_category_is_followed_by_what_its_goods_must_tell(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_Return)
    assert clerk.asked() == ["category", "price"]
    category = clerk.page.fill_in.fields["category"]
    assert isinstance(category, QComboBox)
    category.setCurrentIndex(category.findData("alcohol.wine"))
    clerk.enters(price="45.00")

    assert (clerk.chosen(), clerk.asked()) == (NOT_COMPLETE, ["ml", "abv"])
    clerk.enters(ml="750", abv="12.5")
    assert not clerk.shop.missing_data.show(NOT_COMPLETE, CONSOLE).lacks[ALL]
    assert clerk.chosen() == PODS


def test_what_cannot_be_right_is_shown_beside_the_field_and_nothing_is_saved(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(PAN)
    clerk.enters(gross_kg="heavy")

    assert clerk.asked() == ["gross_kg"]
    assert clerk.error_text().startswith("gross weight, kg:")
    assert clerk.field("gross_kg").text() == "heavy"
    assert clerk.stored(PAN).attributes.gross_kg is None


def test_what_could_not_be_right_is_not_said_of_another_figure(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(PAN)
    clerk.enters(gross_kg="heavy")
    assert clerk.error_text() != ""
    clerk.field("gross_kg").setFocus()
    clerk.press(Qt.Key.Key_Backspace)
    assert clerk.field("gross_kg").text() == "heav"
    assert clerk.error_text() == ""


def test_enter_goes_from_field_to_field_and_tells_what_stays_empty(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(VOLUME_UNKNOWN)
    clerk.enters(ml="500")
    assert (clerk.error_text(), clerk.field("abv").hasFocus()) == ("", True)
    clerk.press(Qt.Key.Key_Return)
    assert clerk.error_text() == "alcohol, % vol. is missing."
    clerk.enters(abv="40")

    assert VOLUME_UNKNOWN not in " ".join(clerk.rows())


def test_arrows_leave_a_field_for_the_next_product(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(PODS)
    clerk.press(Qt.Key.Key_Down)

    assert (clerk.chosen(), clerk.asked()) == (PAN, ["gross_kg"])


def test_escape_closes_the_fields_and_the_row_stays_chosen(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(PAN)
    clerk.press(Qt.Key.Key_Escape)

    assert (clerk.chosen(), clerk.asked()) == (PAN, [])
    assert clerk.stored(PAN).attributes.gross_kg is None


def test_the_last_one_filled_in_leaves_a_page_that_says_so(clerk: Clerk) -> None:
    clerk.look(CHINA)
    clerk.press(Qt.Key.Key_Return)
    clerk.enters(ml="2")
    clerk.enters(ml="700", abv="40")

    assert (clerk.rows(), clerk.asked()) == ([], [])
    assert clerk.page.empty.isVisible()
    assert clerk.page.empty.accessibleName() == "No missing data"


def test_where_rules_cannot_be_read_it_is_not_said_that_all_they_need_is_on_file(clerk: Clerk) -> None:
    """*All data needed for the limits is on file* stood there; what is needed was not known."""
    with clerk.shop.issue_receipt.store.begin() as work:
        for option in ("regime_cn", "regime_kz"):
            work.settings.set(option, "cn-lake")
        work.commit()
    clerk.till.session.take_settings(clerk.shop.settings())
    clerk.look()
    clerk.page.rows.begin(ALL, ())  # as if each product had a category and a price
    clerk.page._present()

    assert clerk.page.empty.accessibleName() == "No rules for this destination"
    assert clerk.page.empty.accessibleDescription().startswith("The rules “cn-lake” from the settings cannot be read.")


def test_a_document_is_sent_to_the_checkout_in_words(clerk: Clerk) -> None:
    clerk.look()
    clerk.till.window.document_scanned("P<CHN")

    assert clerk.news == "Documents are scanned at the checkout."


def test_the_rows_are_said_in_the_language_just_chosen(clerk: Clerk) -> None:
    clerk.look(CHINA)
    clerk.scan(PODS)
    clerk.till.session.speak("ru")

    assert clerk.rows()[0] == f"{PODS} | объём, мл"
    assert clerk.asked() == ["ml"]
    assert str(clerk.page.rows.index(0, 0).data()).endswith("объём, мл, в зале 70")


def test_what_is_being_typed_survives_a_look_at_another_page(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(PAN)
    clerk.type("1.2")
    clerk.press(Qt.Key.Key_F1)
    clerk.press(Qt.Key.Key_F1)

    assert clerk.field("gross_kg").text() == "1.2"
    assert clerk.till.window.focusWidget() is clerk.field("gross_kg")


def test_the_page_is_read_again_beneath_open_fields_and_what_is_typed_stays(clerk: Clerk) -> None:
    """The name of before stood over the fields, and goods that another person has filled in stood in the list."""
    clerk.add(goods("TOY-0001"), goods("TOY-0002"))
    clerk.look(KAZAKHSTAN)
    clerk.scan("TOY-0001")
    clerk.type("2.5")
    before = clerk.rows()
    clerk.press(Qt.Key.Key_F1)
    other, edit = clerk.till.session.person, clerk.shop.edit_product
    assert other is not None
    clerk.shop.fill_in(clerk.stored("TOY-0002").id, other, attributes=Attributes(gross_kg=Decimal("1.1")))
    key, card = edit.card("TOY-0001", other)
    edit(key, card, replace(card, names={**card.names, "en": "Tin frog"}), other)
    clerk.press(Qt.Key.Key_F1)
    clerk.wait()

    titles = [label.text() for label in clerk.page.fill_in.findChildren(TextLabel)]
    assert any(row.startswith("TOY-0002") for row in before)
    assert not any(row.startswith("TOY-0002") for row in clerk.rows())
    assert "Fill in: Tin frog" in titles
    assert (clerk.chosen(), clerk.field("gross_kg").text()) == ("TOY-0001", "2.5")
    assert clerk.till.window.focusWidget() is clerk.field("gross_kg")


def test_fields_that_another_person_has_filled_in_are_not_asked_for_any_more(clerk: Clerk) -> None:
    clerk.add(goods("TOY-0001"))
    clerk.look()
    clerk.scan("TOY-0001")
    clerk.type("2.5")
    clerk.press(Qt.Key.Key_F1)
    other = clerk.till.session.person
    assert other is not None
    clerk.shop.fill_in(clerk.stored("TOY-0001").id, other, attributes=Attributes(gross_kg=Decimal("1.1")))
    clerk.press(Qt.Key.Key_F1)
    clerk.wait()

    assert clerk.asked() == []
    assert clerk.page.waiting() == ""
    assert clerk.till.window.work.notices.accessibleName() == "Article TOY-0001: no missing data."


def test_what_another_person_has_filled_in_is_gone_from_list_and_counts_alike(clerk: Clerk) -> None:
    clerk.add(goods("TOY-0001"), goods("TOY-0002"))
    clerk.look()
    before = clerk.page.progress.text()
    clerk.scan("TOY-0001")
    clerk.type("2.5")
    other = clerk.till.session.person
    assert other is not None
    clerk.shop.fill_in(clerk.stored("TOY-0001").id, other, attributes=Attributes(gross_kg=Decimal("1.1")))
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    assert clerk.till.window.work.notices.accessibleName().startswith("Another person has changed this")
    assert "TOY-0001" not in " ".join(clerk.rows())
    assert [int(text.split()[0]) for text in (before, clerk.page.progress.text())] == [6, 5]
    assert clerk.page.table.hasFocus()


def test_the_clerk_finds_the_page_on_the_rail_and_the_cashier_does_not() -> None:
    built = {entry.key for entry in RAIL_ENTRIES}

    assert "gaps" in {entry.key for entry in entries_for(RUSLAN, built)}
    assert "gaps" not in {entry.key for entry in entries_for(AMINA, built)}


def test_what_is_half_typed_of_a_product_waits_for_it_while_others_are_asked_about(clerk: Clerk) -> None:
    clerk.add(goods("TOY-0001"), goods("TOY-0002"))
    clerk.look(KAZAKHSTAN)
    clerk.scan("TOY-0001")
    clerk.type("1.25")
    clerk.scan("TOY-0002")
    beside = clerk.field("gross_kg").text()
    clerk.type("7")
    clerk.page.table.choose(clerk.page.rows.index_of(clerk.stored("TOY-0001").id))  # a tap on its row
    clerk.wait()
    back, waiting = clerk.field("gross_kg").text(), clerk.page.waiting()
    clerk.press(Qt.Key.Key_Return)
    other = clerk.field("gross_kg").text()
    clerk.press(Qt.Key.Key_Escape)

    assert (beside, back, other) == ("", "1.25", "7")
    assert waiting == "an unsaved product"
    assert str(clerk.stored("TOY-0001").attributes.gross_kg) == "1.25"
    assert clerk.stored("TOY-0002").attributes.gross_kg is None
    assert clerk.page.waiting() == ""


def test_a_figure_changed_while_another_is_being_saved_stays_and_is_not_saved_yet(clerk: Clerk) -> None:
    clerk.look(CHINA)
    clerk.page.scanned(VOLUME_UNKNOWN)
    clerk.wait()
    for name in clerk.asked():
        clerk.field(name).setText("70")
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_Return)
        slow.fill(clerk.field("ml"), "700")
    kept, told, saved = clerk.field("ml").text(), clerk.error_text(), clerk.stored(VOLUME_UNKNOWN).attributes.ml
    assert clerk.page.waiting() == "an unsaved product"
    clerk.press(Qt.Key.Key_Return)

    assert (kept, told, saved) == ("700", "Press Enter to accept this entry, or Esc to drop it.", Decimal(70))
    assert clerk.stored(VOLUME_UNKNOWN).attributes.ml == Decimal(700)
    assert (clerk.page.waiting(), VOLUME_UNKNOWN in "".join(clerk.rows())) == ("", False)


def test_a_figure_changed_meanwhile_waits_for_its_product_when_another_is_filled_in(clerk: Clerk) -> None:
    clerk.look()
    clerk.page.scanned(VOLUME_UNKNOWN)
    clerk.wait()
    for name in clerk.asked():
        clerk.field(name).setText("70")
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_Return)
        slow.fill(clerk.field("ml"), "700")
        clerk.page.table.choose(0)
    beside = clerk.chosen()
    clerk.page.table.choose(clerk.page.rows.index_of(clerk.stored(VOLUME_UNKNOWN).id))

    assert beside != clerk.chosen() == VOLUME_UNKNOWN
    assert clerk.field("ml").text() == "700"


def test_a_scan_answered_late_does_not_take_the_figures_of_another_product(clerk: Clerk) -> None:
    clerk.look()
    clerk.page.table.setFocus()
    clerk.press(Qt.Key.Key_Return)
    before, (name, *_) = clerk.chosen(), [one for one in clerk.asked() if one != "category"]
    with SlowStore(clerk) as slow:
        clerk.page.scanned(VOLUME_UNKNOWN)
        slow.fill(clerk.field(name), "12")
    slow.type("5")

    assert (clerk.chosen(), clerk.field(name).text()) == (before, "125")


def test_what_another_clerk_has_filled_in_meanwhile_is_not_overruled(clerk: Clerk) -> None:
    clerk.add(goods("TOY-0001"))
    clerk.look(KAZAKHSTAN)
    clerk.scan("TOY-0001")
    other = clerk.till.session.person
    assert other is not None
    clerk.shop.fill_in(clerk.stored("TOY-0001").id, other, attributes=Attributes(gross_kg=Decimal("1.1")))
    clerk.type("2.5")
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    assert str(clerk.stored("TOY-0001").attributes.gross_kg) == "1.1"
    assert not any(row.startswith("TOY-0001") for row in clerk.rows())


def test_a_part_of_what_a_paper_wants_is_filled_in(clerk: Clerk) -> None:
    papers = {"brand": None, "model": None, "origin": None, "unit": None}
    key, card = clerk.shop.edit_product.card(PAN, CONSOLE)
    clerk.shop.edit_product(key, card, card.having(papers), CONSOLE)
    clerk.look("china_data_sheet")
    clerk.page.scanned(PAN)
    clerk.wait()
    assert (clerk.chosen(), clerk.asked()) == (PAN, ["brand", "unit", "origin"])

    unit, origin = clerk.page.fill_in.fields["unit"], clerk.page.fill_in.fields["origin"]
    assert isinstance(unit, QComboBox)
    assert isinstance(origin, QComboBox)
    origin.setEditText("Atlantis")
    clerk.enters()
    assert clerk.error_text().startswith("country of origin: “Atlantis” is not a country.")
    origin.setEditText("Китай")
    unit.setCurrentIndex(unit.findData("006"))
    clerk.enters()
    assert (clerk.stored(PAN).origin, clerk.stored(PAN).unit, clerk.stored(PAN).brand) == ("CN", "006", "")
    assert clerk.asked() == ["brand"]
    assert clerk.page.rows.text(clerk.page.rows.index_of(key)).missing == "brand or model"
