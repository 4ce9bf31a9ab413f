"""The clerk brings in a supplier's price list: looks, overrules, tries, imports, and takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

import main
from pos.application.catalogue.import_catalogue import ImportCatalogue, ImportUnderWay
from pos.application.catalogue.list_incomplete_products import UNSELLABLE
from pos.application.catalogue.undo_import import UndoUnderWay
from pos.application.shop.shop import Shop
from pos.domain.errors import StoreUnavailable
from pos.domain.money import Money
from pos.domain.staff.staff import Person
from pos.ui.catalogue.imports import import_driver
from pos.ui.catalogue.imports.import_pages import CHOOSE, LOOK, RESULT
from pos.ui.catalogue.imports.import_table import whole_parts
from pos.ui.catalogue.imports.screen import ImportScreen
from pos.ui.look.theme import Type
from pos.ui.shell.application import TillWindow
from pos.ui.widgets.drawing.drawing import text_width
from tests.horgos import CNY
from tests.ui.at_the_counter import a_demo_shop
from tests.ui.conftest import Hand
from tests.ui.fakes_shop import AMINA, RUSLAN
from tests.ui.slow_store import SlowStore
from tools.window_faults import tab_ring

COGNAC, MARKER = "4870204321111", "4006381333931"
PRICES = f"""Штрихкод;Наименование;Цена;Bemerkung
{MARKER};Маркер чёрный;3,50;x
{COGNAC};;451,00;
4870001000127;;двенадцать;
"""


class Importer(Hand):
    """Someone on the page who may change prices too."""

    shop: Shop

    @property
    def page(self) -> ImportScreen:
        page = self.till.window.page
        assert isinstance(page, ImportScreen)
        return page

    def wait(self) -> None:
        """Until every slice is done."""
        self._qtbot.waitUntil(lambda: self.till.is_idle and not self.page._is_looking, timeout=30_000)
        for _ in range(3):
            QApplication.processEvents()
            self._qtbot.waitUntil(lambda: self.till.is_idle, timeout=30_000)

    def take(self, path: Path) -> None:
        """Type where the file is, and Enter."""
        self.page.pages.path.setText(str(path))
        self.press(Qt.Key.Key_Return)

    def look_at_row(self, folder: Path, row: str) -> None:
        """What one row of code, name and price would change."""
        file = folder / "goods.csv"
        file.write_text(f"code,name,price\n{row}\n", encoding="utf-8")
        self.take(file)
        self.press(Qt.Key.Key_F12)
        self._qtbot.waitUntil(lambda: self.page.driver.doing is import_driver.Doing.NOTHING, timeout=30_000)
        self.wait()

    def rows(self) -> list[str]:
        """The rows on show: title | middle | word."""
        listed = self.page.pages.results
        texts = [listed.text(index) for index in range(listed.rowCount())]
        return [f"{text.title} | {text.middle} | {text.tag}" for text in texts]

    def figures(self) -> list[str]:
        """New, changed, prices, unchanged, rejected."""
        row = self.page.pages.figures
        return [row.figure(key) for key in ("created", "updated", "repriced", "unchanged", "rejected")]

    def meant(self) -> list[str]:
        """What the columns mean."""
        return [str(choice.currentData()) for choice in self.page.pages.grid.choices]

    def price(self, code: str) -> Money | None:
        return self.shop.find.show(code).product.price


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path) -> Iterator[Importer]:
    """Someone who may change prices too, signed in, on the page of imports."""
    shop = a_demo_shop(tmp_path / "shop")
    till = TillWindow(
        qapp, shop, main.RESOURCES, state, tmp_path / "border-pos.log", lambda session: [ImportScreen(session)]
    )
    till.session.sounds.volume = 0
    till.show()
    hand = Importer(till, qtbot)
    hand.shop = shop
    qtbot.waitUntil(lambda: till.window.screen_at("import_goods") is not None, timeout=30_000)
    till.window.activateWindow()
    till.session.take_settings(shop.settings())
    till.session.take_person(next(person for person in shop.sign_in.people() if person.name == "manager"))
    Hand.wait(hand)
    till.window.show_screen("import_goods")
    hand.wait()
    yield hand
    till.close()
    till.window.deleteLater()
    till.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shop.close()


@pytest.fixture
def price_list(tmp_path: Path) -> Path:
    path = tmp_path / "прайс.csv"
    path.write_bytes(PRICES.encode("cp1251"))
    return path


def test_f12_twice_in_a_moment_shows_what_would_change_and_imports_nothing(clerk: Importer, price_list: Path) -> None:
    clerk.take(price_list)
    clerk.press(Qt.Key.Key_F12)
    clerk.typing.press_again(Qt.Key.Key_F12)
    clerk.wait()

    assert (clerk.page.pages.is_trial, clerk.price(COGNAC)) == (True, Money(45000, CNY))
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.price(COGNAC) == Money(45100, CNY)


def test_a_price_list_is_looked_at_tried_imported_and_taken_back(clerk: Importer, price_list: Path) -> None:
    clerk.take(price_list)
    look = clerk.page.chosen
    assert look is not None
    assert (look.look.encoding, look.look.delimiter, clerk.meant()) == ("cp1251", ";", ["code", "name", "price", ""])

    clerk.press(Qt.Key.Key_F12)
    assert clerk.figures() == ["1", "1", "1", "0", "1"]
    assert clerk.rows() == [
        "Маркер чёрный | Price: ¥\xa03.50 | new",
        f"{COGNAC} | Price: ¥\xa0450.00 → ¥\xa0451.00 | price changes",
    ]
    assert clerk.price(COGNAC) == Money(45000, CNY)

    clerk.press(Qt.Key.Key_F12)  # asks about the pen, of which no category is known
    clerk.press(Qt.Key.Key_F12)
    assert (clerk.figures(), clerk.price(COGNAC)) == (["1", "1", "1", "0", "1"], Money(45100, CNY))

    clerk.press(Qt.Key.Key_F6)
    assert clerk.price(COGNAC) == Money(45100, CNY)
    clerk.press(Qt.Key.Key_F6)
    assert clerk.price(COGNAC) == Money(45000, CNY)
    assert clerk.page.pages.state.text() == "Products removed: 1. Products restored: 1."
    assert clerk.page.pages._hint.text() == "Import of прайс.csv undone."

    clerk.press(Qt.Key.Key_F12)
    assert clerk.page.pages.page == CHOOSE
    assert clerk.page.pages.runs.text(0).tag == "undone"


@pytest.mark.parametrize("changed", ["file", "price"])
def test_an_import_writes_nothing_but_what_its_preview_has_shown(clerk: Importer, tmp_path: Path, changed: str) -> None:
    """The file was saved with another price behind the preview, or another person set one: both were overruled."""
    clerk.look_at_row(tmp_path, f"{COGNAC},Cognac,460.00")
    assert clerk.rows()[0].endswith("price changes")
    if changed == "file":
        (tmp_path / "goods.csv").write_text(f"code,name,price\n{COGNAC},Cognac,9999.00\n", encoding="utf-8")
    else:
        manager = next(one for one in clerk.shop.sign_in.people() if one.name == "manager")
        clerk.shop.set_price(clerk.shop.find.show(COGNAC).product.id, Money(55500, CNY), manager)

    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)

    assert clerk.price(COGNAC) == Money(45000 if changed == "file" else 55500, CNY)
    assert clerk.figures()[-1] == "1"


def test_the_column_of_stock_says_that_it_counts_for_new_products_only(clerk: Importer, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    file.write_text(f"code;name;on_hand\n{COGNAC};Cognac;900\n", encoding="utf-8")
    before = clerk.shop.find.show(COGNAC).on_hand
    clerk.take(file)

    assert [choice.currentText() for choice in clerk.page.pages.grid.choices][2] == "On hand (new products only)"
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.shop.find.show(COGNAC).on_hand == before


def test_rejected_rows_say_why_and_are_saved_as_a_file(clerk: Importer, price_list: Path, tmp_path: Path) -> None:
    clerk.take(price_list)
    clerk.press(Qt.Key.Key_F12)
    clerk.page.pages.lists.chosen.emit("rejects")
    clerk.page.pages.lists.present(clerk.page.pages.lists._shown, "rejects")
    clerk.page.pages._show_list()
    assert clerk.rows() == ["4870001000127 | a value is not a number | "]

    clerk.page.save_rejects(tmp_path / "out.csv")
    clerk.wait()
    assert "4870001000127" in (tmp_path / "out.csv").read_text(encoding="utf-8")


def test_a_file_of_which_nothing_can_be_taken_is_not_imported_by_the_key_of_the_grey_button(
    clerk: Importer, tmp_path: Path
) -> None:
    clerk.look_at_row(tmp_path, "4870001000975,Tea,abc")
    clerk.press(Qt.Key.Key_F12)

    assert clerk.page.pages.is_trial
    assert not clerk.page.pages.go_button.isEnabled()
    assert clerk.shop.undo_import.recent(next(p for p in clerk.shop.sign_in.people() if p.name == "manager")) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("4870001000975,Tea,abc", "All rows rejected"),
        (f"{COGNAC},,450.00", "No changes"),
        (f"{COGNAC},,451.00", "Changes: 1."),
    ],
)
def test_a_preview_says_how_much_would_change_and_that_nothing_would(
    clerk: Importer, tmp_path: Path, row: str, said: str
) -> None:
    clerk.look_at_row(tmp_path, row)
    assert clerk.page.pages.state.text() == said


def test_a_file_of_which_rows_were_refused_does_not_make_the_catalogue_up_to_date(
    clerk: Importer, tmp_path: Path
) -> None:
    clerk.look_at_row(tmp_path, "4870001000975,Tea,abc")
    lists = clerk.page.pages.lists
    next(one for one in lists.findChildren(QAbstractButton) if one.text().startswith("Changes")).click()
    clerk.wait()

    assert (lists.choice(), clerk.rows()) == ("changes", [])
    assert clerk.page.pages._nothing.accessibleName() == "No changes"
    assert clerk.page.pages._nothing.accessibleDescription() == ""


def test_goods_that_could_not_be_sold_are_listed_and_asked_about_before_the_import(
    clerk: Importer, tmp_path: Path
) -> None:
    file = tmp_path / "goods.csv"
    file.write_text(
        f"code,name,category,price,gross weight\n{MARKER},Marker,,3.50,0.1\n12345,Vodka,Водка,,\n"
        f"12346,Tea,茶叶,9,0.2\n{COGNAC},,,451,\n",
        encoding="utf-8",
    )
    clerk.take(file)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.page.pages.state.text() == "2 products lack data for their sale or their allowance."
    clerk.press(Qt.Key.Key_F12)

    assert clerk.price(COGNAC) == Money(45000, CNY)
    assert clerk.news == (
        "2 products lack data for their sale or their allowance. Press F12 again to import them all the same."
    )
    assert clerk.rows() == [
        "Marker | Missing: category | ",
        "Vodka | Missing: price, volume, ml, alcohol, % vol. | ",
    ]
    assert clerk.page.pages.gaps_button.isHidden()

    clerk.press(Qt.Key.Key_F12)
    assert clerk.price(COGNAC) == Money(45100, CNY)
    assert clerk.page.pages.state.text() == "Import complete."
    assert clerk.page.pages.rate.text() == "2 products lack data for their sale or their allowance."
    gone: list[str] = []
    clerk.till.session.screen_requested.connect(gone.append)
    clerk.page.pages.gaps_button.click()
    assert gone == ["gaps"]


def test_goods_that_lack_what_an_allowance_needs_are_not_called_goods_that_cannot_be_sold(
    clerk: Importer, tmp_path: Path
) -> None:
    missing_data, person = clerk.shop.missing_data, clerk.till.session.person
    assert person is not None
    before = missing_data.count(person).lists[UNSELLABLE].products
    file = tmp_path / "goods.csv"
    file.write_text("code,name,category,price,gross weight,stock\n12345,Vodka,Водка,65,0.9,3\n", encoding="utf-8")
    clerk.take(file)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)

    assert clerk.page.pages.state.text() == "1 product lacks data for its sale or its allowance."
    assert "sold" not in clerk.news  # the till sells it, with an unknown allowance
    clerk.press(Qt.Key.Key_F12)
    assert missing_data.count(person).lists[UNSELLABLE].products == before


def test_a_file_with_all_that_a_sale_needs_is_imported_without_a_question(clerk: Importer, tmp_path: Path) -> None:
    file = tmp_path / "goods.csv"
    file.write_text("code,name,category,price,gross weight\n12346,Tea,茶叶,9,0.2\n", encoding="utf-8")
    clerk.take(file)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)

    assert clerk.price("12346") == Money(900, CNY)
    assert clerk.page.pages.gaps_button.isHidden()


def test_a_template_is_saved_in_the_language_of_the_window(clerk: Importer, tmp_path: Path) -> None:
    clerk.till.session.speak("ru")
    clerk.wait()
    assert clerk.page.pages.template_button.isVisible()
    clerk.page.save_template(tmp_path / "товары.xlsx")
    clerk.wait()
    clerk.take(tmp_path / "товары.xlsx")

    assert clerk.meant()[:4] == ["code", "name", "category", "price"]
    assert "" not in clerk.meant()
    assert clerk.page.chosen is not None
    assert clerk.page.chosen.look.header[:2] == ["Штрихкод", "Название"]


def test_an_undo_that_kept_goods_is_not_called_a_whole_one(clerk: Importer, price_list: Path) -> None:
    clerk.take(price_list)
    for _ in range(3):
        clerk.press(Qt.Key.Key_F12)
    product = clerk.shop.find.show(COGNAC).product
    clerk.shop.fill_in(
        product.id, next(p for p in clerk.shop.sign_in.people() if p.name == "manager"), price=Money(46000, CNY)
    )
    clerk.press(Qt.Key.Key_F6)
    clerk.press(Qt.Key.Key_F6)

    assert clerk.news == "Import of прайс.csv undone: 1 removed, 0 restored, 1 unchanged."


def test_another_result_begins_with_what_changes(clerk: Importer, price_list: Path) -> None:
    clerk.take(price_list)
    clerk.press(Qt.Key.Key_F12)
    lists = clerk.page.pages.lists
    lists._buttons[1].click()
    clerk.wait()
    rejects = lists.choice()
    clerk.till.session.speak("ru")
    clerk.wait()
    kept = lists.choice()
    clerk.press(Qt.Key.Key_Escape)
    clerk.press(Qt.Key.Key_F12)

    assert (rejects, kept, lists.choice()) == ("rejects", "rejects", "changes")


def test_what_is_not_clear_is_asked_and_what_was_said_is_known_the_next_time(clerk: Importer, tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_text(f"Nr;Bezeichnung;Preis\n{MARKER};Stift;1,234\n", encoding="utf-8")
    clerk.take(path)
    assert clerk.meant() == ["", "", ""]
    assert not clerk.page.pages.go_button.isEnabled()

    grid = clerk.page.pages.grid
    for choice, name in zip(grid.choices, ("code", "name", "gross_kg")):
        choice.setCurrentIndex(choice.findData(name))
    clerk.press(Qt.Key.Key_F12)
    assert clerk.figures()[-1] == "1"  # 1,234 kg could be more than a ton
    clerk.press(Qt.Key.Key_Escape)
    separator = clerk.page.pages.options.decimal.field
    separator.setCurrentIndex(separator.findData(","))  # type: ignore[attr-defined] # a box of choices
    separator.activated.emit(2)  # type: ignore[attr-defined]
    clerk.press(Qt.Key.Key_F12)
    assert clerk.figures() == ["1", "0", "0", "0", "0"]
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)
    assert str(clerk.shop.find.show(MARKER).product.attributes.gross_kg) == "1.234"

    clerk.press(Qt.Key.Key_F12)
    clerk.take(path)
    assert (clerk.meant(), clerk.page.pages.options.decimal_separator()) == (["code", "name", "gross_kg"], ",")


def test_an_import_is_stopped_in_the_middle_without_damage(
    clerk: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.take(_long_list(tmp_path, monkeypatch))
    clerk.press(Qt.Key.Key_F12)
    assert clerk.figures()[0] == "400"

    driver = clerk.page.driver
    driver.moved.connect(lambda: driver.cancel() if driver.done >= 40 else None)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)

    result = driver.progress.result
    assert result is not None
    assert (driver.progress.was_cancelled, 40 <= result.created < 400) == (True, True)
    runs = clerk.shop.undo_import.recent(Person.at_the_console("root"))
    assert (runs[0].state, runs[0].counts["created"]) == ("cancelled", result.created)
    assert clerk.page.pages.state.text().startswith("Stopped")


def test_a_scan_is_answered_while_an_import_goes_on(clerk: Importer, tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_text("code,name\n" + "".join(f"{code},Tea {code}\n" for code in range(100_000, 103_000)))
    clerk.take(path)
    driver = clerk.page.driver
    answered: list[int] = []

    def scan() -> None:
        if not answered:
            answered.append(0)
            clerk.till.session.run(lambda: clerk.shop.find.show(COGNAC), lambda _product: answered.append(driver.done))

    driver.moved.connect(scan)
    clerk.press(Qt.Key.Key_F12)
    assert 0 < answered[1] < 3_000  # long before the end


def test_a_file_is_dropped_and_what_cannot_be_read_is_one_sentence(clerk: Importer, tmp_path: Path) -> None:
    def drop(path: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        clerk.page.dropEvent(QDropEvent(QPointF(5, 5), actions, data, button, Qt.KeyboardModifier.NoModifier))
        clerk.wait()

    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    drop(old)
    assert clerk.page.pages.page == CHOOSE
    assert ".xls" in clerk.news

    good = tmp_path / "goods.csv"
    good.write_text("code,name\n12345,Tea\n")
    drop(good)
    assert clerk.page.pages.page == LOOK


def test_tab_goes_from_the_meanings_of_the_columns_to_what_stands_beside_them(
    clerk: Importer, price_list: Path
) -> None:
    clerk.take(price_list)
    ring = tab_ring(clerk.till.window)
    pages = clerk.page.pages

    assert [ring.index(one) for one in pages.grid.choices] == sorted(ring.index(one) for one in pages.grid.choices)
    assert ring.index(pages.grid.choices[-1]) < ring.index(pages.go_button)


def test_every_word_changes_with_the_language_and_what_was_chosen_stays(clerk: Importer, price_list: Path) -> None:
    clerk.take(price_list)
    clerk.press(Qt.Key.Key_F12)
    for language in ("zh", "ru", "kk", "en"):
        clerk.till.session.speak(language)
        clerk.wait()
        assert (clerk.page.pages.page, clerk.figures()[0]) == (RESULT, "1")


def test_the_page_is_the_clerks_and_not_the_cashiers(clerk: Importer) -> None:
    from pos.ui.session.rail_entries import may_enter

    assert may_enter(RUSLAN, "import_goods")
    assert not may_enter(AMINA, "import_goods")


def test_an_import_is_not_undone_in_place_of_the_one_that_was_asked_about(clerk: Importer, tmp_path: Path) -> None:
    for name, price in (("first.csv", "451,00"), ("second.csv", "452,00")):
        (tmp_path / name).write_text(f"code;name;price\n{COGNAC};Cognac;{price}\n", encoding="utf-8")
        clerk.take(tmp_path / name)
        for _ in range(2):
            clerk.press(Qt.Key.Key_F12)
        clerk.page._restart()
    clerk.press(Qt.Key.Key_F6)
    clerk.shop.undo_import(next(one for one in clerk.shop.sign_in.people() if one.name == "manager"))  # at another till
    clerk.press(Qt.Key.Key_F6)

    assert clerk.price(COGNAC) == Money(45100, CNY)


def test_a_file_is_imported_once_however_often_its_key_is_pressed(clerk: Importer, price_list: Path) -> None:
    clerk.take(price_list)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)  # asks
    with SlowStore(clerk) as slow:
        for _ in range(3):
            slow.press(Qt.Key.Key_F12)

    assert (clerk.price(COGNAC), len(clerk.page.pages.runs.rows)) == (Money(45100, CNY), 1)


def test_a_file_is_read_after_the_database_was_away(
    clerk: Importer, price_list: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StoreUnavailable("10.0.0.5")

    with monkeypatch.context() as patch:
        patch.setattr(ImportCatalogue, "columns_of", away)
        clerk.page.pages.path.setText(str(price_list))
        clerk.press(Qt.Key.Key_Return)
    clerk.till.session.look_for_store()
    clerk.press(Qt.Key.Key_Return)
    assert clerk.page.pages.page == LOOK


def _long_list(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list that is read in many slices."""
    monkeypatch.setattr(import_driver, "FIRST_SLICE", 20)
    monkeypatch.setattr(import_driver, "SLICE_SECONDS", 0.0)
    path = folder / "goods.csv"
    path.write_text("code,name\n" + "".join(f"{code},Tea {code}\n" for code in range(100_000, 100_400)))
    return path


def test_an_import_that_runs_or_was_stopped_does_not_say_that_all_rows_were_processed(
    clerk: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.take(_long_list(tmp_path, monkeypatch))
    clerk.press(Qt.Key.Key_F12)
    driver, pages, meanwhile = clerk.page.driver, clerk.page.pages, []

    def looked_at() -> None:
        meanwhile.append((pages._hint.text(), pages.figures.isVisible()))
        if driver.done >= 100:
            driver.cancel()

    driver.moved.connect(looked_at)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)

    assert meanwhile[-1] == ("goods.csv", False)  # the figures are those of the preview
    assert (pages._hint.text(), pages.figures.isVisible()) == ("goods.csv", True)
    next(one for one in pages.lists.findChildren(QAbstractButton) if one.text().startswith("Rejected")).click()
    assert pages._nothing.accessibleName() == "Stopped. Completed rows are saved."  # and not *All rows accepted*


def test_what_an_interrupted_import_or_undo_has_done_is_not_called_nothing(
    clerk: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(kind: type, key: Qt.Key) -> str:
        """The database fails in the third transaction."""
        original, steps = kind.step, count()  # type: ignore[attr-defined] # both have slices

        def step(*arguments: object) -> object:
            if next(steps) == 2:
                raise StoreUnavailable("10.0.0.5")
            return original(*arguments)

        with monkeypatch.context() as patch:
            patch.setattr(kind, "step", step)
            clerk.press(key)
        said = clerk.news
        clerk.till.session.look_for_store()
        clerk.till.session.store_answers()
        return said

    clerk.take(_long_list(tmp_path, monkeypatch))
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)  # asks about goods without a category
    imported = interrupted(ImportUnderWay, Qt.Key.Key_F12)
    in_part = clerk.shop.find.with_codes(["100039", "100041"])
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F6)
    undone = interrupted(UndoUnderWay, Qt.Key.Key_F6)

    assert imported == (
        "Import of goods.csv interrupted: completed rows are saved. Import it again for the rest."
    )  # and not *Nothing was recorded*
    assert [one.code for one in in_part] == ["100039"]
    assert undone == "Undo of the import of goods.csv interrupted: a part is undone. F6 undoes the rest."
    clerk.page.entered()
    clerk.wait()
    clerk.press(Qt.Key.Key_F6)
    clerk.press(Qt.Key.Key_F6)
    assert clerk.news == "Import of goods.csv undone."


def test_a_preview_that_was_stopped_shows_no_part_of_the_changes_as_all_of_them(
    clerk: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.take(_long_list(tmp_path, monkeypatch))
    driver, pages = clerk.page.driver, clerk.page.pages
    stopping = driver.moved.connect(driver.cancel)
    clerk.press(Qt.Key.Key_F12)

    assert (pages.page, driver.progress.result) == (LOOK, None)  # it said *Completed rows are saved*
    driver.moved.disconnect(stopping)
    clerk.press(Qt.Key.Key_F12)
    assert (pages.page, clerk.figures()[0]) == (RESULT, "400")


def test_no_key_is_said_to_stop_an_undo_that_none_stops(clerk: Importer, price_list: Path) -> None:
    clerk.take(price_list)
    for _ in range(3):
        clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F6)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F6)
        clerk.typing.time.pass_by(100, QApplication.processEvents)
        nothing = clerk.page.pages._nothing
        assert (nothing.accessibleName(), nothing.accessibleDescription()) == ("Undoing…", "")
    assert clerk.price(COGNAC) == Money(45000, CNY)


def test_a_window_that_is_closed_in_the_midst_of_an_undo_asks_as_it_does_of_an_import(
    clerk: Importer, price_list: Path
) -> None:
    clerk.take(price_list)
    for _ in range(3):
        clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F6)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F6)
        is_closed = clerk.till.window.close()
        asked = clerk.page.waiting()

    assert (is_closed, asked) == (False, "an undo of an import in progress")
    assert clerk.page.waiting() == ""


def test_what_an_import_of_the_manager_would_change_is_not_promised_to_the_clerk(
    clerk: Importer, price_list: Path
) -> None:
    clerk.take(price_list)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.figures()[2] == "1"
    clerk.till.session.names = clerk.shop.sign_in.names()
    clerk.till.session.take_person(next(one for one in clerk.shop.sign_in.people() if one.name == "clerk"))
    clerk.till.window.show_screen("import_goods")
    clerk.page.entered()
    clerk.wait()
    clerk._qtbot.waitUntil(lambda: clerk.news == "Dana K. chose the file that is shown here.")
    before = clerk.page.pages.page
    clerk.press(Qt.Key.Key_F12)

    assert before == LOOK
    assert clerk.page.pages.is_trial
    assert clerk.figures()[2] == "0"


def test_prices_and_counts_are_read_whole(clerk: Importer) -> None:
    font, counts = clerk.till.session.theme.font(Type.BODY), "новых 3 · изменено 1 · не принято 5"
    whole = text_width(font, counts)
    assert whole_parts(font, counts, whole) == (counts, "")
    for width in range(whole // 5, whole, 5):
        first, rest = whole_parts(font, counts, width)
        assert " · ".join((first, rest)) == counts
        assert text_width(font, first) <= width or " · " not in first
