"""The left side of the checkout: scan field, rows, notices, quick keys, key strip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedLayout, QWidget

from pos.application.catalogue.quick_keys import ShownPage
from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.translator import Translator
from pos.ui.approval.approval_panel import ApprovalPanel
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.notices.notice_factory import News
from pos.ui.page.thumbnails import Thumbnails
from pos.ui.sales.basket.basket_foot import BasketFoot
from pos.ui.sales.basket.basket_view import BasketHeader, BasketView
from pos.ui.sales.basket.key_strip import KeyStrip
from pos.ui.sales.basket.note_panel import NotePanel
from pos.ui.sales.basket.question_panel import QuestionPanel
from pos.ui.sales.basket.quick_keys import QuickKeys
from pos.ui.sales.basket.scan_row import ScanRow
from pos.ui.sales.basket.weigh_panel import WeighPanel
from pos.ui.sales.fill_in.fill_in_panel import FillInPanel
from pos.ui.sales.fill_in.new_goods_panel import NewGoodsPanel
from pos.ui.sales.fill_in.open_price_panel import OpenPricePanel
from pos.ui.session.session import Session
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.layouts import Gap, Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface

_ABOVE_KEYS = 12
"""Pixels between the notices and the quick keys."""
_AFTER_SCANS_MS = 120
"""A pause after the last scan: pictures are read when the row is painted, and take nothing from the next scan."""
_NEED_A_ROW = ("quantity", "discount", "void")

_STEADY_ROWS = 3 * Size.ROW
"""Height of the basket beside which the quick keys stand without giving way."""

_LEAST_ROWS = 2 * Size.ROW
"""Height that rows or the empty basket keep beside a form."""


class BasketPage(Surface):
    """Shows a CheckoutView's rows. Quick keys are shown below while the rows leave room for all of them: a key that
    moved would be another one under the finger.

    `is_insisting`: they were asked for over a long basket, of which the last rows stay on show.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.PANEL)
        self._session = session
        theme = session.theme
        self.scan = ScanRow(session, self, offers=lambda: session.sale.offers if session.sale is not None else None)
        self.header = BasketHeader(theme)
        self._pictures = Thumbnails(session, self)
        self._pictured = QTimer(self)
        self._pictured.setSingleShot(True)
        self._pictured.setInterval(_AFTER_SCANS_MS)
        self._pictured.timeout.connect(self._want_pictures)
        self.rows = BasketView(theme, self._pictures.pixmap)
        self._pictures.came.connect(self.rows.viewport().update)
        self.foot = BasketFoot(theme)
        self.empty = EmptyState(theme)
        self.news = News(theme, session.translator)
        self.fill_in, self.new_goods = FillInPanel(theme), NewGoodsPanel(theme)
        self.weigh, self.open_price = WeighPanel(theme), OpenPricePanel(theme)
        self.approval = ApprovalPanel(session)
        self.note = NotePanel(theme)
        keys = [session.actions.key_text(name) for name in ("answer_1", "answer_2", "answer_3")]
        self.question = QuestionPanel(theme, keys, session.finishing.clock)
        self.quick = QuickKeys(theme, self._pictures.pixmap, session.finishing.clock)
        self._pictures.came.connect(self.quick.pictures_came)
        self.strip = KeyStrip(theme, session.actions)
        self._count = 0
        self.is_insisting = False
        self._blank = QWidget()
        self._middle = QStackedLayout()
        self._middle.addWidget(self.empty)
        self._middle.addWidget(self.rows)
        self._middle.addWidget(self._blank)
        giving_way: tuple[QWidget, ...] = (self.empty, self.rows)
        for part in giving_way:  # the quick keys may leave them little room
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._lay_out()
        self.scan.stepped.connect(self.rows.move)
        self.rows.resized.connect(self._fit_header)
        for part in (self.foot, *self._between()):
            part.installEventFilter(self)

    def present(self, view: CheckoutView | None, tr: Translator) -> None:
        """Show the rows of `view`."""
        self.header.present(view, tr)
        if view is not None:
            self._count = len(view.lines) + len(view.back.rows())
            self.rows.present(view, tr)
            self._pictured.start()
            self.foot.present(view, tr)
            self._middle.setCurrentWidget(self.rows if self._count else self.empty)
            self.strip.enable("undo", view.can_undo)
            self.strip.enable("split", bool(view.lines) and len(view.visitors) > 1)
        for action in _NEED_A_ROW:
            self.strip.enable(action, bool(self._count))
        self.header.setVisible(bool(self._count))
        self.make_room()

    def _want_pictures(self) -> None:
        self._pictures.want(self.rows.rows.products())

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self.scan.retranslate(tr)
        self.news.retranslate(tr)
        self.fill_in.retranslate(tr)
        self.new_goods.retranslate(tr)
        self.weigh.retranslate(tr)
        self.open_price.retranslate(tr)
        self.approval.retranslate(tr)
        self.note.retranslate(tr)
        self.quick.retranslate(tr)
        self.strip.retranslate(tr)
        key = self._session.actions.key_text("search")
        self.empty.present(
            "shopping-cart", tr("The basket is empty"), tr("Scan a product, or search by name."), "", key
        )
        self.rows.setAccessibleName(tr("Basket"))

    def take_quick(self, pages: Sequence[ShownPage], tr: Translator) -> None:
        """Show these quick keys, and the pictures of now on them and on the rows."""
        self.quick.take(pages, tr)
        self._pictures.renew()
        self._pictures.want(product.id for page in pages for product in page.products())
        self._want_pictures()
        self.make_room()

    def insist_on_keys(self, *, insists: bool) -> None:
        """Show the quick keys over a long basket, or no longer."""
        if insists != self.is_insisting:
            self.is_insisting = insists
            self.make_room()

    def search(self) -> None:
        """Put the cursor into the scan field."""
        field = self.scan.box.field
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def show_keys(self) -> None:
        """The quick keys come into view, also over a long basket, and the arrows go on among them."""
        if not self.quick.has_any:
            self._session.sounds.play(Sound.NOTE)
            return
        if self.quick.isHidden():
            self.insist_on_keys(insists=True)
        self.quick.focus_first()

    def leave_keys(self) -> bool:
        """Leave a folder of the quick keys, then the keys themselves; False where neither is open."""
        cursor = QApplication.focusWidget()
        if self.quick.leave():
            return True
        is_inside = cursor is not None and self.quick.isAncestorOf(cursor)
        if not (is_inside or self.is_insisting):
            return False
        self.insist_on_keys(insists=False)
        self.search()
        return True

    def forget_goods(self) -> None:
        """Give up what is typed of goods."""
        self.fill_in.forget()
        self.new_goods.forget()
        self.open_price.forget()

    def make_room(self) -> None:
        """Show the quick keys when the rows and the other panels leave room for all of their rows.

        On a low page a form, or the question for an approval, also takes the room of the key strip; its keys go on.
        """
        taken = 0 if self.foot.isHidden() else self.foot.height()
        taken += sum(self._wanted(part) + Space.M for part in self._between() if not part.isHidden())
        is_asking = not all(form.isHidden() for form in self._between() if form is not self.news)
        needed = self.scan.height() + _LEAST_ROWS + self.strip.sizeHint().height() + taken
        self.strip.setVisible(not (is_asking and self.height() < needed))
        all_room = self.height() - self.scan.height() - Size.HEADER - self.strip.height() - _ABOVE_KEYS
        room = all_room - taken
        rows = self._rows_of_keys(all_room - _STEADY_ROWS)
        if not self._count:
            rows = rows or self._rows_of_keys(room)  # in a low window they are worth more than an empty basket
            rows = rows if self.quick.height_of(rows) <= room else 0
            is_low = room - (self.quick.height_of(rows) if rows else 0) < self.empty.minimumSizeHint().height()
            self._middle.setCurrentWidget(self._blank if is_low else self.empty)
        elif self.is_insisting:
            rows = (
                rows if rows and self.quick.height_of(rows) <= room - Size.ROW else self._rows_of_keys(room - Size.ROW)
            )
        elif not self._is_room_beside(rows, all_room, room):
            rows = 0
        if rows:
            self.quick.show_rows(rows)
        self.quick.setVisible(rows > 0)
        self.scan.offer_keys(is_offered=self.quick.has_any and (not rows or self.is_insisting))

    def _is_room_beside(self, keys: int, all_room: int, room: int) -> bool:
        """Whether so many rows of keys leave room for the whole basket, and for a row of it beside the panels."""
        height = self.quick.height_of(keys)
        return self._count * Size.ROW <= all_room - height and room - height >= Size.ROW

    def _wanted(self, part: QWidget) -> int:
        """The height of a panel, whose words may need a second line in a narrow page."""
        least = part.sizeHint().height()
        return max(least, part.heightForWidth(self.width() - 2 * Space.L)) if part.hasHeightForWidth() else least

    def _rows_of_keys(self, height: int) -> int:
        return self.quick.rows_in(self.width(), height) if self.quick.has_any else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Panels that come or go between rows and quick keys change the room for the keys."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest):
            self.make_room()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scan.reposition_popup()
        self.make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Text typed beside the field goes into it; a PIN never does."""
        if not self.approval.isHidden():
            self.approval.take_key(event)
            return
        text = event.text()
        if text and text.isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.scan.box.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.scan.box.field.insert(text)
            self.scan.box.typed.emit(self.scan.box.text())
            return
        super().keyPressEvent(event)

    def _fit_header(self) -> None:
        beside = self.rows.width() - self.rows.viewport().width()
        self.header.leave_beside(beside)
        self.foot.leave_beside(beside)

    def _between(self) -> tuple[QWidget, ...]:
        forms = self.fill_in, self.new_goods, self.open_price, self.weigh
        return self.news, self.question, *forms, self.approval, self.note

    def _lay_out(self) -> None:
        cards = vbox(*self._between(), spacing=Space.S, margins=(Space.L, Space.XS, Space.L, 0))
        vbox(
            self.scan,
            self.header,
            Stretched(self._middle),
            self.foot,
            cards,
            Gap(_ABOVE_KEYS),
            self.quick,
            self.strip,
            spacing=0,
            margins=0,
            parent=self,
        )
