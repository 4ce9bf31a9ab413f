"""The visitors of a party: one heading, one destination, and a card for each, smaller as there are more of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.border_words import destination_text
from pos.application.text.translator import Translator
from pos.domain.border import border_in_force
from pos.ui.input.actions import Actions
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.quota.party_words import companion_views
from pos.ui.sales.party.companion_card import CompanionCard
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import SeeThrough
from pos.ui.widgets.drawing.tab_order import set_tab_order_at
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.spoken.announcements import announce, with_pauses

_FEW = 4
_MOST_CHOSEN = 3
_MOST_OTHERS = 2


class PartyHeading(QWidget):
    """The number of visitors, their destination, and the buttons that change either."""

    asked = Signal()
    leaves = Signal(str)

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._destination: str | None = None
        self._who, self._where = TextLabel(role=Role.STRONG), TextLabel(role=Role.LABEL)
        height = Size.SMALL_BUTTON
        self.switch = IconButton(
            theme, icon="navigation", key=actions.key_text("destination"), kind=ButtonKind.SECONDARY, height=height
        )
        self.more = IconButton(
            theme, icon="user-plus", key=actions.key_text("visitor"), kind=ButtonKind.DASHED, height=height
        )
        self.sides = Segmented(theme, "")
        for button in (self.switch, self.more):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setFixedWidth(78)
        self.switch.clicked.connect(self._switch)
        self.more.clicked.connect(self.asked)
        self.sides.chosen.connect(self._leave)
        words = vbox(self._who, self._where, spacing=0)
        row = hbox(Stretched(words), self.switch, self.more, spacing=Space.S)
        vbox(row, self.sides, spacing=Space.S, margins=(0, Space.S, 0, Space.XS), parent=self)

    @property
    def text(self) -> str:
        """The text shown: number and destination."""
        return " · ".join(label.text() for label in (self._who, self._where) if label.text())

    def present(self, view: CheckoutView, tr: Translator) -> None:
        """Show the party of `view`; while the destination is not set, both are offered."""
        self._destination = view.destination
        count = len(view.visitors)
        self._who.setText(tr.plural("{n} visitor", "{n} visitors", count))
        self._where.setText(destination_text(view.destination, tr))
        self._where.setVisible(bool(self._where.text()))
        self.switch.present("", name=tr("Destination"))
        self.more.present("", name=tr("Companion's document"))
        self.sides.setAccessibleName(tr("Destination"))
        self.sides.present(
            [Segment(side, destination_text(side, tr), "arrow-right") for side in border_in_force().sides], ""
        )
        self.sides.setVisible(view.destination is None)
        self.switch.setVisible(view.destination is not None and len(border_in_force().sides) > 1)

    def _leave(self, side: str) -> None:
        """A side is selected when the sale goes there, not by the press: the step may be refused."""
        self.leaves.emit(side)
        self.sides.select(self._destination or "")

    def _switch(self) -> None:
        self.leaves.emit(
            next((side for side in border_in_force().sides if side != self._destination), self._destination)
        )


class PartyList(SeeThrough):
    """The cards. Two to four cards show the tightest limits as far as there is room; of more only the chosen one does.

    `chosen` carries a label; `requested` a request from a card, with the label.
    """

    chosen = Signal(str)
    requested = Signal(str, str)

    def __init__(self, theme: Theme, key_of: Callable[[str], str], zone: Callable[[], tzinfo]) -> None:
        super().__init__()
        self._theme = theme
        self._key_of, self._zone = key_of, zone
        self._translator = Translator.english()
        self._cards: list[CompanionCard] = []
        self._in_sight = ""
        self._offers_history = False
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        self.hold(self._inside)
        self.setMinimumHeight(Size.FIELD)

    def cards(self) -> list[CompanionCard]:
        """The cards shown, in the order of the visitors."""
        return [card for card in self._cards if not card.isHidden()]

    def offer_history(self, offered: bool) -> None:
        """Whether the person at the till may see what is on file of a visitor."""
        self._offers_history = offered
        for card in self._cards:
            card.offer_history(offered)

    def present(self, view: CheckoutView, tr: Translator) -> None:
        """Show the visitors of `view`."""
        self._translator = tr
        shown = companion_views(view, self._zone(), tr)
        while len(self._cards) < len(shown):
            card = CompanionCard(self._theme, self._key_of)
            card.clicked.connect(lambda _on=False, card=card: self._choose(card))
            card.requested.connect(self.requested)
            card.offer_history(self._offers_history)
            self._column.insertWidget(len(self._cards), card)
            self._cards.append(card)
            set_tab_order_at(self, [part for one in self._cards for part in (one, *one.tools())])
        self._column.setSpacing(Space.S if len(shown) <= _FEW else Space.XS)
        for index, card in enumerate(self._cards):
            card.setVisible(index < len(shown))
            if index < len(shown):
                card.present(shown[index], tr)
        self._share_room()
        if view.chosen is not None and view.chosen != self._in_sight:
            self._in_sight = view.chosen
            self._announce_chosen()
            QTimer.singleShot(0, self, self._bring_into_sight)

    def _announce_chosen(self) -> None:
        """Announce the visitor to whom the next scans go."""
        chosen = [card for card in self.cards() if card.view is not None and card.view.chosen]
        announce(
            self,
            with_pauses([text for card in chosen for text in (card.accessibleName(), card.accessibleDescription())]),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()
        QTimer.singleShot(0, self, self._bring_into_sight)

    def _share_room(self) -> None:
        """Give each card as many gauges as there is room for: the chosen card shrinks last."""
        cards = self.cards()
        counts = {card: self._wish(card, len(cards)) for card in cards}
        room = self.viewport().height() - self._column.spacing() * max(0, len(cards) - 1)
        while sum(card.height_with(count) for card, count in counts.items()) > room:
            giving = self._next_to_give(counts, room)
            if giving is None:
                break  # from here on they scroll
            counts[giving] -= 1
        for card, count in counts.items():
            card.show_gauges(count, self._translator)

    @staticmethod
    def _wish(card: CompanionCard, of: int) -> int:
        view = card.view
        if view is None:
            return 0
        if view.chosen:
            return min(_MOST_CHOSEN, len(view.gauges))
        if of > _FEW:
            return 0
        return min(_MOST_OTHERS if view.carries else 1, len(view.gauges))

    @staticmethod
    def _next_to_give(counts: dict[CompanionCard, int], room: int) -> CompanionCard | None:
        chosen = next((card for card in counts if card.view is not None and card.view.chosen), None)
        if chosen is not None and counts[chosen] > _MOST_OTHERS:
            return chosen
        others = [card for card in counts if card is not chosen and counts[card]]
        if others or chosen is None:
            return max(reversed(others), key=lambda card: counts[card], default=None)
        least = sum(card.height_with(0) for card in counts if card is not chosen) + chosen.height_with(1)
        return chosen if counts[chosen] > 1 and least <= room else None

    def _choose(self, card: CompanionCard) -> None:
        if card.view is not None:
            self.chosen.emit(card.view.label)

    def _bring_into_sight(self) -> None:
        card = next((card for card in self.cards() if card.view is not None and card.view.chosen), None)
        if card is not None:
            self._column.activate()
            height = max(self._column.minimumSize().height(), self.viewport().height())
            self._inside.resize(self.viewport().width(), height)
            if card.height() > self.viewport().height():
                self.verticalScrollBar().setValue(card.y())
            else:
                self.ensureWidgetVisible(card, 0, Space.S)
