"""Incomplete products, by the rule that needs the missing data: worked through with scanner and number keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from pos.application.catalogue.list_incomplete_products import (
    ALL,
    UNSELLABLE,
    IncompleteProductPage,
    IncompleteProductRow,
    MissingDataCursor,
)
from pos.application.catalogue.tables import incomplete_products
from pos.application.text.formatting import NO_BREAK, number_text
from pos.application.text.names import ATTRIBUTES, LACKING_ON_PAPERS, PAPERS, name_of
from pos.application.text.translator import Translator
from pos.domain.catalogue.paper_needs import Paper
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, MovedMeanwhile
from pos.domain.quota.rule import Regime
from pos.domain.staff.staff import Person
from pos.ui.catalogue.missing_data.incomplete_product_model import BETWEEN, IncompleteProductModel
from pos.ui.catalogue.missing_data.incomplete_product_table import IncompleteProductHeader, IncompleteProductTable
from pos.ui.catalogue.missing_data.missing_data_counter import MissingDataCounter
from pos.ui.input.actions import GAPS
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.page.unsaved_by_another import UnsavedByAnother
from pos.ui.quota.quota_words import no_rules_texts
from pos.ui.sales.current_sale.product_completion import ProductCompletion
from pos.ui.sales.fill_in.fill_in_panel import FillInPanel
from pos.ui.session.rail_figures import INCOMPLETE_PRODUCTS
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.key_cap import KeyCap
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.drawing import RIGHT
from pos.ui.widgets.drawing.layouts import Gap, Stretched, hbox, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

_PAGE = 100
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}


class MissingDataScreen(Screen):
    """Lists products by the destination whose rules need more data, with fields to fill in.

    Pages are loaded while scrolling, counts after the first page. A scan selects its product and opens its fields;
    after saving, the row disappears and the fields of the next one open, until Esc closes them.
    """

    screen_id = GAPS
    takes_scans = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._which = ALL
        self._regimes: tuple[Regime, ...] = ()
        self._next: MissingDataCursor | None = None
        self._is_loading = self._is_saving = self._is_answered = False
        self._is_leaving = False
        self._went_on_to = ""
        self._pending_row: IncompleteProductRow | None = None
        self._question = self._scan = 0
        self.counter = MissingDataCounter(session, self)
        self.counter.counted.connect(self._take_counts)
        self.lists = Segmented(session.theme, "")
        self.lists.chosen.connect(self.choose)
        self.rows = IncompleteProductModel(self)
        self.table = IncompleteProductTable(session.theme, self.rows)
        self.table.opened.connect(self._open_panel)
        self.table.sideways.connect(self._choose_beside)
        self.table.wants_more.connect(self._load_more)
        self.table.selectionModel().currentChanged.connect(self._current_changed)
        self._header = IncompleteProductHeader(session.theme, self.table)
        self.progress = TextLabel(role=Role.STRONG)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.fields = TextLabel(role=Role.LABEL, wrap=True, align=right)
        self.empty = EmptyState(session.theme)
        self.fill_in = FillInPanel(session.theme, country=session.country)
        self.fill_in.filled.connect(self._filled)
        self.fill_in.wrong.connect(self._show_wrong)
        self.fill_in.left.connect(self._give_up)
        self._opens = KeyHint(session.theme, "Enter", "")
        self._opens.clicked.connect(self._open_panel)
        self._beside = TextLabel(role=Role.LABEL)
        self._scans = TextLabel(role=Role.LABEL, wrap=True, align=RIGHT)
        self.key_handlers = {"back": self._give_up}
        TableSaver(self, lambda: incomplete_products(session.shop.missing_data, self._which))
        UnsavedByAnother(self)
        self._lay_out()

    @property
    def figures(self) -> frozenset[str]:
        return frozenset({INCOMPLETE_PRODUCTS})

    def entered(self) -> None:
        """Refresh, because others may have filled in something meanwhile; what is typed in open fields stays."""
        self.counter.count()
        index = -1 if self.fill_in.product_id is None else self.rows.index_of(self.fill_in.product_id)
        if index < 0:
            self.choose(self._which)
            self._present()
            self.table.setFocus()
        else:
            self._focus_field()
            self._read_again(self.rows.rows[index].product)

    def waiting(self) -> str:
        return self.translator("an unsaved product") if self.fill_in.is_kept else ""

    def emptied(self) -> None:
        self.fill_in.forget()

    def retranslate(self, tr: Translator) -> None:
        self.lists.setAccessibleName(tr("Which goods"))
        self.table.setAccessibleName(tr("Products with missing data"))
        self._header.retranslate(tr)
        self.rows.speak(tr)
        self.fill_in.retranslate(tr)
        self._opens.present("Enter", tr("Fill in"))
        self._beside.setText(tr("Change list"))
        self._scans.setText(tr("Scan a product to fill it in."))
        self._present()

    def choose(self, which: str, product_row: IncompleteProductRow | None = None) -> None:
        """Show the list `which` (ALL, UNSELLABLE or the id of a regime) from its beginning or at a product."""
        self._which, self._pending_row = which, product_row
        self._question += 1
        question, incomplete_products = self._question, self.session.shop.missing_data
        self._is_loading, self._is_answered, self._next = True, False, None
        self.fill_in.keep()
        self.fill_in.hide()
        self.rows.begin(which, ())
        self._present()
        self.session.run_as(
            lambda person: (incomplete_products.in_use(), incomplete_products(person, which, None, _PAGE)),
            lambda answer: self._begin(question, *answer),
            self._failed,
        )

    def _read_again(self, asked: Product) -> None:
        """Read the list beneath the open fields, and the product that they ask about."""
        self._question += 1
        question, which, missing_data = self._question, self._which, self.session.shop.missing_data
        self._is_loading = True

        def read(person: Person) -> tuple[tuple[Regime, ...], IncompleteProductPage, IncompleteProductRow]:
            return (
                missing_data.in_use(),
                missing_data(person, which, None, _PAGE),
                missing_data.show(asked.code, person),
            )

        def done(answer: tuple[tuple[Regime, ...], IncompleteProductPage, IncompleteProductRow]) -> None:
            regimes, page, row = answer
            if question != self._question:
                return
            is_open = self.fill_in.product_id == asked.id
            self._is_leaving = True  # no row is chosen by hand here
            self.rows.begin(which, ())
            self._is_leaving = False
            self._begin(question, regimes, page, row if is_open else None)

        self.session.run_as(read, done, self._failed)

    def scanned(self, text: str) -> None:
        """Find the product with this code, whether its row is loaded or not."""
        self._scan += 1
        scan, incomplete_products = self._scan, self.session.shop.missing_data
        self.session.run_as(
            lambda person: incomplete_products.show(text, person),
            lambda row: self._scan_resolved(scan, row),
            self._scan_unknown,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move in the rows, not in the fields."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.table.step(step)
        elif event.key() in ENTERS:
            self._open_panel()
        else:
            super().keyPressEvent(event)

    # ── the rows ─────────────────────────────────────────────────────────────────────────────────────────────

    def _begin(
        self,
        question: int,
        regimes: tuple[Regime, ...],
        page: IncompleteProductPage,
        asked: IncompleteProductRow | None = None,
    ) -> None:
        """The first page of a list; the fields on show ask about `asked`."""
        if question != self._question:
            return
        self._regimes = regimes
        if self._which not in self._keys():
            self.choose(ALL)  # the regimes in force have changed
            return
        self._take(page)
        if asked is not None:
            self._go_on_with(asked)
        elif self._pending_row is not None:
            self._bring(self._pending_row)
            self._pending_row = None
        elif self.rows.rowCount():
            self.table.choose(0)

    def _load_more(self) -> None:
        index = self._next
        if self._is_loading or index is None:
            return
        self._is_loading = True
        question, which, incomplete_products = self._question, self._which, self.session.shop.missing_data
        self.session.run_as(
            lambda person: incomplete_products(person, which, index, _PAGE),
            lambda page: self._continue(question, page),
            self._failed,
        )

    def _continue(self, question: int, page: IncompleteProductPage) -> None:
        if question == self._question:
            self._take(page)
            if not self.table.currentIndex().isValid():
                self.table.choose(0)

    def _take(self, page: IncompleteProductPage) -> None:
        self._is_loading, self._is_answered, self._next = False, True, page.next
        self.rows.append(page.products)
        self._present()
        self.table.look_ahead()

    def _failed(self, error: Exception) -> None:
        self._is_loading = False
        self.session.report_foreseen(error)

    def _go_on_with(self, row: IncompleteProductRow) -> None:
        """The open fields are those that the product lacks by now; what is typed stays, unless it lacks nothing."""
        if row.lacks[ALL] and not row.lacks.get(self._which):
            self.choose(ALL, row)
        elif not row.lacks[ALL]:
            self.fill_in.drop(row.product.id)
            self._leave_panel()
            self.session.notify("gap.filled", lambda: self._complete(row))
        elif self.fill_in.is_of(row.product):
            self._is_leaving = True
            self._choose_row(row)
            self._is_leaving = False
        else:
            self._bring(row)

    def _bring(self, row: IncompleteProductRow) -> None:
        """Select the row of a product, and ask about it."""
        self._choose_row(row)
        self._open_panel()

    def _choose_row(self, row: IncompleteProductRow) -> None:
        """Select the row of a product; a row that is not loaded is inserted at the current position."""
        index = self.rows.index_of(row.product.id)
        if index < 0:
            index = max(self.table.currentIndex().row(), 0)
            self.rows.insert(index, row)
            self._present()
        self.table.choose(index)

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._is_leaving and not self.fill_in.isHidden():
            self._open_panel()

    # ── scans ────────────────────────────────────────────────────────────────────────────────────────────────

    def _scan_resolved(self, scan: int, row: IncompleteProductRow) -> None:
        if scan != self._scan or not self.session.is_awaited:
            return
        self.session.sounds.play(Sound.ACCEPT)
        if row.lacks.get(self._which):
            self._bring(row)
        elif row.lacks[ALL]:
            self.choose(ALL, row)
        else:
            self.session.notify("gap.filled", lambda: self._complete(row))

    def _scan_unknown(self, error: Exception) -> None:
        self.session.sounds.play(Sound.UNREAD)
        self.session.report_foreseen(error)

    def _complete(self, row: IncompleteProductRow) -> Notice:
        tr = self.translator
        text = tr("{goods}: no missing data.", goods=row.product.name_in(tr.language))
        return Notice(Tone.WITHIN, text, seconds=8)

    # ── the fields ───────────────────────────────────────────────────────────────────────────────────────────

    def _open_panel(self) -> None:
        index = self.table.currentIndex().row()
        if not 0 <= index < self.rows.rowCount():
            return
        incomplete = self.rows.rows[index]
        self._went_on_to = ""
        self.fill_in.keep()
        self.fill_in.hide()  # fields that join a visible panel take no focus, because layouts show them late
        self.fill_in.open(
            incomplete.product, incomplete.lacks.get(self._which, ()), self.session.settings.price, self.translator
        )

    def _focus_field(self) -> None:
        for field in self.fill_in.fields.values():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            break

    def _give_up(self) -> None:
        """Esc: what is typed is given up."""
        self.fill_in.drop()
        self._leave_panel()

    def _leave_panel(self) -> None:
        self.fill_in.hide()
        self.table.setFocus()

    def _filled(self, seen: Product, filling: ProductCompletion) -> None:
        person, shop = self.session.person, self.session.shop
        index = self.rows.index_of(seen.id)
        if person is None or index < 0 or self._is_saving:
            return
        self._is_saving = True
        before, sent = self.rows.rows[index], self.fill_in.content

        def save() -> IncompleteProductRow:
            filled = shop.fill_in(
                seen.id, person, filling.category, filling.price, filling.attributes, seen, filling.details
            )
            return shop.missing_data.of(filled)

        self.session.run(
            save, lambda after: self._saved(before, after, sent), lambda error: self._not_saved(seen, error)
        )

    def _saved(self, before: IncompleteProductRow, after: IncompleteProductRow, sent: Mapping[str, Any]) -> None:
        self._is_saving = False
        is_all = self.fill_in.follow(after.product, sent)
        self.counter.change(before, after)
        index = self.rows.index_of(before.product.id)
        if index < 0:
            return
        is_chosen = is_all and self.table.currentIndex().row() == index
        if after.lacks.get(self._which) or not is_all:  # its category requires more data, or more is typed
            self.rows.replace(index, after)
        else:
            self._is_leaving = True  # Qt selects a neighbour of a removed row: the clerk did not choose it
            self.rows.remove(index)
            self._is_leaving = False
        if is_chosen and not self.fill_in.isHidden():
            self.fill_in.hide()  # what stands in it is saved
            if self.rows.rowCount():
                self.table.choose(index)
                self._open_panel()
            else:
                self._leave_panel()
        self._present()
        self.table.look_ahead()

    def _not_saved(self, seen: Product, error: Exception) -> None:
        self._is_saving = False
        self.session.sounds.play(Sound.REFUSE)
        if isinstance(error, MovedMeanwhile):
            if self.session.is_awaited:  # else another product is being filled in by now
                self.choose(self._which)  # what is missing by now; what is typed stays with its product
                self.counter.count()
                self.table.setFocus()
            self.session.report_foreseen(error)
        elif self.fill_in.product_id != seen.id:
            self.session.report_foreseen(error)
        else:
            self.fill_in.show_error(lambda: self.session.wording(error))
            self.report_elsewhere(error)

    def _show_wrong(self, error: BadField) -> None:
        """Enter in one of several fields moves to the next empty one; only if that stays empty the error is shown."""
        goes_on = error.what == "missing" and error.field != self._went_on_to and self._has_begun()
        self._went_on_to = error.field if goes_on else ""
        if goes_on:
            self.fill_in.excuse()
            return
        self.session.sounds.play(Sound.REFUSE)

        def words() -> str:
            return self.session.wording(replace(error, field=name_of(ATTRIBUTES, error.field, self.translator)))

        self.fill_in.show_error(words)

    def _has_begun(self) -> bool:
        fields = self.fill_in.fields.values()
        typed = (field.text() for field in fields if isinstance(field, QLineEdit))
        return any(typed) or any(field.currentIndex() >= 0 for field in fields if isinstance(field, QComboBox))

    # ── texts ────────────────────────────────────────────────────────────────────────────────────────────────

    def _take_counts(self) -> None:
        every = self.counter.lacking(ALL)
        if every is not None:
            self.session.figures.take(INCOMPLETE_PRODUCTS, every.products)
        self._present()

    def _keys(self) -> tuple[str, ...]:
        return ALL, *(regime.id for regime in self._regimes), UNSELLABLE, *Paper

    def _choose_beside(self, step: int) -> None:
        keys = self._keys()
        index = keys.index(self._which) + step
        if 0 <= index < len(keys):
            self.choose(keys[index])

    def _present(self) -> None:
        tr = self.translator
        titles = {regime.id: regime.title_in(tr.language) for regime in self._regimes}
        titles |= {ALL: tr("All"), UNSELLABLE: tr("Cannot be sold")}
        titles |= {paper.value: tr(said) for paper, said in PAPERS.items()}
        self.lists.present([Segment(key, self._with_count(key, titles[key])) for key in self._keys()], self._which)
        counts, lacking = self.counter.counts, self.counter.lacking(self._which)
        if counts is None or lacking is None:
            self.progress.setText("")
            self.fields.setText("")
        else:
            n, every = (number_text(count, tr.language) for count in (lacking.products, counts.catalogue))
            self.progress.setText(tr("{n} of {all} to fill in", n=n, all=every))
            fields = sorted(lacking.fields.items(), key=lambda field: -field[1])
            self.fields.setText(
                f"{NO_BREAK}· ".join(_field_count(name, count, self._words, tr) for name, count in fields if count)
            )
        nothing = self._is_answered and not self.rows.rowCount() and self._next is None
        self._pages.present(is_empty=nothing)
        icon, unread = "circle-check", self._unread
        if self._which == UNSELLABLE:
            title, hint = tr("All products can be sold"), tr("All products have a category and a price.")
        elif self._which in set(Paper):
            title = tr("Nothing is missing for this paper")
            hint = tr("Every product has what the paper wants.")
        elif self._which == ALL and unread:
            icon, (title, hint) = "circle-question-mark", no_rules_texts(unread, tr)
        else:
            title, hint = tr("No missing data"), tr("All data needed for the limits is on file.")
        self.empty.present(icon, title, hint)

    @property
    def _words(self) -> Mapping[str, str]:
        return LACKING_ON_PAPERS if self._which in set(Paper) else ATTRIBUTES

    @property
    def _unread(self) -> str:
        """Rules of the settings that are not there: what data they need is not known. Empty for none."""
        settings, known = self.session.settings, [regime.id for regime in self._regimes]
        return next((name for name in settings.regimes.values() if name not in known), "")

    def _with_count(self, key: str, title: str) -> str:
        lacking = self.counter.lacking(key)
        return (
            title if lacking is None else f"{title}{BETWEEN}{number_text(lacking.products, self.translator.language)}"
        )

    # ── layout ───────────────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        self._pages = RowsOrEmpty(self._header, self.table, self.empty)
        figures = hbox(self.progress, Stretched(self.fields), spacing=Space.M)
        keys = hbox(
            KeyCap(self.theme, "←"),
            KeyCap(self.theme, "→"),
            Gap(Space.XS),
            self._beside,
            Gap(Space.S),
            self._opens,
            Stretched(self._scans),
            spacing=Space.XS,
        )
        vbox(
            self.lists,
            figures,
            self.fill_in,
            Stretched(self._pages),
            keys,
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.L, Space.S),
            parent=self,
        )


def _field_count(name: str, count: int, words: Mapping[str, str], tr: Translator) -> str:
    attribute = name_of(words, name, tr)
    return tr("{attribute}: {n}", attribute=attribute, n=number_text(count, tr.language))
