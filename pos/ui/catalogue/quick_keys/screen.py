"""The quick keys of the checkout: a grid as at the till, with the chosen key and its page beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea, QWidget

from pos.application.catalogue.quick_keys import EditedQuickKeys
from pos.application.maintenance.protected_files import check_free
from pos.application.text.translator import Translator
from pos.domain.catalogue.product import Product
from pos.domain.catalogue.quick_keys import QuickKey
from pos.domain.errors import BadField, InfrastructureError, MovedMeanwhile, RuleBroken
from pos.ui.catalogue.quick_keys.draft import KeysDraft
from pos.ui.catalogue.quick_keys.key_form import KeyFields, KeyForm, PageFields
from pos.ui.catalogue.quick_keys.key_grid import KeyFace, KeyGrid
from pos.ui.input.actions import QUICK_KEYS
from pos.ui.look.icons import category_icon
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.page.screen import Screen
from pos.ui.page.thumbnails import Thumbnails
from pos.ui.page.unsaved_by_another import UnsavedByAnother
from pos.ui.sales.search.goods_search import GoodsSearch
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment
from pos.ui.widgets.buttons.tab_strip import TabStrip
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone

_WIDTH = 372
_LONGEST_FILE = 1_000_000
_PAGE = re.compile(r"pages\[([0-9]+)\]")
"""The number of the page in the name of a field."""


class _Foot(QWidget):
    """The buttons below the grid. It has no least width, so that a narrow page does not grow for them."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, Size.SMALL_BUTTON)


class QuickKeysScreen(Screen):
    """What is changed is kept until it is saved, or dropped by pressing Esc twice. A scan adds its product."""

    screen_id = QUICK_KEYS
    rail = QUICK_KEYS
    takes_scans = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._is_read = False
        """Whether the store has answered since the page was entered: before that nothing is said to be missing."""
        self.draft = KeysDraft()
        self._is_saving = False
        self.ask_open: Callable[[], Path | None] = self._asked_open
        self.ask_save: Callable[[], Path | None] = self._asked_save
        theme, key = session.theme, session.actions.key_text

        def button(icon: str, action: str, kind: ButtonKind = ButtonKind.SECONDARY) -> IconButton:
            made = IconButton(theme, icon=icon, key=key(action) if action else "", kind=kind, height=Size.SMALL_BUTTON)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            return made

        self.search = GoodsSearch(session, self, "find_quick_key")
        self.tabs = TabStrip(theme, "")
        self.new_page = button("plus", "new_quick_page")
        self.new_folder = button("folder", "new_quick_folder")
        self.most_sold = button("trophy", "most_sold")
        self.undo_button = button("corner-up-left", "undo")
        self.import_button, self.export_button = (
            button("file-up", ""),
            button("download", ""),
        )
        for once in (self.new_page, self.new_folder, self.most_sold, self.undo_button):
            once.gives_way = True  # two quick taps are one
        self.save_button = button("save", "save_quick_keys", ButtonKind.PRIMARY)
        self.back = IconButton(theme, icon="arrow-left", kind=ButtonKind.TINTED, height=Size.SMALL_BUTTON)
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.folder_title = TextLabel(role=Role.TITLE)
        self.grid = KeyGrid(theme)
        self.empty = EmptyState(theme)
        self.form = KeyForm(session)
        self._pictures = Thumbnails(session, self)
        self._pictures.came.connect(self._present)
        self._connect()
        UnsavedByAnother(self)
        self._lay_out()
        self.retranslate(session.translator)

    # ── calls from the window ────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        self.draft.language = tr.language
        self.search.present(tr("Add a product"), tr("Scan or search a product to add it"), tr)
        self.tabs.setAccessibleName(tr("Pages"))
        self.grid.setAccessibleName(tr("Quick keys"))
        self.new_page.present(tr("New page"))
        self.undo_button.present(tr("Undo"))
        self._word_foot()
        self.save_button.present(tr("Save"))
        self.back.present(tr("Back"))
        self.form.retranslate(tr)
        self._present()

    def entered(self) -> None:
        """Read again what others have saved, unless there are changes here."""
        self._is_read = False
        self._pictures.renew()
        self._present()
        self._read()
        self.search.begin()

    def waiting(self) -> str:
        return self.translator("unsaved quick keys") if self.draft.is_changed else ""

    def emptied(self) -> None:
        self.draft.drop()
        self._present()

    def left(self) -> None:
        self.search.leave()

    def scanned(self, text: str) -> None:
        find = self.session.shop.find
        self.search.leave()
        self.session.run(lambda: find.show(text).product, self._add, self._unknown)

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self) -> None:
        self.session.run_as(self.session.shop.edit_quick_keys.all, self._take)

    def _take(self, edited: EditedQuickKeys) -> None:
        self._is_read = True
        if not self.draft.is_changed:
            self.draft.take(edited)
        self._present()

    def _add_found(self, product_id: int) -> None:
        find = self.session.shop.find
        self.session.run(lambda: find.by_id(product_id), self._add, self._unknown)

    def _add(self, product: Product) -> None:
        try:
            if self.draft.page is None:
                self.draft.add_page(self.translator("Favourites"))
            is_new = self.draft.add(product)
        except BadField as error:
            self._wrong(error)
            return
        self.session.sounds.play(Sound.ACCEPT if is_new else Sound.NOTE)
        if not is_new:
            name = product.name_in(self.translator.language)
            self._say(Tone.INFO, lambda: self.translator("“{name}” is here already.", name=name))
        self._changed()
        self._show_chosen()

    def _unknown(self, error: Exception) -> None:
        self.session.sounds.play(Sound.UNKNOWN)
        self.session.report_foreseen(error)

    def _nothing(self) -> None:
        self.session.sounds.play(Sound.NOTE)

    def _do(self, step: Callable[[], object]) -> None:
        """A step of the draft; a refusal is said."""
        try:
            step()
        except BadField as error:
            self._wrong(error)
        self._changed()

    def _new_page(self) -> None:
        self._do(lambda: self.draft.add_page(self.translator("New page")))
        self.form.begin_page()

    def _new_folder(self) -> None:
        if self.draft.page is None:
            self._do(lambda: self.draft.add_page(self.translator("Favourites")))
        self._do(lambda: self.draft.add_folder(self.translator("New folder")))
        self._show_chosen()
        self.form.begin()

    def _copy_page(self) -> None:
        page = self.draft.page
        if page is not None:
            title = self.translator("{page}, copy", page=page.title)[:40]
            self._do(lambda: self.draft.copy_page(title))
            self.form.begin_page()

    def _remove(self) -> None:
        key = self.draft.key
        if key is not None:
            name = self.draft.title_of(key, self.translator.language)
            self._do(self.draft.remove)
            self._offer_undo(lambda: self.translator("“{name}” removed.", name=name))

    def _remove_page(self) -> None:
        page = self.draft.page
        if page is not None:
            self._do(self.draft.remove_page)
            self._offer_undo(lambda: self.translator("“{name}” removed.", name=page.title))

    def _offer_undo(self, text: Callable[[], str]) -> None:
        self.session.notify(
            "quick_keys.removed",
            lambda: Notice(Tone.INFO, text(), action=self.translator("Undo"), seconds=12),
            self._undo,
        )

    def _undo(self) -> None:
        if self.draft.undo():
            self.session.withdraw("quick_keys.removed")
            self._changed()
        else:
            self.session.sounds.play(Sound.NOTE)

    def _move(self, steps: int) -> None:
        index = self.draft.index
        if index is not None:
            self._do(lambda: self.draft.move(index, index + steps))
            self._show_chosen()

    def _choose(self, index: int) -> None:
        self.draft.choose(index)
        self._present()

    def _open(self, index: int | None) -> None:
        self.draft.open(index)
        self._present()

    def _open_chosen(self) -> None:
        if self.draft.key is not None and self.draft.key.is_folder:
            self._open(self.draft.index)

    def _put(self, index: int, folder: int) -> None:
        self._do(lambda: self.draft.put(index, None if folder < 0 else folder))

    def _put_chosen(self, folder: int) -> None:
        if self.draft.index is not None:
            self._put(self.draft.index, folder)

    def _turn(self, steps: int) -> None:
        self.draft.turn(steps)
        self._present()

    def _turn_to(self, page_id: str) -> None:
        self.draft.turn_to(int(page_id))
        self._present()

    def _ask_most_sold(self) -> None:
        def take(products: Sequence[Product]) -> None:
            if not products:
                self.session.sounds.play(Sound.NOTE)
                self._say(Tone.NEARLY, lambda: self.translator("Nothing was sold in the last four weeks."))
                return
            self._do(lambda: self.draft.add_most_sold(products, self.translator("Most sold")))

        self.session.run_as(self.session.shop.edit_quick_keys.most_sold, take)

    def _back(self) -> None:
        """Esc: close the search, leave the folder; else drop what is not saved, after a question."""
        if self.search.leave():
            return
        if self.draft.folder is not None:
            self._open(None)
            return
        if self.draft.is_changed:
            if not self.may_discard("quick_keys.drop", self.draft.keys, self._back):
                return
            self.draft.drop()
            self._changed()
            self._read()
        self.search.begin()

    # ── the store ────────────────────────────────────────────────────────────────────────────────────────────

    def save(self) -> None:
        """Save everything."""
        draft, edit = self.draft, self.session.shop.edit_quick_keys
        if self._is_saving or not draft.is_changed:
            self.session.sounds.play(Sound.NOTE)
            return
        sent, seen = draft.keys, draft.seen

        def saved(edited: EditedQuickKeys) -> None:
            self._is_saving = False
            draft.saved(sent, edited)
            self.session.sounds.play(Sound.ACCEPT)
            self.session.withdraw("quick_keys.removed")
            self._say(Tone.WITHIN, lambda: self.translator("Quick keys saved."))
            self._changed()

        def failed(error: Exception) -> None:
            self._is_saving = False
            if isinstance(error, MovedMeanwhile):
                self.session.run_as(edit.all, self._meet)
            elif isinstance(error, RuleBroken):
                self._wrong(error)
            else:
                self.session.sounds.play(Sound.REFUSE)
                self.session.report_foreseen(error)

        self._is_saving = True
        self.session.run_as(lambda person: edit.save(sent, seen, person), saved, failed)

    def _meet(self, edited: EditedQuickKeys) -> None:
        """Another one has saved the same page: both stand here now, and nothing is lost."""
        titles = self.draft.meet(edited)
        self.session.sounds.play(Sound.UNKNOWN)

        def text() -> str:
            tr = self.translator
            if not titles:
                return self.session.wording(MovedMeanwhile())
            names = tr(", ").join(tr("“{name}”", name=title) for title in titles)
            return tr(
                "Another person has changed the same page. Yours is {names} now. Check both and save.", names=names
            )

        self._say(Tone.NEARLY, text)
        self._changed()

    def _import(self) -> None:
        path, edit = self.ask_open(), self.session.shop.edit_quick_keys
        if path is None:
            return

        def read(text: str) -> None:
            self.session.run_as(lambda person: edit.read(text, person), imported, self._wrong_file)

        def imported(edited: EditedQuickKeys) -> None:
            self._do(lambda: self.draft.replace_all(edited))
            self._offer_undo(lambda: self.translator("Read from {file}. Save to use it.", file=path.name))

        self.session.read_file(lambda: _text_of(path), read, self._wrong_file)

    def _export(self) -> None:
        if self.draft.is_changed:
            self.session.sounds.play(Sound.NOTE)
            self._say(Tone.NEARLY, lambda: self.translator("Save the quick keys first."))
            return
        path, edit = self.ask_save(), self.session.shop.edit_quick_keys
        if path is None:
            return

        def written(_none: None) -> None:
            self._say(Tone.WITHIN, lambda: self.translator("Saved as {file}.", file=path.name))

        self.session.run_as(lambda person: _write(path, edit.export(person)), written, self._wrong_file)

    def _wrong_file(self, error: Exception) -> None:
        self.session.sounds.play(Sound.REFUSE)
        self.session.report_foreseen(error)

    def _asked_open(self) -> Path | None:
        tr = self.translator
        name, _kind = QFileDialog.getOpenFileName(self, tr("Import"), str(Path.home()), "JSON (*.json)")
        return Path(name) if name else None

    def _asked_save(self) -> Path | None:
        proposed = str(Path.home() / "quick-keys.json")
        name, _kind = QFileDialog.getSaveFileName(self, self.translator("Export"), proposed, "JSON (*.json)")
        return Path(name) if name else None

    def _wrong(self, error: RuleBroken) -> None:
        """Say what is wrong in the words of the page, and show the page that it is about."""
        self.session.sounds.play(Sound.REFUSE)
        if isinstance(error, BadField):
            tr, pages = self.translator, self.draft.keys.pages
            names = {
                "title": tr("Name of the page"),
                "folder": tr("Name on the key"),
                "code": tr("Product"),
                "keys": tr("Quick keys"),
                "pages": tr("Pages"),
            }
            index, name = _PAGE.match(error.field), error.field.rpartition(".")[2]
            if index is not None and int(index[1]) < len(pages):
                self.draft.turn_to(pages[int(index[1])].id)
                self._present()
            error = replace(error, field=names.get(name, name))
        self.session.report(error)

    def _say(self, tone: Tone, text: Callable[[], str]) -> None:
        self.session.notify("quick_keys.said", lambda: Notice(tone, text(), seconds=8))

    # ── what is on show ──────────────────────────────────────────────────────────────────────────────────────

    def _changed(self) -> None:
        self.session.withdraw("quick_keys.drop")
        self._present()

    def _present(self) -> None:
        draft, tr = self.draft, self.translator
        page, pages = draft.page, draft.keys.pages
        self.tabs.present([Segment(str(one.id), one.title) for one in pages], "" if page is None else str(page.id))
        is_open = page is not None and draft.folder is not None
        self.tabs.setVisible(bool(pages) and not is_open)
        self.back.setVisible(is_open)
        self.folder_title.setVisible(is_open)
        if page is not None and draft.folder is not None:
            self.folder_title.setText(page.keys[draft.folder].title)
        shown = draft.shown
        self._pictures.want(key.product for key in shown if key.product is not None)
        self.grid.present([self._face(key) for key in shown], draft.index)
        self.empty.setVisible(not shown and (self._is_read or draft.is_changed))
        self.empty.present("layout-grid", *self._nothing_here(tr))
        self._area.setVisible(bool(shown))
        self.new_folder.setEnabled(not is_open)
        self.undo_button.setEnabled(draft.can_undo)
        self.save_button.setEnabled(draft.is_changed)
        self._present_form(tr)

    def _nothing_here(self, tr: Translator) -> tuple[str, str]:
        if self.draft.page is None:
            return tr("No quick keys yet"), tr("Scan or search a product, or let the most sold goods be proposed.")
        return tr("No keys here yet"), tr("Scan or search a product to add it.")

    def _face(self, key: QuickKey) -> KeyFace:
        product = None if key.product is None else self.draft.products.get(key.product)
        icon = "folder" if key.is_folder else category_icon((product and product.category) or "")
        picture = None if key.product is None else self._pictures.pixmap(key.product)
        return KeyFace(self.draft.title_of(key, self.translator.language), icon, key.colour, picture, key.is_folder)

    def _present_form(self, tr: Translator) -> None:
        draft, language = self.draft, self.translator.language
        key, index, page, pages = draft.key, draft.index, draft.page, draft.keys.pages
        key_fields = page_fields = None
        if key is not None and page is not None:
            folders = [(place, one.title) for place, one in enumerate(page.keys) if one.is_folder]
            name = draft.title_of(QuickKey(key.product), language)
            ends = index == 0, index == len(draft.shown) - 1
            key_fields = KeyFields(key.title, name, key.colour, key.is_folder, *ends, draft.folder, folders)
        if page is not None:
            page_fields = PageFields(page.title, page.roles, page == pages[0], page == pages[-1])
        self.form.present(key_fields, page_fields, tr)

    def _show_chosen(self) -> None:
        """Scroll to the chosen key."""
        index = self.draft.index
        if index is not None and index < len(self.grid.tiles):
            self._area.ensureWidgetVisible(self.grid.tiles[index])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._word_foot()

    def _word_foot(self) -> None:
        """Words on the buttons below the grid; in a narrow page some have their icon only."""
        tr, room = self.translator, self._foot.width()
        words = {
            self.new_folder: tr("New folder"),
            self.most_sold: tr("Most sold"),
            self.import_button: tr("Import"),
            self.export_button: tr("Export"),
        }
        for button, text in words.items():
            button.present(text, name=text)
        for button in reversed(words):
            if sum(one.sizeHint().width() + Space.S for one in words) - Space.S > room:
                button.present("", name=words[button])

    # ── how it stands together ───────────────────────────────────────────────────────────────────────────────

    def _connect(self) -> None:
        draft, form, grid = self.draft, self.form, self.grid
        steps: dict[IconButton, tuple[str, Callable[[], None]]] = {
            self.new_page: ("new_quick_page", self._new_page),
            self.new_folder: ("new_quick_folder", self._new_folder),
            self.most_sold: ("most_sold", self._ask_most_sold),
            self.undo_button: ("undo", self._undo),
            self.import_button: ("import_quick_keys", self._import),
            self.export_button: ("export_quick_keys", self._export),
            self.save_button: ("save_quick_keys", self.save),
        }
        for button, (_, step) in steps.items():
            button.clicked.connect(step)
        self.key_handlers = {
            **dict(steps.values()),
            "find_quick_key": self.search.begin,
            "remove_quick_key": self._remove,
            "earlier_quick_key": partial(self._move, -1),
            "later_quick_key": partial(self._move, 1),
            "next_quick_page": partial(self._turn, 1),
            "previous_quick_page": partial(self._turn, -1),
            "copy_quick_page": self._copy_page,
            "back": self._back,
        }
        self.search.product.connect(self._add_found)
        self.search.nothing.connect(self._nothing)
        self.tabs.chosen.connect(self._turn_to)
        self.back.clicked.connect(lambda: self._open(None))
        grid.chosen.connect(self._choose)
        grid.opened.connect(self._open)
        grid.moved.connect(lambda index, to: self._do(lambda: draft.move(index, to)))
        grid.put.connect(self._put)
        grid.dragged_to.connect(lambda at: self._area.ensureVisible(at.x(), at.y(), 0, Space.L))
        form.named.connect(lambda title: self._do(lambda: draft.name_key(title)))
        form.coloured.connect(lambda colour: self._do(lambda: draft.colour_key(colour)))
        form.placed.connect(self._put_chosen)
        form.moved.connect(self._move)
        form.removed.connect(self._remove)
        form.opened.connect(self._open_chosen)
        form.page_named.connect(lambda title: self._do(lambda: draft.name_page(title)))
        form.roles_given.connect(lambda roles: self._do(lambda: draft.give_roles(roles)))
        form.page_moved.connect(lambda steps: self._do(lambda: draft.move_page(steps)))
        form.page_copied.connect(self._copy_page)
        form.page_removed.connect(self._remove_page)

    def _lay_out(self) -> None:
        holder = Surface(Ground.GROUND)
        vbox(self.grid, margins=0, parent=holder)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(holder)
        head = hbox(self.back, Stretched(self.tabs), Stretched(self.folder_title), self.new_page, spacing=Space.S)
        self._foot = _Foot()
        hbox(
            Stretched(self.new_folder), Stretched(self.most_sold), self.import_button, self.export_button,
            spacing=Space.S, margins=0, parent=self._foot,
        )  # fmt: skip
        last = hbox(self.undo_button, Stretched(self.save_button), spacing=Space.S)
        main = vbox(self.search, head, Stretched(self._area), Stretched(self.empty), self._foot, last, spacing=12)
        both = MainAndSide(main, self.form, widest=_WIDTH, gap=Space.M)
        vbox(both, spacing=0, margins=(Space.L, Space.M, Space.L, Space.M), parent=self)


def _text_of(path: Path) -> str:
    """The text of a chosen file. Raises BadField."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LONGEST_FILE + 1)
    except OSError as error:
        raise BadField("FILE", "not_readable", path.name) from error
    if len(raw) > _LONGEST_FILE:
        raise BadField("FILE", "too_long", path.name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadField("FILE", "not_utf8", path.name) from error


def _write(path: Path, text: str) -> None:
    check_free(path)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InfrastructureError("file_not_writable", str(path), error.strerror or "") from error
