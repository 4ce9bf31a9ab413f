"""Beside the grid: the chosen key with its name, colour and folder, and the page with its name and roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QScrollArea, QSizePolicy, QWidget

from pos.application.text.names import ROLES as ROLE_NAMES
from pos.application.text.names import name_of
from pos.application.text.translator import N_, Translator
from pos.domain.catalogue.quick_keys import COLOURS, LONGEST_TITLE
from pos.domain.staff.rights import ROLES
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.page.form_page import FormRow
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.drawn_button import DrawnButton, Look
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.buttons.tile_button import tile_ground
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.plain_tip import plain_tip
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.combo_box import ComboBox

COLOUR_NAMES = {
    "": N_("No colour"), "red": N_("Red"), "orange": N_("Orange"), "yellow": N_("Yellow"), "green": N_("Green"),
    "blue": N_("Blue"), "purple": N_("Purple"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeyFields:
    """What the form shows of the chosen key; `folder` is where it is, None for the page itself."""

    title: str
    product: str
    colour: str
    is_folder: bool
    is_first: bool
    is_last: bool
    folder: int | None = None
    folders: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True, slots=True)
class PageFields:
    """What the form shows of the page."""

    title: str
    roles: tuple[str, ...]
    is_first: bool
    is_last: bool


class Swatch(DrawnButton):
    """A colour of the palette; the chosen one bears a tick."""

    def __init__(self, theme: Theme, colour: str) -> None:
        super().__init__(theme)
        self.tint = colour
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(Size.SMALL_BUTTON)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(Size.SMALL_BUTTON, Size.SMALL_BUTTON)

    def present(self, name: str) -> None:
        """Name it in another language."""
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        is_chosen = self.isChecked()
        self.draw_ground(painter, Look(tile_ground(self.tint), "text" if is_chosen else "line_strong", "text"))
        if is_chosen:
            box = QRect(0, 0, 20, 20)
            box.moveCenter(self.rect().center())
            self.theme.icons.paint(painter, "check", "text", box.x(), box.y(), box.width())


class KeyForm(Surface):
    """Signals carry what was typed or chosen: of the key `named`, `coloured`, `placed` (a folder, or -1 for the page),
    `moved` (-1, 1), `removed` and `opened`; of the page `page_named`, `roles_given`, `page_moved`, `page_copied` and
    `page_removed`.
    """

    named = Signal(str)
    coloured = Signal(str)
    placed = Signal(int)
    moved = Signal(int)
    removed = Signal()
    opened = Signal()
    page_named = Signal(str)
    roles_given = Signal(object)
    page_moved = Signal(int)
    page_copied = Signal()
    page_removed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        self._session = session
        theme = session.theme

        def small(icon: str) -> IconButton:
            button = IconButton(theme, icon=icon, height=Size.SMALL_BUTTON)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            return button

        self._is_filling = False
        self._key_title = TextLabel(role=Role.TITLE, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_TITLE)
        self._name_row = FormRow(self.name)
        self._colour_label = TextLabel(role=Role.LABEL)
        self.swatches = [Swatch(theme, colour) for colour in ("", *COLOURS)]
        self.folder = ComboBox()
        self._folder_row = FormRow(self.folder)
        self.open = small("folder")
        self.left, self.right = small("arrow-left"), small("arrow-right")
        self.remove = small("trash-2")
        self._page_title = TextLabel(role=Role.TITLE)
        self.page_name = QLineEdit()
        self.page_name.setMaxLength(LONGEST_TITLE)
        self._page_row = FormRow(self.page_name)
        self._roles_label = TextLabel(role=Role.LABEL, wrap=True)
        self.roles = {role: QCheckBox() for role in ROLES}
        self.page_left, self.page_right = small("arrow-left"), small("arrow-right")
        self.copy, self.page_remove = small("copy"), small("trash-2")
        for button in (self.remove, self.copy, self.page_remove):
            button.gives_way = True  # the next key or page stands there then
        self._connect()
        self._lay_out()

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self._name_row.present(tr("Name on the key"))
        self._colour_label.setText(tr("Colour"))
        for swatch in self.swatches:
            swatch.present(tr(COLOUR_NAMES[swatch.tint]))
        self._folder_row.present(tr("Folder"))
        self.open.present(tr("Open folder"))
        self.left.present("", name=tr("Move left"))
        self.right.present("", name=tr("Move right"))
        self.remove.present(tr("Remove key"))
        self._page_title.setText(tr("Page"))
        self._page_row.present(tr("Name of the page"))
        self._roles_label.setText(tr("Only for these roles (none: for all)"))
        for role, check in self.roles.items():
            check.setText(name_of(ROLE_NAMES, role, tr))
        self.page_left.present("", name=tr("Move page left"))
        self.page_right.present("", name=tr("Move page right"))
        self.copy.present(tr("Copy page"))
        self.page_remove.present(tr("Remove page"))
        self._hint.setText(tr("Choose a key to name it, colour it or move it. Drag it with the mouse or a finger."))

    def present(self, key: KeyFields | None, page: PageFields | None, tr: Translator) -> None:
        """Show the chosen key and the page; None where there is none."""
        self._is_filling = True
        for part in self._of_key:
            part.setVisible(key is not None)
        self._hint.setVisible(key is None)
        self._key_title.setText(tr("Quick key") if key is None else key.title or key.product)
        if key is not None:
            self._present_key(key, tr)
        self.setEnabled(page is not None)
        if page is not None:
            _write(self.page_name, page.title)
            rights = self._session.settings.rights
            for role, check in self.roles.items():
                check.setChecked(role in page.roles)
                check.setVisible(role in page.roles or rights.of(role).may("sell"))  # the others see no checkout
            self.page_left.setEnabled(not page.is_first)
            self.page_right.setEnabled(not page.is_last)
        else:
            self.page_name.clear()
        self._is_filling = False

    def _present_key(self, key: KeyFields, tr: Translator) -> None:
        _write(self.name, key.title)
        self.name.setPlaceholderText(key.product)
        for swatch in self.swatches:
            swatch.setChecked(swatch.tint == key.colour)
        self._folder_row.setVisible(not key.is_folder and bool(key.folders))
        self.open.setVisible(key.is_folder)
        options = [(-1, tr("On the page itself")), *key.folders]
        if [self.folder.itemData(row) for row in range(self.folder.count())] != [index for index, _ in options]:
            self.folder.clear()
            for index, title in options:
                self.folder.addItem(title, index)
        for row, (_, title) in enumerate(options):
            self.folder.setItemText(row, title)
        self.folder.setCurrentIndex(max(0, self.folder.findData(-1 if key.folder is None else key.folder)))
        self.left.setEnabled(not key.is_first)
        self.right.setEnabled(not key.is_last)

    def begin(self) -> None:
        """Name the chosen key."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def begin_page(self) -> None:
        """Name the page."""
        self.page_name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.page_name.selectAll()

    def _connect(self) -> None:
        self.name.textEdited.connect(self.named)
        self.page_name.textEdited.connect(self.page_named)
        for swatch in self.swatches:
            swatch.clicked.connect(partial(self._colour, swatch.tint))
        self.folder.activated.connect(lambda _row: self.placed.emit(int(self.folder.currentData())))
        self.open.clicked.connect(self.opened)
        self.left.clicked.connect(lambda: self.moved.emit(-1))
        self.right.clicked.connect(lambda: self.moved.emit(1))
        self.remove.clicked.connect(self.removed)
        for check in self.roles.values():
            check.toggled.connect(self._give_roles)
        self.page_left.clicked.connect(lambda: self.page_moved.emit(-1))
        self.page_right.clicked.connect(lambda: self.page_moved.emit(1))
        self.copy.clicked.connect(self.page_copied)
        self.page_remove.clicked.connect(self.page_removed)

    def _colour(self, colour: str) -> None:
        self.coloured.emit(colour)

    def _give_roles(self, _on: bool) -> None:
        if not self._is_filling:
            self.roles_given.emit(tuple(role for role, check in self.roles.items() if check.isChecked()))

    def _lay_out(self) -> None:
        swatches = QGridLayout()
        swatches.setSpacing(Space.S)
        for index, swatch in enumerate(self.swatches):
            swatches.addWidget(swatch, *divmod(index, 4))
        self._palette = QWidget()
        vbox(self._colour_label, swatches, spacing=Space.XS, margins=0, parent=self._palette)
        self._steps = QWidget()
        hbox(Stretched(self.left), Stretched(self.right), spacing=Space.S, margins=0, parent=self._steps)
        self._of_key = (self._name_row, self._palette, self._folder_row, self.open, self._steps, self.remove)
        roles = hbox(*self.roles.values(), Stretch(), spacing=Space.M)
        page_steps = hbox(Stretched(self.page_left), Stretched(self.page_right), spacing=Space.S)
        body = Surface(Ground.PANEL)
        vbox(
            self._key_title, self._hint, *self._of_key, Line(), self._page_title, self._page_row,
            self._roles_label, roles, page_steps, self.copy, self.page_remove, Stretch(),
            spacing=12, margins=Space.M, parent=body,
        )  # fmt: skip
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        vbox(area, spacing=0, margins=1, parent=self)


def _write(field: QLineEdit | QComboBox, text: str) -> None:
    """Set the text only where it differs: setting it would move the cursor of a person who types there."""
    if isinstance(field, QLineEdit) and field.text() != text:
        field.setText(text)
