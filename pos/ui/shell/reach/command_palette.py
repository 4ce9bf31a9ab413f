"""Ctrl+K: one field for pages, actions of the page, settings, products and receipts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from pos.application.catalogue.find_product import FoundProduct
from pos.application.settings.setting_words import GROUPS, group_of, name_of_setting
from pos.application.settings.settings import Settings
from pos.application.text.formatting import money_text
from pos.application.text.translator import LANGUAGE_NAMES
from pos.ui.input.actions import HISTORY, PRODUCTS, RAIL_KEYS, SEARCH, SETTINGS
from pos.ui.look.icons import category_icon
from pos.ui.look.theme import Space
from pos.ui.session.rail_entries import entries_for, folded, may_enter
from pos.ui.touch.touch_panel import TouchPanel
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.fields.search_box import SearchBox
from pos.ui.widgets.spoken.chosen_row import read_chosen
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import Cell, LineModel, LineRow, LineTable

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.domain.staff.staff import Person
    from pos.ui.input.actions import Action
    from pos.ui.input.key_bindings import KeyBindings
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session

_COLUMNS = (RowColumn(share=1), RowColumn(176, right=True))
_HIGH, _WIDEST, _ROWS = 56, 680, 8
_MOST_PRODUCTS = 8
_NO_ACTIONS = frozenset({"palette", *RAIL_KEYS})
"""Actions that are not found: this itself, and the pages, which are found by name."""
_RECEIPT = re.compile(r"[A-Z][A-Z0-9]{0,9}-\d{1,9}", re.IGNORECASE)
_STEPS = {
    Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -_ROWS, Qt.Key.Key_PageDown: _ROWS,
    Qt.Key.Key_Backtab: -1, Qt.Key.Key_Tab: 1,
}  # fmt: skip
"""The keys that choose. Tab is one of them: what lies beneath takes no key, so the cursor stays in the field."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that can be opened: `kind` says what it is, `step` opens it, `others` are its names in the other
    languages.
    """

    icon: str
    text: str
    kind: str
    step: Callable[[], None]
    others: tuple[str, ...] = ()


class Pages(Protocol):
    """The pages of the window, with their keys."""

    @property
    def keys(self) -> KeyBindings: ...

    @property
    def built(self) -> Mapping[str, Screen]: ...

    @property
    def known(self) -> Collection[str]:
        """The ids of all pages, also of those that are not built yet."""

    @property
    def resting_actions(self) -> Sequence[Action]:
        """The actions of the page while its keys rest."""

    def rest_keys(self) -> None: ...

    def take_keys_up(self) -> None: ...

    def screen_at(self, screen_id: str) -> Screen | None: ...


class CommandPalette(QObject):
    """Finds what the person at the till may open. While it is shown the keys of the page do nothing."""

    def __init__(self, session: Session, window: QWidget, pages: Pages) -> None:
        super().__init__(window)
        self._session, self._window, self._pages = session, window, pages
        self._found: Sequence[Found] = ()
        self._question = 0
        self._has_translators = False
        self._before: QWidget | None = None
        self._is_pressed_beside = False
        self.panel = Surface(Ground.CARD, window)
        self.box = SearchBox(session.theme, "", "", key="Esc", icon="search")
        self.rows = LineModel(self)
        self.table = LineTable(session.theme, self.rows, _COLUMNS, high=_HIGH)
        read_chosen(self.table)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.box.typed.connect(self._seek)
        self.box.submitted.connect(lambda _text: self._open())
        self.box.field.installEventFilter(self)
        self.table.clicked.connect(lambda _index: self._open())
        vbox(self.box, Stretched(self.table), spacing=Space.S, margins=(12, 12, 12, 12), parent=self.panel)
        self.panel.hide()
        session.theme.dress(self.panel)
        session.person_changed.connect(lambda _person: self.close())

    @property
    def is_shown(self) -> bool:
        """Whether it is on the screen."""
        return not self.panel.isHidden()

    def open(self) -> None:
        """Show it, with the pages of the person."""
        tr, window = self._session.translator, self._window
        if self._session.person is None or self.is_shown:
            return
        self._before = QApplication.focusWidget()
        self.box.present(tr("Find anything"), tr("Page, action, setting, product or receipt"), "Esc")
        self.table.setAccessibleName(tr("Results"))
        self.box.clear()
        width = min(_WIDEST, window.width() - 2 * Space.L)
        height = min(12 * 2 + 56 + Space.S + _ROWS * _HIGH, window.height() - 4 * Space.L)
        self.panel.setGeometry((window.width() - width) // 2, 2 * Space.L, width, height)
        self.panel.show()
        self.panel.raise_()
        self._pages.rest_keys()
        self._heed_presses(True)
        self.box.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._seek("")
        self._read_translators()

    def close(self) -> None:
        """Take it away, and give the cursor back."""
        if not self.is_shown:
            return
        self.panel.hide()
        if not self._is_pressed_beside:
            self._heed_presses(False)
        self._question += 1
        self._pages.take_keys_up()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows choose, Esc closes; so does a press beside it, which does nothing else."""
        if isinstance(watched, QWindow):
            return isinstance(event, QMouseEvent) and self._closes(event)
        if watched is self.box.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key == Qt.Key.Key_Escape:
                self.close()
                return True
            if key in _STEPS:
                self.table.choose(max(0, self.table.current_row + _STEPS[key]))
                return True
        return super().eventFilter(watched, event)

    def _closes(self, event: QMouseEvent) -> bool:
        """Whether it is a press beside this, or the end of one: it goes no further."""
        if event.type() == QEvent.Type.MouseButtonPress and self.is_shown:
            self._is_pressed_beside = self._is_beside(event.globalPosition().toPoint())
            if self._is_pressed_beside:
                self.close()
            return self._is_pressed_beside
        is_end = event.type() == QEvent.Type.MouseButtonRelease and self._is_pressed_beside
        if is_end:
            self._is_pressed_beside = False
            self._heed_presses(False)
        return is_end

    def _is_beside(self, position: QPoint) -> bool:
        """Whether a press there is on neither this nor the keys for it."""
        part = QApplication.widgetAt(position)
        while part is not None and part is not self.panel and not isinstance(part, TouchPanel):
            part = part.parentWidget()
        return part is None

    def _heed_presses(self, heed: bool) -> None:
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        if heed:
            app.installEventFilter(self)

    # ── what is found ────────────────────────────────────────────────────────────────────────────────────────

    def _seek(self, text: str) -> None:
        person = self._session.person
        if person is None:
            return
        self._question += 1
        words = text.casefold().split()
        known = self._known(person)
        here = [found for found in known if _has(found.text, words)]
        others = [
            found for found in known if not _has(found.text, words) and any(_has(one, words) for one in found.others)
        ]
        self._present([*here, *others])
        if text.strip():
            self._ask_products(text, self._question, person)

    def _read_translators(self) -> None:
        """Read the languages not read yet, a file each: not on the thread that paints."""
        translators = self._session.shop.translators

        def done(_translators: Sequence[Translator]) -> None:
            self._has_translators = True
            if self.is_shown and self.box.text().strip():
                self._seek(self.box.text())

        if not self._has_translators:
            self._session.think(lambda: [translators[one] for one in LANGUAGE_NAMES], done, lambda _error: None)

    def _in_others(self, name: Callable[[Translator], str]) -> tuple[str, ...]:
        """A name in the languages that are not on show, once they are read."""
        if not self._has_translators:
            return ()
        shown, translators = self._session.translator.language, self._session.shop.translators
        return tuple(name(translators[one]) for one in LANGUAGE_NAMES if one != shown)

    def _known(self, person: Person) -> list[Found]:
        session, tr = self._session, self._session.translator
        actions, others = session.actions, self._in_others
        page, setting, action = tr("Page"), tr("Setting"), tr.context("palette", "Action")
        entries = entries_for(person, self._pages.known)
        keys = {place.key: session.actions.key_text(key) for place, key in zip(folded(entries), RAIL_KEYS)}
        found = [
            Found(entry.icon, tr(entry.text), f"{page} · {keys[entry.key]}" if entry.key in keys else page,
                  partial(session.go, entry.key), others(partial(_said, entry.text)))
            for entry in entries
            if entry.key in self._pages.built
        ]  # fmt: skip
        found += [
            Found(one.icon, actions.text(one.id, tr), f"{action} · {actions.key_text(one.id)}",
                  partial(self._pages.keys.start, one.id), others(partial(actions.text, one.id)))
            for one in self._pages.resting_actions
            if one.id not in _NO_ACTIONS
        ]  # fmt: skip
        if may_enter(person, SETTINGS):
            found += [
                Found("settings", name_of_setting(name, tr), f"{setting} · {tr(GROUPS[group_of(name)])}",
                      partial(self._to_setting, name), others(partial(name_of_setting, name)))
                for name in Settings.names()
            ]  # fmt: skip
        return found

    def _ask_products(self, text: str, question: int, person: Person) -> None:
        session, tr = self._session, self._session.translator
        find = session.shop.find

        def show(products: Sequence[FoundProduct]) -> None:
            if question != self._question or not self.is_shown:
                return
            goods = [self._product(one, person, tr) for one in products]
            if _RECEIPT.fullmatch(text.strip()) and may_enter(person, HISTORY):
                number = text.strip().upper()
                goods.insert(0, Found("receipt-text", number, tr("Receipt"), lambda: self._to_receipt(number)))
            self._present([*self._found, *goods])
            if not self._found:
                self.rows.present([LineRow(0, "search", (Cell(tr("Nothing found"), token="muted"), Cell("")))])

        session.run(lambda: find(text, _MOST_PRODUCTS), show, lambda _error: None)

    def _product(self, one: FoundProduct, person: Person, tr: Translator) -> Found:
        product = one.product
        price = "—" if one.price is None else money_text(one.price, tr.language)
        icon = category_icon(product.category or "")
        return Found(
            icon, product.name_in(tr.language), price, partial(self._to_product, product.id, product.code, person)
        )

    def _present(self, found: Sequence[Found]) -> None:
        self._found = found
        self.rows.present(
            [
                LineRow(number, one.icon, (Cell(one.text, bold=True), Cell(one.kind, token="muted")))
                for number, one in enumerate(found)
            ]
        )
        self.table.choose(0)

    def _open(self) -> None:
        row = self.table.current_row
        if 0 <= row < len(self._found):
            found = self._found[row]
            self.close()
            found.step()

    # ── where it leads ───────────────────────────────────────────────────────────────────────────────────────

    def _to_setting(self, name: str) -> None:
        from pos.ui.settings.screen import SettingsScreen

        self._session.go(SETTINGS)
        page = self._pages.screen_at(SETTINGS)
        if isinstance(page, SettingsScreen):
            page.look_at(name)

    def _to_product(self, product_id: int, code: str, person: Person) -> None:
        from pos.ui.catalogue.products.screen import ProductsScreen

        page = self._pages.screen_at(PRODUCTS)
        if may_enter(person, PRODUCTS) and isinstance(page, ProductsScreen):
            self._session.go(PRODUCTS)
            page.look_up(product_id)
            return
        self._session.go(SEARCH)
        if (search := self._pages.screen_at(SEARCH)) is not None:
            search.scanned(code)

    def _to_receipt(self, number: str) -> None:
        from pos.ui.receipts.screen import HistoryScreen

        page = self._pages.screen_at(HISTORY)
        if isinstance(page, HistoryScreen):
            page.look_up(number)


def _has(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _said(text: str, tr: Translator) -> str:
    return tr(text)
