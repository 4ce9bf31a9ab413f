"""The clerk looks through the catalogue and changes it, with the scanner and the keys alone."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from pos.application.catalogue.browse_catalogue import BrowseCatalogue
from pos.application.ports.catalogue_ports import EVERYTHING, LACKING
from pos.application.stock.move_stock import StockDocumentDraft, StockDocumentLine
from pos.application.text.formatting import plain_text
from pos.domain.catalogue.product_card import PackCode
from pos.domain.errors import BadField, Collided
from pos.domain.money import Money
from pos.domain.stock.stock import STORE_ROOM
from pos.ui.catalogue.products import picture_file, product_extras
from pos.ui.catalogue.products.picture_file import read_picture
from pos.ui.catalogue.products.product_list import ListText
from pos.ui.catalogue.products.screen import ProductsScreen
from pos.ui.look.sounds import Sound
from tests.builders import CONSOLE
from tests.horgos import CNY
from tests.ui.at_the_counter import NOT_COMPLETE, VOLUME_UNKNOWN
from tests.ui.catalogue.catalogue_clerk import COGNAC, OTHER, UNKNOWN, Clerk
from tests.ui.keyboard import Typing
from tests.ui.slow_store import SlowStore


def test_the_list_shows_the_newest_goods_and_the_form_the_chosen_one(clerk: Clerk) -> None:
    assert clerk.rows()[:2] == [NOT_COMPLETE, VOLUME_UNKNOWN]
    assert clerk.page.form.shown is not None
    assert clerk.page.form.shown.card.code == NOT_COMPLETE

    clerk.press(Qt.Key.Key_Down)
    clerk.wait()
    assert clerk.page.form.shown.card.code == VOLUME_UNKNOWN
    assert clerk.page.form.customs.missing.text.startswith("Missing: ")


def test_goods_in_the_store_room_alone_are_not_said_to_be_without_stock(clerk: Clerk) -> None:
    pieces = clerk.shop.find.show(COGNAC).on_hand
    draft = StockDocumentDraft("transfer", (StockDocumentLine(pieces, COGNAC),), to=STORE_ROOM)
    clerk.shop.move_stock(CONSOLE, draft)
    clerk.scanned(COGNAC)

    assert clerk.page.form.subtitle.text().endswith(f" {pieces} on hand")
    rows = clerk.page.side.rows
    shown = next(rows.text(index) for index in range(rows.rowCount()) if rows.text(index).code == COGNAC)
    assert shown.state in (f"{pieces} on hand", f"reorder: {pieces} left")


def test_every_product_with_missing_data_is_called_incomplete_also_one_that_could_be_sold(clerk: Clerk) -> None:
    """The brandy has a price; without its volume the allowance of a buyer is unknown."""

    def states() -> dict[str, str]:
        rows = clerk.page.side.rows
        return {text.code: text.state for text in map(rows.text, range(rows.rowCount()))}

    assert states()[VOLUME_UNKNOWN] == "incomplete"
    clerk.page.side.filters.chosen.emit(LACKING)
    clerk.wait()
    assert {VOLUME_UNKNOWN, NOT_COMPLETE} <= set(states())
    assert {state for state in states().values() if not state.startswith("reorder")} == {"incomplete"}

    clerk.scanned(VOLUME_UNKNOWN)
    clerk.fill(ml="500", abv="40", gross_kg="0.9")
    clerk.save()
    clerk.page.side.filters.chosen.emit(EVERYTHING)
    clerk.wait()
    assert states()[VOLUME_UNKNOWN] == "20 on hand"


def test_what_is_typed_is_found_and_a_filter_holds_for_it(clerk: Clerk) -> None:
    clerk.page.side.box.set_text("brandy reg")
    clerk.page.side.ask()
    clerk.wait()
    assert clerk.rows() == [VOLUME_UNKNOWN]

    clerk.page.side._filter("unpriced")
    clerk.wait()
    assert clerk.rows() == []
    assert clerk.page.side.empty.accessibleName() == "Nothing found"


def test_goods_of_before_do_not_stay_under_a_filter_that_cannot_be_read(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_asked: object) -> None:
        raise Collided("10.0.0.5")

    side, listed = clerk.page.side, clerk.rows()
    with monkeypatch.context() as patch:
        patch.setattr(BrowseCatalogue, "__call__", busy)
        side.filters.chosen.emit(LACKING)
        clerk.wait()
    assert (clerk.rows(), side.count.text(), side.empty.isVisible()) == ([], "", False)
    side.filters.chosen.emit(EVERYTHING)
    clerk.wait()
    assert clerk.rows() == listed


def test_enter_opens_no_product_of_the_list_before_what_is_typed(clerk: Clerk) -> None:
    side = clerk.page.side
    side.begin()
    with SlowStore(clerk) as slow:
        slow.type("cognac")
        QTest.qWait(300)
        slow.press(Qt.Key.Key_Return)
        assert side.box.field.hasFocus()
    assert clerk.rows() != []
    clerk.press(Qt.Key.Key_Return)
    assert not side.box.field.hasFocus()


def test_a_scan_opens_its_product_and_an_unknown_code_begins_a_new_one(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    assert clerk.page.form.shown is not None
    assert clerk.page.form.shown.card.code == COGNAC

    clerk.scanned(UNKNOWN)
    assert clerk.heard.sounds[-1] is Sound.UNKNOWN
    assert clerk.page.form.is_new
    clerk.fill(name="Pencils, 12", price="18.50")
    clerk.save()

    made = clerk.card(UNKNOWN)
    assert (made.name, str(made.price)) == ("Pencils, 12", "18.50")
    assert clerk.rows()[0] == UNKNOWN
    assert not clerk.page.form.is_changed


def test_a_new_product_without_a_code_gets_a_number_of_the_shop(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_F4)
    clerk.wait()
    clerk.fill(name="Honey of the house")
    clerk.save()

    shown = clerk.page.form.shown
    assert shown is not None
    assert shown.card.code.startswith("20")
    assert shown.card.codes[0].kind == "shop"


def test_a_new_product_is_counted_at_once(clerk: Clerk) -> None:
    before = clerk.page.side.count.text()
    clerk.scanned(UNKNOWN)
    clerk.fill(name="Pencils, 12")
    clerk.save()

    after = clerk.page.side.count.text()
    clerk.page.side.ask()
    clerk.wait()
    assert after == clerk.page.side.count.text() != before


def test_fields_are_changed_by_keys_and_the_form_says_what_is_not_saved(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.page.form.choose("supply")
    clerk.page.form.begin()
    clerk.press(Qt.Key.Key_Return)  # past the supplier
    clerk.type("24")
    clerk.press(Qt.Key.Key_Return)
    clerk.type("A-3")
    assert clerk.page.form.unsaved.text().startswith("Not saved: ")
    assert clerk.page.waiting()
    clerk.save()

    assert (clerk.card(COGNAC).reorder_point, clerk.card(COGNAC).shelf) == (24, "A-3")
    assert clerk.page.form.unsaved.text() == ""
    assert any("A-3" in text for text in clerk.page.form.history.texts())


def test_what_is_wrong_is_said_at_its_field_in_its_section(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.fill(abv="140")
    clerk.save()

    assert clerk.page.form.section == "customs"
    assert any("140" in text for text in clerk.page.form.complaints())
    assert clerk.heard.sounds[-1] is Sound.REFUSE
    clerk.fill(abv="41.5")
    clerk.save()
    assert str(clerk.card(COGNAC).attributes.abv) == "41.5"


def test_a_code_of_another_product_is_refused_by_its_name(clerk: Clerk) -> None:
    name = clerk.card(COGNAC).name
    clerk.scanned(VOLUME_UNKNOWN)
    clerk.press(Qt.Key.Key_F5)
    clerk.page.form.codes.lines[-1].code.setText(COGNAC)
    clerk.save()
    lines = clerk.page.form.codes.lines

    assert any(name in text for text in clerk.page.form.complaints())
    assert len(clerk.card(VOLUME_UNKNOWN).codes) == 1
    assert [bool(line.row.complaint) for line in lines] == [False] * (len(lines) - 1) + [True]
    assert lines[-1].code.hasFocus()


def test_the_owner_of_a_code_is_named_in_the_language_of_the_till(clerk: Clerk) -> None:
    clerk.till.session.speak("ru")
    clerk.scanned(VOLUME_UNKNOWN)
    clerk.press(Qt.Key.Key_F5)
    clerk.page.form.codes.lines[-1].code.setText(COGNAC)
    clerk.save()

    assert any("Коньяк" in text for text in clerk.page.form.complaints())


def test_a_scanned_product_stays_on_show_though_the_list_is_read_again(clerk: Clerk) -> None:
    shown = [clerk.page.form.shown]
    Typing(clerk.till).burst(f"{COGNAC}\r")
    clerk.wait()
    shown.append(clerk.page.form.shown)
    clerk.page.side.ask()
    clerk.wait()
    shown.append(clerk.page.form.shown)
    clerk.till.window.show_screen("labels")
    clerk.till.window.show_screen("products")
    clerk.wait()
    shown.append(clerk.page.form.shown)

    assert [one is not None and one.card.code == COGNAC for one in shown] == [False, True, True, True]


def test_a_row_that_has_just_become_the_chosen_one_is_not_opened_in_place_of_the_scanned_product(clerk: Clerk) -> None:
    """It is looked at 60 ms later: between the question for the scanned product and its answer."""
    clerk.look()
    side = clerk.page.side
    scanned = side.rows.row(3)
    assert scanned is not None
    with SlowStore(clerk):
        side.table.choose(side.table.current_row + 1)
        clerk.page.open(scanned.product.id)
        clerk.typing.time.pass_by(70, QApplication.processEvents)

    shown = clerk.page.form.shown
    assert shown is not None
    assert shown.listed is not None
    assert shown.listed.product.id == scanned.product.id


def test_a_scan_of_an_unknown_code_joins_the_codes_on_show(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.page.form.choose("codes")
    clerk.scanned(OTHER)
    clerk.save()

    assert [pack.code for pack in clerk.card(COGNAC).codes][-1] == OTHER


def test_unsaved_changes_stay_until_they_are_saved_or_dropped_by_two_esc(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.fill(shelf="B-9")
    clerk.scanned(VOLUME_UNKNOWN)
    assert clerk.page.form.shown is not None
    assert clerk.page.form.shown.card.code == COGNAC
    assert clerk.heard.sounds[-1] is Sound.REFUSE

    window = clerk.till.window
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.news
    window.toggle_help()  # the question dies with its page
    assert clerk.news == ""
    window.toggle_help()
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.form.is_changed
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait()
    assert not clerk.page.waiting()
    assert clerk.card(COGNAC).shelf != "B-9"


def test_stock_and_price_beside_unsaved_changes_are_those_of_now_and_the_changes_stay(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.fill(shelf="B-9")
    shown = clerk.page.form.shown
    assert shown is not None
    assert shown.listed is not None
    product, owned = shown.listed.product, shown.listed.owned
    window = clerk.till.window
    window.toggle_help()
    one = StockDocumentLine(1, product=product.id)
    clerk.shop.move_stock(clerk.person("clerk"), StockDocumentDraft("waste", [one], reason="damaged"))
    clerk.shop.set_price(product.id, Money(47000, CNY), clerk.person("manager"))
    window.toggle_help()
    clerk.wait()

    form = clerk.page.form
    assert f"{owned - 1} on hand" in form.subtitle.text()
    assert form.worth.text() == "¥\u00a0470.00"
    assert form.changed_names() == ["Shelf"]
    clerk.save()
    assert clerk.card(COGNAC).shelf != "B-9"  # asked, since another changed the price meanwhile
    clerk.save()
    assert clerk.card(COGNAC).shelf == "B-9"
    assert clerk.card(COGNAC).price == Money(47000, CNY)


def test_who_saves_second_sees_what_the_other_changed_and_keeps_what_they_typed(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.fill(name="Old cognac")
    key, card = clerk.shop.edit_product.card(COGNAC, CONSOLE)
    clerk.shop.edit_product(key, card, replace(card, shelf="C-1"), clerk.person("clerk"))
    clerk.save()

    assert any("Shelf" in text for text in clerk.page.form.complaints())
    assert (clerk.field("name").text(), clerk.field("shelf").text()) == ("Old cognac", "C-1")
    clerk.save()
    assert (clerk.card(COGNAC).name, clerk.card(COGNAC).shelf) == ("Old cognac", "C-1")


def test_who_saves_second_takes_back_no_other_name_measure_or_code_of_the_product(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.fill(name_en="Old cognac", ml="500")
    key, card = clerk.shop.edit_product.card(COGNAC, CONSOLE)
    theirs = card.having({"name_ru": "Старый коньяк", "abv": Decimal("42")})
    theirs = replace(theirs, codes=(*card.codes, PackCode("4870204329995")))
    clerk.shop.edit_product(key, card, theirs, clerk.person("clerk"))
    clerk.save()

    assert clerk.page.form.changed_names() == ["Name, English", "Volume, ml"]
    assert (clerk.field("name_ru").text(), clerk.field("abv").text()) == ("Старый коньяк", "42")
    clerk.save()
    now = clerk.card(COGNAC)
    assert (now.names["en"], now.names["ru"]) == ("Old cognac", "Старый коньяк")
    assert (now.attributes.ml, now.attributes.abv) == (Decimal(500), Decimal(42))
    assert now.codes == theirs.codes


def test_who_is_no_clerk_any_more_is_reported_and_goes_where_they_still_may(clerk: Clerk) -> None:
    clerk.look("clerk")
    clerk.shop.staff.give_role(clerk.person("manager"), "clerk", "cashier")
    clerk.scanned(COGNAC)

    person = clerk.till.session.person
    assert person is not None
    assert person.role == "cashier"
    assert clerk.screen_id != "products"
    assert clerk.news


def test_a_picture_is_made_small_and_shown_in_the_list(clerk: Clerk, tmp_path: Path) -> None:
    large = QImage(1200, 600, QImage.Format.Format_RGB32)
    large.fill(Qt.GlobalColor.darkCyan)
    large.save(str(tmp_path / "shelf.jpg"))
    clerk.scanned(COGNAC)
    clerk.page.extras.take_picture(tmp_path / "shelf.jpg")
    clerk.wait()
    clerk.save()

    key = clerk.shop.find.show(COGNAC).product.id
    stored = QImage.fromData(clerk.shop.edit_product.pictures([key])[key])
    assert (stored.width(), stored.height()) == (256, 128)
    assert clerk.page.side.thumbnails.pixmap(key) is not None


def test_what_is_no_picture_or_too_much_of_one_is_refused_unread(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.png").write_bytes(b"not a picture")
    wide = QImage(30_000, 1, QImage.Format.Format_Mono)
    wide.save(str(tmp_path / "wide.png"))
    good = QImage(10, 10, QImage.Format.Format_RGB32)
    good.save(str(tmp_path / "good.png"))

    for name, what in (("a.png", "not_a_picture"), ("wide.png", "too_large"), ("none.png", "not_readable")):
        with pytest.raises(BadField) as refused:
            read_picture(tmp_path / name)
        assert refused.value.what == what
    monkeypatch.setattr(picture_file, "LARGEST_FILE", 20)
    with pytest.raises(BadField):
        read_picture(tmp_path / "good.png")


@pytest.mark.parametrize("language", ["zh", "ru", "kk"])
def test_another_language_changes_every_word_and_nothing_that_was_typed(clerk: Clerk, language: str) -> None:
    clerk.scanned(COGNAC)
    clerk.fill(shelf="E-5")
    before = clerk.page.form.title.text()
    clerk.till.session.speak(language)

    assert clerk.field("shelf").text() == "E-5"
    assert clerk.page.form.title.text() != before or language == "en"


@pytest.mark.parametrize("language", ["zh", "ru", "kk"])
def test_the_name_of_a_country_in_another_language_is_no_change_of_the_product(clerk: Clerk, language: str) -> None:
    clerk.scanned(COGNAC)
    origin = clerk.page.form.papers.rows["origin"].field
    assert isinstance(origin, QComboBox)
    before = origin.currentText()
    clerk.till.session.speak(language)

    assert origin.currentText() not in ("", before)
    assert not clerk.page.form.is_changed


def test_figures_beside_a_typed_one_are_written_in_the_other_language_and_the_product_is_saved(clerk: Clerk) -> None:
    clerk.till.session.speak("kk")
    clerk.scanned(COGNAC)
    assert clerk.field("gross_kg").text() == "1,350"
    clerk.fill(shelf="E-5")
    clerk.till.session.speak("en")
    assert (clerk.field("gross_kg").text(), clerk.field("price").text()) == ("1.350", "450.00")
    assert clerk.page.form.changed_names() == ["Shelf"]
    clerk.press(Qt.Key.Key_F12)
    assert clerk.page.form.complaints() == []
    product = clerk.shop.find.show(COGNAC).product
    assert (product.shelf, str(product.attributes.gross_kg)) == ("E-5", "1.350")


def test_a_file_that_is_no_picture_is_not_complained_of_beside_the_one_that_was_taken(
    clerk: Clerk, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(b"not a picture")
    good = QImage(10, 10, QImage.Format.Format_RGB32)
    good.save(str(tmp_path / "good.png"))
    clerk.scanned(COGNAC)
    clerk.page.extras.take_picture(tmp_path / "a.png")
    clerk.wait()
    complaints = clerk.page.form.complaints()
    clerk.page.extras.take_picture(tmp_path / "good.png")
    clerk.wait()

    assert (len(complaints), clerk.page.form.complaints()) == (1, [])


def test_no_scan_waits_for_a_picture_that_takes_long(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_by: list[str] = []

    def read(path: Path) -> bytes:
        read_by.append(threading.current_thread().name)
        return read_picture(path)

    monkeypatch.setattr(product_extras, "read_picture", read)
    good = QImage(10, 10, QImage.Format.Format_RGB32)
    good.save(str(tmp_path / "good.png"))
    clerk.scanned(COGNAC)
    clerk.page.extras.take_picture(tmp_path / "good.png")
    clerk.wait()
    stores: list[str] = []
    clerk.till.session.run(lambda: threading.current_thread().name, stores.append)
    clerk.wait()
    assert len(read_by) == 1
    assert read_by != stores


def test_a_row_that_cannot_be_chosen_is_not_shown_as_chosen(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.fill(shelf="B-9")
    side = clerk.page.side
    here = side.table.current_row
    other = side.rows.index(0 if here else 1, 0)
    QTest.mouseClick(side.table.viewport(), Qt.MouseButton.LeftButton, pos=side.table.visualRect(other).center())
    clerk.wait()
    QTest.qWait(5)
    assert [one.row() for one in side.table.selectedIndexes()] == [here]


def test_what_is_typed_before_the_store_answers_is_not_shown_over(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    key = clerk.shop.find.show(COGNAC).product.id
    clerk.page.open(key)  # as coming back to the page does
    clerk.fill(name="Cognac of the mountains")
    clerk.wait()

    assert clerk.field("name").text() == "Cognac of the mountains"


def test_what_is_typed_while_a_product_is_being_saved_stays_and_is_not_saved_yet(clerk: Clerk) -> None:
    clerk.scanned(NOT_COMPLETE)
    clerk.fill(name="Something saved")
    gate = threading.Event()
    clerk.till.session.background.run(gate.wait, lambda _done: None, lambda _error: None)
    clerk.typing.press(Qt.Key.Key_F12)
    clerk.fill(name="Something newer")
    gate.set()
    clerk.wait()
    kept, is_changed, stored = clerk.field("name").text(), clerk.page.form.is_changed, clerk.card(NOT_COMPLETE).name
    clerk.save()

    assert (kept, is_changed, stored) == ("Something newer", True, "Something saved")
    assert (clerk.card(NOT_COMPLETE).name, clerk.page.form.is_changed) == ("Something newer", False)


def test_a_picture_chosen_while_another_is_saved_is_shown_and_still_to_be_saved(clerk: Clerk, tmp_path: Path) -> None:
    for name, colour in (("red", Qt.GlobalColor.red), ("blue", Qt.GlobalColor.blue)):
        picture = QImage(10, 10, QImage.Format.Format_RGB32)
        picture.fill(colour)
        picture.save(str(tmp_path / f"{name}.png"))
    clerk.scanned(COGNAC)
    clerk.page.extras.take_picture(tmp_path / "red.png")
    clerk.wait()
    red = clerk.page.form.new_picture
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F12)
        clerk.page.extras.take_picture(tmp_path / "blue.png")
    key = clerk.shop.find.show(COGNAC).product.id
    shown, stored = clerk.page.form.new_picture, clerk.shop.edit_product.pictures([key])[key]
    clerk.save()

    assert (stored == red, shown not in (None, red)) == (True, True)
    assert clerk.shop.edit_product.pictures([key])[key] == shown


def test_an_unknown_code_scanned_at_one_product_is_not_given_to_another(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.page.form.choose("codes")
    clerk.wait()
    product = clerk.shop.find.show(NOT_COMPLETE).product.id
    with SlowStore(clerk):
        clerk.page.open(product)
        clerk.page.scanned(UNKNOWN)
    codes = [line.code.text() for line in clerk.page.form.codes.lines]

    assert (NOT_COMPLETE in codes, UNKNOWN in codes) == (True, False)


def test_a_new_product_is_added_once_however_often_its_key_is_pressed(clerk: Clerk) -> None:
    clerk.scanned(UNKNOWN)
    clerk.fill(name="New")
    before = clerk.shop.browse(CONSOLE).result_count
    with SlowStore(clerk) as slow:
        for _ in range(3):
            slow.press(Qt.Key.Key_F12)

    assert clerk.card(UNKNOWN).name == "New"
    assert (clerk.page.form.is_changed, clerk.shop.browse(CONSOLE).result_count) == (
        False,
        None if before is None else before + 1,
    )


def test_a_number_of_the_shop_is_given_once_however_often_its_key_is_pressed(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.page.form.choose("codes")
    before = len(clerk.page.form.codes.lines)
    with SlowStore(clerk):
        for _ in range(2):
            clerk.page.key_handlers["own_code"]()

    assert len(clerk.page.form.codes.lines) == before + 1


def test_a_product_without_a_category_is_not_changed_by_another_language(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.page.begin_new(UNKNOWN)
    clerk.fill(name="New")
    clerk.save()
    clerk.page.open(clerk.shop.find.show(UNKNOWN).product.id)
    clerk.wait()
    assert clerk.card(UNKNOWN).category is None
    clerk.till.session.speak("ru")
    clerk.wait()
    assert (clerk.page.form.is_changed, clerk.page.form.unsaved.text()) == (False, "")


def test_that_nothing_was_found_is_not_said_of_what_is_still_sought(clerk: Clerk) -> None:
    clerk.look()
    side = clerk.page.side
    clerk.type("no such goods")
    clerk.wait()
    nothing = side.count.text(), side.empty.isVisible()
    with SlowStore(clerk):
        side.box.clear()
        side.ask()
        meanwhile = side.count.text(), side.empty.isVisible()

    assert nothing == ("0 products", True)
    assert meanwhile == ("", False)
    assert side.rows.rowCount() > 0


def test_the_catalogue_is_not_called_empty_before_it_is_read(clerk: Clerk) -> None:
    here = ProductsScreen(clerk.till.session)
    here.retranslate(clerk.till.session.translator)
    with SlowStore(clerk):
        here.entered()
        side = here.side
        here.retranslate(clerk.till.session.translator)
        said = side.count.text(), side.empty.isVisibleTo(side)
    here.deleteLater()

    assert said == ("", False)


def test_the_price_of_goods_by_weight_is_that_of_a_kilogram_in_the_list_and_above_the_fields(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    form, tr = clerk.page.form, clerk.till.session.translator
    shown = form.shown
    assert shown is not None
    assert shown.listed is not None
    listed = replace(shown.listed, product=replace(shown.listed.product, by_weight=True))
    form.shown = replace(shown, listed=listed)
    form.retranslate(tr)

    assert plain_text(form.worth.text()) == plain_text(ListText.of(listed, tr).price) == "¥ 450.00 / kg"


def test_the_section_of_papers_says_what_is_missing_for_which(clerk: Clerk) -> None:
    card = clerk.card(COGNAC)
    clerk.scanned(COGNAC)
    clerk.page.form.choose("papers")
    papers = clerk.page.form.papers
    origin = papers.rows["origin"].field
    assert isinstance(origin, QComboBox)
    assert origin.currentText() == "Kazakhstan"

    origin.setEditText("法国")
    clerk.fill(hs_code="2208.20", brand="")
    clerk.save()
    assert clerk.card(COGNAC) == card.having({"origin": "FR", "hs_code": "220820", "brand": None})
    assert "Missing for China data sheet: brand or model" in papers.missing.text()


def test_a_rate_of_vat_that_the_law_has_ended_is_said_beside_the_field_and_saved_all_the_same(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    customs = clerk.page.form.customs
    assert customs.vat_doubt.isHidden()

    clerk.fill(vat="12")
    assert customs.vat_doubt.text().replace("\N{NO-BREAK SPACE}", " ") == "VAT of 12 % ended on 31 Dec 2025."
    clerk.fill(vat="16")
    assert customs.vat_doubt.isHidden()
    clerk.fill(vat="12")
    clerk.save()

    assert clerk.card(COGNAC).vat == 12
