"""The left side of the catalogue: search field, filters, and the paged product list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from pos.application.catalogue.browse_catalogue import MOST_COUNTED, CataloguePage
from pos.application.catalogue.tables import products
from pos.application.ports.catalogue_ports import EVERYTHING, LACKING, LOW, UNPRICED, Listed
from pos.application.tables.listing import Listing
from pos.application.text.formatting import number_text
from pos.application.text.names import CATEGORIES, name_of
from pos.application.text.translator import Translator
from pos.domain.catalogue.category import is_leaf
from pos.ui.catalogue.products.marks import Marks
from pos.ui.catalogue.products.product_list import ProductModel, ProductTable
from pos.ui.look.event_loop import call_soon
from pos.ui.look.theme import Size, Space
from pos.ui.page.thumbnails import Thumbnails
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.search_box import SearchBox
from pos.ui.widgets.spoken.chosen_row import read_chosen
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

WIDTH = 452
_PAGE = 50
_DEBOUNCE_MS, _LOOK_MS = 120, 60
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class CatalogueSide(QWidget):
    """Searches while the user types. `chosen` carries the selected product, `opened` asks for its fields,
    `new_requested` for a new product; `kept` reports that the selection cannot change while `is_locked`.
    """

    chosen = Signal(int)
    opened = Signal()
    new_requested = Signal()
    kept = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown, self._scope = EVERYTHING, "*"
        self._next: int | None = None
        self._count: int | None = None
        self._question = 0
        self._keeping = -1
        """The question whose answer chooses no row."""
        self._sought: tuple[str, str, str] | None = None
        """What the list on show was asked for."""
        self._is_loading = self._is_quiet = False
        self.is_locked = False
        """Whether the selection is locked: the product has unsaved changes."""
        self.product: int | None = None
        """The product in the form, to be selected again in another list."""
        key = session.actions.key_text
        self.thumbnails = Thumbnails(session, self)
        self.marks = Marks(self)
        self.all_found: tuple[tuple[str, str, str], tuple[int, ...]] | None = None
        """What was searched for when all of it was marked, and all of it."""
        self.box = SearchBox(session.theme, "", "", key=key("search_products"))
        self.filters = Segmented(session.theme, "", even=False)
        self.category = ComboBox()
        self.category.setMaxVisibleItems(14)
        self.category.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.category.setMinimumContentsLength(5)
        for scope in ("*", *(one for one in CATEGORIES if one != "*")):
            self.category.addItem("", scope)
        self.rows = ProductModel(self.marks, self)
        self.table = ProductTable(session.theme, self.rows, self.thumbnails)
        read_chosen(self.table)
        self.new_button = IconButton(session.theme, icon="plus", key=key("new_product"), height=Size.SMALL_BUTTON)
        self.mark_button = IconButton(session.theme, height=Size.SMALL_BUTTON)
        self.several_button = IconButton(
            session.theme, icon="pencil", key=key("change_several"), height=Size.SMALL_BUTTON
        )
        self.count = TextLabel(role=Role.LABEL, wrap=True)
        self.empty = EmptyState(session.theme)
        self._wait, self._look = QTimer(self), QTimer(self)
        for timer, pause, step in ((self._wait, _DEBOUNCE_MS, self.ask), (self._look, _LOOK_MS, self._emit_chosen)):
            timer.setSingleShot(True)
            timer.setInterval(pause)
            timer.timeout.connect(step)
        self._connect()
        self._lay_out()

    def ask(self) -> None:
        """Restart the list with the current search and filters."""
        self._wait.stop()
        self._question += 1
        self._next = None
        self._load(None)
        if not self.rows.rowCount():  # that nothing was found was said of what was sought before
            self._present(self._session.translator)

    @property
    def asked(self) -> tuple[str, str, str]:
        """What is typed and chosen now: text, filter and category."""
        return self.box.text().strip(), self._shown, self._scope

    @property
    def is_all_marked(self) -> bool:
        """Whether all that is searched for was marked and is so still."""
        found = self.all_found
        return found is not None and found[0] == self.asked and bool(found[1]) and self.marks.has_all(found[1])

    def toggle_chosen(self) -> None:
        """Mark the chosen row, or take its mark away."""
        self._toggle(self.table.current_row)

    def _toggle(self, index: int) -> None:
        listed = self.rows.row(index)
        if listed is not None:
            self.marks.toggle(listed.product.id)

    def listing(self) -> Listing:
        """The current search as a table."""
        return products(self._session.shop.browse, *self.asked)

    def put(self, listed: Listed) -> None:
        """Update a product; one that is not loaded is inserted on top."""
        self._quietly(self.rows.put(listed))
        self.thumbnails.want([listed.product.id])
        self._pages.present(is_empty=False)

    def count_one_more(self) -> None:
        """Count a product that was added since the list was counted."""
        if self._count is not None:
            self._count += 1
        self._present(self._session.translator)

    def choose(self, product_id: int | None) -> None:
        """Select the row of a product without emitting `chosen`; no row if it is not loaded."""
        self.product = product_id
        self.stay()
        self._quietly(-1 if product_id is None else self.rows.index_of(product_id))

    def stay(self) -> None:
        """Another product is asked for than the row that has just become the chosen one."""
        self._look.stop()

    def keep(self) -> None:
        """A product is asked for by name: the list that is being read chooses no row of its own."""
        if self._wait.isActive():
            self.ask()
        self._keeping = self._question

    def choose_first(self) -> None:
        """Select the first row and emit `chosen`."""
        self.product = None
        self.table.setCurrentIndex(QModelIndex())
        self.table.choose(0)

    def begin(self) -> None:
        """Focus the search field."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.field.selectAll()

    def clear(self) -> None:
        """Clear the search."""
        if self.box.text():
            self.box.clear()
            self.ask()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Up and down move in the rows, not in the search field."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.modifiers():
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            return False
        self.table.choose(self.table.current_row + step)
        return True

    # ── pages ────────────────────────────────────────────────────────────────────────────────────────────────

    def _load(self, after: int | None) -> None:
        self._is_loading = True
        question, browse, sought = self._question, self._session.shop.browse, self.asked
        self._session.run_as(
            lambda person: browse(person, *sought, after, _PAGE),
            lambda page: self._take(question, page, sought, is_first=after is None),
            partial(self._failed, question, sought),
        )

    def _load_more(self) -> None:
        if not self._is_loading and self._next is not None:
            self._load(self._next)

    def _take(self, question: int, page: CataloguePage, sought: tuple[str, str, str], *, is_first: bool) -> None:
        if question != self._question:
            return
        # the same list read again, as after a scan that passed through the field, is no reason to leave the product
        stays, self._sought = (self.product is not None and sought == self._sought) or question == self._keeping, sought
        self._is_loading, self._next = False, page.next
        if is_first:
            self._count = page.result_count
            self._is_quiet = True
            self.rows.present(page.goods)
            self._is_quiet = False
            self._quietly(-1 if self.product is None else self.rows.index_of(self.product))
        else:
            self.rows.append(page.goods)
        self.thumbnails.want(one.product.id for one in page.goods)
        self._present(self._session.translator)
        if is_first and self.table.current_row < 0 and not self.is_locked and not stays:
            self.table.choose(0)

    def _failed(self, question: int, sought: tuple[str, str, str], error: Exception) -> None:
        if question == self._question:
            self._is_loading = False
            if sought != self._sought:  # goods of before do not stay under what is sought now
                self._sought = self._count = None
                self._is_quiet = True
                self.rows.present(())
                self._is_quiet = False
                self._present(self._session.translator)
        self._session.report_foreseen(error)

    def _filter(self, shown: str) -> None:
        self._shown, self._scope = shown, str(self.category.currentData())
        self.ask()

    def _submit(self) -> None:
        if self._wait.isActive() or (self._sought != self.asked and not self._is_loading):
            self.ask()
        elif self._sought == self.asked and self.rows.rowCount():
            self.opened.emit()

    def _quietly(self, index: int) -> None:
        self._is_quiet = True
        if index >= 0:
            self.table.choose(index)
        else:
            self.table.setCurrentIndex(QModelIndex())
        self._is_quiet = False

    def _current_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        if self._is_quiet or not current.isValid():
            return
        if self.is_locked:
            self._quietly(before.row())
            call_soon(self, partial(self._quietly, before.row()))  # the press goes on to select the row under it
            self.kept.emit()
        else:
            self._look.start()

    def _emit_chosen(self) -> None:
        listed = self.rows.row(self.table.current_row)
        if listed is not None:
            self.chosen.emit(listed.product.id)

    # ── texts and layout ─────────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language; search and filters stay."""
        key = self._session.actions.key_text
        self.box.present(tr("Search"), tr("Scan, or type part of a name or code"), key("search_products"))
        self.filters.setAccessibleName(tr("Which goods"))
        self.table.setAccessibleName(tr("Products"))
        self.category.setAccessibleName(tr("Category"))
        self.category.setItemText(0, tr("All categories"))
        for index in range(1, self.category.count()):
            scope = str(self.category.itemData(index))
            inside = is_leaf(scope) and "." in scope
            self.category.setItemText(index, ("    " if inside else "") + name_of(CATEGORIES, scope, tr))
        self.new_button.present(tr("New product"))
        self.several_button.present(tr("Change several"))
        self.rows.speak(tr)
        self._present(tr)

    def _present(self, tr: Translator) -> None:
        choices = (EVERYTHING, tr.context("filter", "All")), (LACKING, tr("Data missing")), (LOW, tr("Low"))
        segments = [Segment(key, text) for key, text in (*choices, (UNPRICED, tr("No price")))]
        self.filters.present(segments, self._shown)
        has_rows = self.rows.rowCount() > 0
        has_none = not has_rows and self._sought == self.asked and not self._is_loading
        self._pages.present(is_empty=has_none)
        counted = self._counted(tr) if has_rows or has_none else ""
        self.count.setText(self._marked(tr) or counted)
        self.several_button.setVisible(len(self.marks) > 0)
        self.new_button.setVisible(len(self.marks) == 0)  # in one place: a low window has no room for both
        self.mark_button.setEnabled(has_rows)
        self.mark_button.present(tr("Unmark all") if self.is_all_marked else tr("Mark all"))
        is_narrowed = self.box.text().strip() or self._shown != EVERYTHING or self._scope != "*"
        if is_narrowed:
            title, hint = tr("Nothing found"), tr("Try part of the name in any language, or part of the code.")
        else:
            title, hint = tr("No goods in the catalogue yet"), tr("Scan the first product, or import a file.")
        key = self._session.actions.key_text("new_product")
        self.empty.present("package", title, hint, tr("New product"), key)

    def _marked(self, tr: Translator) -> str:
        n = len(self.marks)
        return tr.plural("{n} marked", "{n} marked", n, n=number_text(n, tr.language)) if n else ""

    def _counted(self, tr: Translator) -> str:
        """The number of products, or a message that there are too many to look through."""
        language, shown = tr.language, self.rows.rowCount()
        if self._count is not None and self._count >= MOST_COUNTED and self.box.text().strip():
            most = number_text(MOST_COUNTED, language)
            return tr("More than {n} found. Refine the search.", n=most)
        if self._count is None and self._next is not None:
            return tr("{n} shown, more below", n=number_text(shown, language))
        total = shown if self._count is None else self._count
        return tr.plural("{n} product", "{n} products", total, n=number_text(total, language))

    def _connect(self) -> None:
        self.box.typed.connect(lambda _text: self._wait.start())
        self.box.submitted.connect(lambda _text: self._submit())
        self.box.field.installEventFilter(self)
        self.filters.chosen.connect(self._filter)
        self.category.activated.connect(lambda _index: self._filter(self._shown))
        self.table.wants_more.connect(self._load_more)
        self.table.opened.connect(self.opened)
        self.table.selectionModel().currentChanged.connect(self._current_changed)
        self.table.toggled.connect(self._toggle)
        self.marks.changed.connect(lambda: self._present(self._session.translator))
        self.thumbnails.came.connect(self.rows.refresh)
        self.new_button.clicked.connect(self.new_requested)
        self.empty.action_pressed.connect(self.new_requested)

    def _lay_out(self) -> None:
        self._pages = RowsOrEmpty(None, self.table, self.empty)
        foot = hbox(Stretched(self.count), self.new_button, self.several_button)
        narrowed = hbox(Stretched(self.category), self.mark_button, spacing=Space.S)
        vbox(self.box, self.filters, narrowed, Stretched(self._pages), foot, spacing=Space.S, margins=0, parent=self)
