"""The field of the shop's logo: the picture as printed, another one from a file, or none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from pos.application.settings.setting_kinds import LOGO_HIGH, logo_png
from pos.application.text.translator import Translator
from pos.ui.look.picture_reader import of_the_store
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.settings.editors import Choices, Editor
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.text_label import TextLabel


class LogoEditor(Editor):
    """`requested` carries the chosen file; its reader passes the picture back to `take`."""

    requested = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._text, self._translator = "", Translator.english()
        self.preview = TextLabel()
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setFixedHeight(LOGO_HIGH // 2 + 2 * Space.M)
        self.preview.setProperty("surface", "sunken")
        self.choose = IconButton(theme, icon="upload", height=Size.SMALL_BUTTON)
        self.none = IconButton(theme, icon="trash-2", height=Size.SMALL_BUTTON)
        self.choose.clicked.connect(self._ask)
        self.none.clicked.connect(lambda: self.take(""))
        inside = QWidget()
        column = vbox(self.preview, spacing=Space.S, margins=0, parent=inside)
        row = hbox(Stretched(self.choose), Stretched(self.none), spacing=Space.S)
        column.addLayout(row)
        self._row.addWidget(inside)
        self.setFocusProxy(self.choose)

    def put(self, text: str, _choices: Choices, tr: Translator) -> None:
        self._text, self._translator = text, tr
        self.choose.present(tr("Choose a file"))
        self.none.present(tr("No logo"))
        self.none.setEnabled(bool(text))
        if not text:
            self.preview.setPixmap(QPixmap())
            self.preview.setText(tr("No logo"))
            return
        picture = QPixmap.fromImage(of_the_store(logo_png(text)))
        room = self.preview.contentsRect().size().expandedTo(self.preview.minimumSizeHint())
        most = picture.size().boundedTo(room) if room.width() > LOGO_HIGH else picture.size() / 2
        self.preview.setPixmap(
            picture.scaled(most, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )

    def text(self) -> str:
        return self._text

    def take(self, text: str) -> None:
        """Show another picture, or none; it is saved like any other value."""
        self.put(text, (), self._translator)
        self.edited.emit()

    def _ask(self) -> None:
        kinds = self._translator("Pictures (*.png *.jpg *.jpeg *.svg)")
        name, _kind = QFileDialog.getOpenFileName(self, self._translator("Logo"), str(Path.home()), kinds)
        if name:
            self.requested.emit(Path(name))
