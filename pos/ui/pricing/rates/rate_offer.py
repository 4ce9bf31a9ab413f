"""A file of rates that lies in the shop's folder: looked for beside the work, offered on the page and by its badge."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.pricing.offer_rates import OfferedRates
from pos.application.text.formatting import date_text
from pos.application.text.names import BANK_NAMES
from pos.application.text.translator import Translator
from pos.domain.errors import InfrastructureError, RuleBroken
from pos.domain.staff.staff import Person
from pos.ui.look.theme import Space
from pos.ui.session.background import Background
from pos.ui.session.rail_figures import RATE_FILES
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel


class RateOffer(QObject):
    """Looks when a person who may set rates has come, at the start of a day, and when the page asks.

    On a thread of its own: the folder may be on a computer that does not answer. Nothing is taken from it.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._thread = Background("rate files", self)
        self.offered: OfferedRates | None = None
        self.trouble: Exception | None = None
        """Why the folder could not be looked into."""
        session.person_changed.connect(self._person_changed)
        session.day_began.connect(self.look)
        self.look()

    @property
    def is_idle(self) -> bool:
        """Whether no one looks."""
        return self._thread.is_idle

    def look(self) -> None:
        """Look into the folder, if there is one and no one looks already."""
        session, person = self._session, self._session.person
        if person is None or not person.may("rates") or session.is_away or not session.settings.rate_folder:
            self._take(None, None)
            return
        if self._thread.is_idle:
            self._thread.run(partial(session.shop.offer_rates, person), partial(self._seen, person), self._failed)

    def stop(self) -> None:
        """Look no more."""
        self._thread.leave()

    def _person_changed(self, person: Person | None) -> None:
        self._take(None, None)
        if person is not None:
            self.look()

    def _seen(self, person: Person, offered: OfferedRates | None) -> None:
        now = self._session.person
        if now is not None and now.name == person.name:
            self._take(offered, None)

    def _failed(self, error: Exception) -> None:
        self._take(None, error)
        if not isinstance(error, RuleBroken | InfrastructureError):
            self._session.report(error)

    def _take(self, offered: OfferedRates | None, trouble: Exception | None) -> None:
        self.offered, self.trouble = offered, trouble
        self._session.figures.take(RATE_FILES, int(offered is not None))
        self.changed.emit()


class OfferCard(QWidget):
    """Says what is offered, with the button that shows it; not there while nothing is."""

    wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._text = TextLabel(role=Role.STRONG, wrap=True)
        key = session.actions.key_text("offered_rates")
        self.button = IconButton(session.theme, icon="folder", key=key)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.wanted)
        vbox(self._text, self.button, spacing=Space.S, margins=0, parent=self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is not there."""
        return "" if self.isHidden() else self._text.text()

    def present(self, offer: RateOffer, tr: Translator) -> None:
        """Show an offer, or why the folder could not be looked into."""
        offered, trouble = offer.offered, offer.trouble
        self.setVisible(offered is not None or trouble is not None)
        self.button.setVisible(offered is not None)
        self.button.present(tr("Rates from the folder"))
        if offered is not None:
            bank, day = tr(BANK_NAMES[offered.bank]), date_text(offered.day, tr.language)
            self._text.setText(tr("New in the folder: {bank}, {day}.", bank=bank, day=day))
        elif trouble is not None:
            self._text.setText(self._session.wording(trouble))
