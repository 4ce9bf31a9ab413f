"""The differences of a stock-take with their value, before and after posting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from pos.application.stock.post_count import CountDifference, CountReview
from pos.application.text.formatting import number_text
from pos.application.text.names import STOCK_WHYS, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import listed, paragraph
from pos.domain.stock.stock_count import COUNT_REASONS, LONGEST_NOTE
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.stock.bottom_bar import bottom_bar, head_of, lay_over_bar
from pos.ui.stock.counting.count_words import difference_row, posted_row, posted_value, title_of, value_texts
from pos.ui.stock.last_scan import TotalFigure
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.layouts import Gap, Stretch, Stretched, vbox
from pos.ui.widgets.drawing.see_through import Packed
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields
from pos.ui.widgets.spoken.announcements import announce, with_pauses
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import LineHeader, LineModel, LineTable

_COLUMNS = (
    RowColumn(share=1),
    RowColumn(96, right=True),
    RowColumn(72, right=True),
    RowColumn(156),
    RowColumn(96, right=True, drops=1),
    RowColumn(144, drops=2),
)
_KEYS = ("count_recount", "count_none", "count_same", "count_print")


_DifferenceKey = tuple[int, int, int]
"""A difference: its stock-take, its product and its line."""


@dataclass(frozen=True, slots=True)
class Posted:
    """The posted document as recorded, and the current categories of its products, by code."""

    content: Mapping[str, Any]
    categories: Mapping[str, str | None]


class ReviewPage(QWidget):
    """`explained` carries (Difference, reason, note); `posted` asks to post all differences."""

    explained = Signal(object, str, str)
    posted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        theme = session.theme
        self.review: CountReview | None = None
        self.posting: Posted | None = None
        self._on_show: CountDifference | None = None
        self._notes: dict[_DifferenceKey, str] = {}
        """Notes that are typed and not entered, by their difference."""
        self._title = TextLabel(role=Role.LABEL, wrap=True)
        self.drop = KeyHint(theme, session.actions.key_text("count_drop"), "")
        self.drop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.news = TextLabel(role=Role.STRONG, wrap=True)
        self.rows = LineModel(self)
        self.table = LineTable(theme, self.rows, _COLUMNS)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._present_chosen())
        self._header = LineHeader(theme, self.table)
        self.empty = EmptyState(theme)
        self._asks = TextLabel(role=Role.TITLE, wrap=True)
        self._why = TextLabel(role=Role.LABEL, wrap=True)
        figures = range(1, len(COUNT_REASONS) + 1)
        self.reasons = [KeyHint(theme, str(at), "", checkable=True) for at in figures]
        for reason, hint in zip(COUNT_REASONS, self.reasons, strict=True):
            hint.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            hint.gives_way = True  # the next difference is chosen then
            hint.clicked.connect(lambda _checked=False, why=reason: self.choose(why))
        self.note = QLineEdit()
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.returnPressed.connect(self._write_note)
        self._hints = {key: KeyHint(theme, session.actions.key_text(key), "") for key in _KEYS}
        for hint in self._hints.values():
            hint.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.value = TotalFigure(theme, large=True)
        self.differing = TotalFigure(theme, "circle-alert", "nearly")
        self.agreed = TotalFigure(theme, "circle-check", "within")
        self.left_over = TotalFigure(theme, "circle-dashed", "muted")
        self.button = IconButton(
            theme,
            icon="check",
            key=session.actions.key_text("count_next"),
            kind=ButtonKind.PRIMARY,
            height=Size.PRIMARY,
        )
        self.button.clicked.connect(self.posted)
        self._lay_out()

    @property
    def content(self) -> Mapping[str, Any] | None:
        """The posted document as recorded."""
        return None if self.posting is None else self.posting.content

    @property
    def chosen(self) -> CountDifference | None:
        """The selected difference."""
        if self.review is None or not 0 <= self.table.current_row < len(self.review.differences):
            return None
        return self.review.differences[self.table.current_row]

    @property
    def has_typed_note(self) -> bool:
        """Whether a note is typed that is not recorded yet."""
        self._keep_note()
        return self.content is None and bool(self._noted())

    def _noted(self) -> list[int]:
        """The rows whose note is typed and not recorded."""
        differences = () if self.review is None else self.review.differences
        return [at for at, one in enumerate(differences) if self._key_of(one) in self._notes]

    def to_typed_note(self) -> None:
        """Choose a difference whose note is typed and not recorded, with the cursor in it."""
        noted = self._noted()
        if noted and self.table.current_row not in noted:
            self.table.choose(noted[0])
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def drop_note(self) -> None:
        """Put the recorded note back."""
        key = self._key_of(self._on_show)
        if key is not None:
            self._notes.pop(key, None)
        self.note.setText("" if self._on_show is None else self._on_show.note)

    def _key_of(self, one: CountDifference | None) -> _DifferenceKey | None:
        review = self.review
        return None if one is None or review is None else (review.count.number, one.product.id, one.line)

    def _keep_note(self) -> None:
        """What is typed stays with its difference while another one is chosen."""
        key = self._key_of(self._on_show)
        if key is None or self._on_show is None:
            return
        if self.note.text().strip() == self._on_show.note:  # as it would be recorded
            self._notes.pop(key, None)
        else:
            self._notes[key] = self.note.text()

    def present(self, review: CountReview, content: Posted | None = None) -> None:
        """Show a stock-take as it is, or, with `content`, as it was posted."""
        index = max(0, self.table.current_row)
        self._keep_note()
        self._on_show = None
        self.review, self.posting = review, content
        known = {self._key_of(one): one.note for one in review.differences} if content is None else {}
        number = review.count.number
        self._notes = {
            key: note for key, note in self._notes.items() if key[0] != number or known.get(key, note) != note.strip()
        }
        self._present()
        self.table.choose(index)

    def choose(self, reason: str) -> None:
        """Give the selected difference a reason, and move to the next one."""
        one = self.chosen
        if one is not None and self.content is None:
            self.explained.emit(one, reason, self.note.text())
            if not one.can_be(reason):
                return
            before = self.table.current_row
            self.table.choose(before + 1)
            self._present_chosen()
            following = self.rows.row(self.table.current_row) if self.table.current_row != before else None
            said = name_of(STOCK_WHYS, reason, self._session.translator)
            announce(self, with_pauses([said, "" if following is None else following.spoken]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digit keys choose a reason."""
        text = event.text()
        if text.isdecimal() and 1 <= int(text) <= len(COUNT_REASONS):
            if not self._session.finishing.is_double():  # pressed twice, it would explain the next difference, too
                self.choose(COUNT_REASONS[int(text) - 1])
        else:
            super().keyPressEvent(event)

    def know(self, handlers: Mapping[str, Callable[[], None]]) -> None:
        """Connect the key hints to the key handlers."""
        for key, hint in self._hints.items():
            hint.clicked.connect(handlers[key])
        self.drop.clicked.connect(handlers["count_drop"])

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self._header.name(
            tr("Product"),
            tr("Recorded stock"),
            tr("Found"),
            tr.context("pieces", "Difference"),
            tr("Value"),
            tr("Reason"),
        )
        self.table.setAccessibleName(tr("Differences"))
        self._why.setText(tr("Reason (press 1–7)"))
        self.note.setAccessibleName(tr("Note"))
        self.note.setPlaceholderText(tr("Note, then Enter"))
        for at, reason in enumerate(COUNT_REASONS):
            self.reasons[at].present(str(at + 1), name_of(STOCK_WHYS, reason, tr))
        for key, hint in self._hints.items():
            hint.present(self._session.actions.key_text(key), self._session.actions.text(key, tr))
        self.drop.present(self._session.actions.key_text("count_drop"), self._session.actions.text("count_drop", tr))
        self._present()

    def _present(self) -> None:
        tr, review, content = self._session.translator, self.review, self.content
        if review is None:
            return
        language = tr.language

        def number(value: int) -> str:
            return number_text(value, language)

        self._title.setText(title_of(review.count, tr))
        is_open = content is None and review.count.is_open
        if content is None:
            self.rows.exchange([difference_row(one, tr) for one in review.differences])
            self.value.present(*value_texts(review, tr))
        else:
            kinds = {} if self.posting is None else self.posting.categories
            self.rows.exchange(
                [posted_row(one, content["currency"], kinds.get(one["code"]), tr) for one in content["differences"]]
            )
            self.value.present(*posted_value(content, tr))
        self.differing.present(tr("different"), number(self.rows.rowCount()))
        self.agreed.present(tr("match"), number(review.agreed if content is None else content["agreed"]))
        rest = review.not_counted if content is None else content["not_counted"]
        self.left_over.present(tr("not counted"), number(rest))
        self._show_news(tr, review, content)
        self.button.present(tr("Post stock-take") if is_open else tr("Back to the list"))
        self.button.setEnabled(True)
        for key in ("count_recount", "count_none", "count_same"):
            self._hints[key].setVisible(is_open)
        self.drop.setVisible(is_open)
        self._hints["count_print"].setVisible(content is not None)
        self._explain.setVisible(is_open and bool(review.differences))
        self._pages.setCurrentIndex(0 if self.rows.rowCount() else 1)
        if rest and is_open:
            hint = tr("{n} not counted. Press F9 to mark them as zero. Otherwise they stay unchanged.", n=number(rest))
        elif rest:
            hint = tr("{n} not counted. Their recorded stock is unchanged.", n=number(rest))
        else:
            hint = tr("The count matches the recorded stock.")
        counted = review.agreed if content is None else content["agreed"]
        if rest and not counted:
            self.empty.present("circle-dashed", tr("Nothing was counted"), hint)
        else:
            self.empty.present("circle-check", tr("No differences"), hint)
        self._present_chosen()

    def _show_news(self, tr: Translator, review: CountReview, content: Mapping[str, Any] | None) -> None:
        sentences = []
        open_sheets = review.open_sheets if content is None and review.count.is_open else ()
        names = self._session.names
        if open_sheets:
            people = listed(tr, dict.fromkeys(names.get(sheet.person, sheet.person) for sheet in open_sheets))
            sentences.append(tr("Still counting: {people}.", people=people))
        if review.outside and content is None:
            outside = listed(tr, (one.product.name_in(tr.language) for one in review.outside[:3]))
            sentences.append(tr("Not in this stock-take: {goods}. They stay unchanged.", goods=outside))
        self.news.setText(paragraph(tr, sentences))
        self.news.set_tone(Tone.NEARLY)
        self.news.setVisible(bool(sentences))

    def _present_chosen(self) -> None:
        self._keep_note()
        self._on_show = self.chosen if self.content is None else None
        one, language = self.chosen, self._session.language
        self._asks.setText("" if one is None else one.product.name_in(language))
        for reason, hint in zip(COUNT_REASONS, self.reasons, strict=True):
            hint.setChecked(one is not None and one.reason == reason)
            hint.setEnabled(one is None or one.can_be(reason))
        key = self._key_of(one)
        self.note.setText("" if one is None else one.note if key is None else self._notes.get(key, one.note))

    def _write_note(self) -> None:
        one = self.chosen
        if one is not None:  # a note without a reason is refused, and stays
            self.explained.emit(one, one.reason, self.note.text())
        self.table.setFocus()

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        card = QWidget()
        vbox(self._header, Stretched(self.table), spacing=0, margins=0, parent=card)
        self._pages.addWidget(card)
        self._pages.addWidget(self.empty)
        left = vbox(
            head_of(self._title, self.drop),
            self.news,
            Stretched(self._pages),
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.M, 0),
        )
        self._explain = QWidget()
        vbox(
            self._asks,
            self._why,
            *self.reasons,
            Gap(Space.S),
            self.note,
            spacing=2,
            margins=(Space.S, 0, Space.S, 0),
            parent=self._explain,
        )
        panel = Surface(Ground.PANEL)
        column = vbox(
            self._explain,
            Stretch(),
            *self._hints.values(),
            spacing=Space.XS,
            margins=(Space.S, Space.M, Space.S, Space.M),
        )
        vbox(ScrolledFields(Packed(column), edge=Space.S), margins=0, parent=panel)
        lay_over_bar(
            self,
            left,
            panel,
            bottom_bar(self.value, [self.differing, self.agreed, self.left_over], self.button),
            widest=288,
        )
