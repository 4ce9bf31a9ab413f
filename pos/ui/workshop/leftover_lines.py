"""What did not go into the output of a batch: which input, how many pieces, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos.application.text.formatting import date_text, number_text, pieces_text, read_count
from pos.application.text.names import name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import listed, noted
from pos.application.workshop.batch_view import BatchView
from pos.application.workshop.goods_lines import GoodsLine
from pos.application.workshop.workshop_words import LOSSES
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, RuleBroken
from pos.domain.stock.stock import Lot
from pos.domain.workshop.batch import NO_LOT, GivenBack, LostInput, MoreThanTaken
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.tab_order import set_tab_order_at
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.input_hints import DIGITS
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.tables.choices import offer

BACK = "back"
"""What came back unused; the others are the reasons of losses."""


@dataclass(frozen=True, slots=True)
class Source:
    """An input of a lot (None: of none) that a batch took; `used` pieces of it can still come back or be lost."""

    product: Product
    lot: Lot | None
    used: int

    @property
    def lot_id(self) -> int:
        """The lot; NO_LOT: of none."""
        return NO_LOT if self.lot is None else self.lot.id

    @property
    def key(self) -> str:
        return f"{self.product.id}/{self.lot_id}"


@dataclass(frozen=True, slots=True)
class Leftover:
    """Pieces of a source, and what became of them: BACK, or the reason of a loss."""

    source: Source
    pieces: int
    fate: str

    @property
    def line(self) -> GoodsLine:
        """The same as a line of a request."""
        reason = "" if self.fate == BACK else self.fate
        return GoodsLine(self.pieces, product=self.source.product.id, reason=reason, lot_id=self.source.lot_id)


def sources_of(view: BatchView) -> list[Source]:
    """What a batch took, by product and lot."""
    found: dict[str, Source] = {}
    for one in view.inputs:
        for part, lot in one.parts:
            source = Source(one.product, lot, part.used)
            before = found.get(source.key)
            found[source.key] = source if before is None else replace(source, used=before.used + part.used)
    return [source for source in found.values() if source.used]


class LeftoverLines(Surface):
    """Asks for one line after another. `changed`: the lines are others now."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CHOSEN)
        self._session = session
        self._document = ""
        self._sources: Sequence[Source] = ()
        self._lets_back = True
        self.lines: list[Leftover] = []
        self._title = TextLabel(role=Role.STRONG, wrap=True)
        self.source, self.fate = ComboBox(), ComboBox()
        for box in (self.source, self.fate):  # a long name does not make the panel wider
            box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
        self.pieces = QLineEdit()
        self.pieces.setInputMethodHints(DIGITS)
        self.pieces.setMaxLength(9)
        self._labels = [TextLabel(role=Role.LABEL) for _ in range(3)]
        self.add = IconButton(session.theme, icon="plus", key="Enter", kind=ButtonKind.TINTED, height=Size.SMALL_BUTTON)
        self.add.clicked.connect(self.take)
        self._wrong = Complaint(Role.SMALL_STRONG)
        self.pieces.textEdited.connect(lambda _text: self._forget())
        self.source.activated.connect(lambda _at: self._forget())
        self.fate.activated.connect(lambda _at: self._forget())
        self._rows: list[_Row] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.XS)
        self._lay_out()

    def begin(self, view: BatchView, *, lets_back: bool) -> None:
        """No lines yet, of this batch; `lets_back`: pieces may come back, which those that are not lost do else."""
        self._document, self._sources, self._lets_back = view.batch.document, sources_of(view), lets_back
        self.lines = []
        self.pieces.clear()
        for box in (self.source, self.fate):
            box.clear()
        self._wrong.say(None)
        self.retranslate(self._session.translator)

    @property
    def content(self) -> tuple[str, ...]:
        """The lines, and what is chosen and typed and not added yet."""
        added = (f"{one.source.key}:{one.pieces}:{one.fate}" for one in self.lines)
        return (*added, self.source.currentData() or "", self.pieces.text().strip())

    @property
    def back(self) -> list[GivenBack]:
        """The lines of what came back unused."""
        return [
            GivenBack(one.source.product.id, one.pieces, one.source.lot_id) for one in self.lines if one.fate == BACK
        ]

    @property
    def lost(self) -> list[LostInput]:
        """The lines of what is lost."""
        return [
            LostInput(one.source.product.id, one.pieces, one.fate, one.source.lot_id)
            for one in self.lines
            if one.fate != BACK
        ]

    @property
    def is_typed(self) -> bool:
        """Whether pieces are typed that were not added."""
        return bool(self.pieces.text().strip())

    @property
    def is_begun(self) -> bool:
        """Whether pieces are typed, or an input is chosen, of which nothing was added."""
        return self.is_typed or self._chosen is not None

    @property
    def _chosen(self) -> Source | None:
        key = self.source.currentData()
        return next((one for one in self._sources if one.key == key), None)

    def insist(self) -> bool:
        """Whether a line is begun that is not added yet; then say so, with the cursor in it."""
        if not self.is_begun:
            return False
        self._session.sounds.play(Sound.REFUSE)
        self._wrong.say(self._not_added)
        self.pieces.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _not_added(self) -> str:
        tr, chosen = self._session.translator, self._chosen
        if self.is_typed or chosen is None:
            return tr("Press Enter to accept this entry, or Esc to drop it.")
        goods = chosen.product.name_in(tr.language)
        return tr("{goods}: type how many pieces, or press Esc to drop this entry.", goods=goods)

    def drop_begun(self) -> bool:
        """Drop what is chosen and typed and not added; False where there is nothing."""
        was = self.is_begun
        self._begin_line()
        self._forget()
        return was

    def _begin_line(self) -> None:
        """What became of the pieces stays for the next line; their goods do not."""
        self.pieces.clear()
        self.source.setCurrentIndex(0)

    def takes(self, product: int) -> bool:
        """Whether the batch took some of a product."""
        return any(one.product.id == product for one in self._sources)

    def choose_goods(self, product: int) -> bool:
        """Choose an input that the batch took by its product; False where pieces of another entry are typed."""
        if self.is_typed and self.insist():
            return False
        found = next(one for one in self._sources if one.product.id == product)
        self.source.setCurrentIndex(self.source.findData(found.key))
        self.pieces.setFocus(Qt.FocusReason.OtherFocusReason)
        self._forget()
        return True

    def take(self) -> None:
        """Add the line that is typed."""
        try:
            line = self._read()
        except RuleBroken as error:
            said = error
            self._session.sounds.play(Sound.REFUSE)
            self._wrong.say(lambda: self._session.wording(said))
            return
        same = next((n for n, one in enumerate(self.lines) if (one.source.key, one.fate) == _of(line)), -1)
        if same >= 0:
            line = Leftover(line.source, line.pieces + self.lines[same].pieces, line.fate)
            self.lines[same] = line
        else:
            self.lines.append(line)
        self._begin_line()
        self._present_lines()
        self.source.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _read(self) -> Leftover:
        tr = self._session.translator
        source = self._chosen
        if source is None:
            raise BadField(tr("Input"), "missing")
        if not self.pieces.text().strip():
            raise BadField(tr("Pieces"), "missing")
        pieces = read_count(self.pieces.text(), tr.language, field=tr("Pieces"))
        if not pieces:
            raise BadField(tr("Pieces"), "not_positive", "0")
        fate = self.fate.currentData() or ""
        if not fate:
            raise BadField(tr("What became of them"), "missing")
        known = sum(one.pieces for one in self.lines if one.source.key == source.key)
        if pieces + known > source.used:
            raise MoreThanTaken(self._document, source.product.code, source.used, pieces + known)
        return Leftover(source, pieces, fate)

    def _remove(self, line: Leftover) -> None:
        self.lines.remove(line)
        self._present_lines()
        self.source.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _forget(self) -> None:
        self._wrong.say(None)
        self.changed.emit()

    # ── texts and layout ─────────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language; lines and choices stay."""
        title = tr("What did not go in") if self._lets_back else tr("What is lost")
        self._title.setText(title)
        names = tr("Input"), tr("Pieces"), tr("What became of them")
        for label, field, name in zip(self._labels, (self.source, self.pieces, self.fate), names, strict=True):
            label.setText(name)
            field.setAccessibleName(name)
        sources = [("", tr("choose an input")), *((one.key, self._source_text(one, tr)) for one in self._sources)]
        offer(self.source, sources, self.source.currentData() or "")
        fates = [("", tr("choose"))]
        if self._lets_back:
            fates.append((BACK, tr("unused")))
        fates += [(reason, name_of(LOSSES, reason, tr)) for reason in LOSSES]
        offer(self.fate, fates, self.fate.currentData() or "")
        self.add.present(tr("Add"))
        self._wrong.reword()
        self._present_lines()

    def _source_text(self, source: Source, tr: Translator) -> str:
        """An input with the pieces that were taken; its lot, where there are several, with what tells it from another
        of the same code.
        """
        taken, name = number_text(source.used, tr.language), source.product.name_in(tr.language)
        others = [one for one in self._sources if one.product.id == source.product.id and one is not source]
        if not others:
            return f"{taken} × {name}"
        if source.lot is None:
            return f"{taken} × {tr('no lot')} · {name}"
        is_only = all(one.lot is None or one.lot.code != source.lot.code for one in others)
        return f"{taken} × {source.lot.code if is_only else _lot_text(source.lot, tr)} · {name}"

    def _present_lines(self) -> None:
        tr = self._session.translator
        while len(self._rows) < len(self.lines):
            row = _Row(self._session, self._remove)
            self._rows.append(row)
            self._list.addWidget(row)
            set_tab_order_at(self.add, [self.add, *(one.button for one in self._rows)])
        for index, row in enumerate(self._rows):
            row.present(self.lines[index] if index < len(self.lines) else None, tr)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds the line, and letters go nowhere else."""
        if event.key() in ENTERS:
            self.take()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        for field in (self.source, self.pieces, self.fate):
            field.setFixedHeight(Size.BUTTON)
        of_source, of_pieces, of_fate = self._labels
        fields = (of_source, self.source, of_fate, self.fate, of_pieces, self.pieces, self.add)
        margins = (Space.M, 12, Space.M, 12)
        vbox(self._title, *fields, self._wrong, self._list, spacing=Space.S, margins=margins, parent=self)


def _of(line: Leftover) -> tuple[str, str]:
    return line.source.key, line.fate


def leftover_text(line: Leftover, tr: Translator) -> str:
    """A line in words."""
    name = line.source.product.name_in(tr.language)
    fate = tr("unused") if line.fate == BACK else name_of(LOSSES, line.fate, tr)
    lot = line.source.lot
    return listed(tr, [name if lot is None else f"{name} · {_lot_text(lot, tr)}", pieces_text(line.pieces, tr), fate])


def _lot_text(lot: Lot, tr: Translator) -> str:
    """The code of a lot, with the document under which it came and its last day."""
    ends = "" if lot.expiry is None else date_text(lot.expiry, tr.language)
    about = [one for one in (lot.entry, ends) if one]
    return noted(tr, lot.code, listed(tr, about)) if about else lot.code


class _Row(QWidget):
    """A line with the button that removes it."""

    def __init__(self, session: Session, remove: object) -> None:
        super().__init__()
        self._line: Leftover | None = None
        self._text = TextLabel(wrap=True)
        self.button = IconButton(session.theme, icon="x", height=Size.SMALL_BUTTON, name="x")

        def pressed() -> None:
            if self._line is not None and callable(remove):
                remove(self._line)

        self.button.clicked.connect(pressed)
        hbox(Stretched(self._text), self.button, spacing=Space.S, margins=0, parent=self)

    def present(self, line: Leftover | None, tr: Translator) -> None:
        """Show a line; None hides it."""
        self._line = line
        if line is not None:
            text = leftover_text(line, tr)
            self._text.setText(text)
            self.button.present("", name=tr("Remove {goods}", goods=text))
        self.setVisible(line is not None)
