"""Open questions about visitors before payment: each is asked once, and only its answer continues."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from pos.application.quota.open_questions import BIRTH_DATE, DESTINATION, ENTRIES, WEIGHT
from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.border_words import country_text, destination_text
from pos.application.text.translator import Translator
from pos.application.visitors.known_entries import ASKED_DAYS
from pos.domain.border import border_in_force
from pos.domain.visitors.visitor import Visitor
from pos.ui.look.sounds import Sound
from pos.ui.quota.party_words import called, names_in
from pos.ui.sales.basket.question_panel import MOST, QuestionPanel
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.sales.party.visitor_steps import VisitorSteps
from pos.ui.session.session import Session


class Questions(QObject):
    """Owns the panel below the rows. `settled` means that the requested payment may open now.

    Two questions are asked at once and block nothing: who shops together, and the destination of a visitor whose
    document is from the other side. Other facts that the evaluation depends on are asked before payment. `entries` asks
    for a visitor's days (by label), `document` for a document, `weight` for that of the parcel, in their own panels.
    """

    settled = Signal()
    entries = Signal(str)
    document = Signal()
    weight = Signal()

    def __init__(
        self, session: Session, counter: CheckoutController, panel: QuestionPanel, visitors: VisitorSteps
    ) -> None:
        super().__init__(panel)
        self._session = session
        self._counter = counter
        self._visitors = visitors
        self._panel = panel
        self._asked: tuple[str, str] | None = None
        self._is_paying = False
        self._basket: object = None
        """The basket about which the standing question is; a changed one that needs no answer is not paid unasked."""
        self._side: str | None = None
        """The side of the sale in the last view."""
        panel.answered.connect(self.answer)
        visitors.switching.connect(self._pay_later)

    def key_handlers(self) -> dict[str, Callable[[], None]]:
        """The key handlers of the answers, by action."""
        return {f"answer_{index + 1}": partial(self.answer, index) for index in range(MOST)}

    def insist(self) -> bool:
        """Before payment: ask the first open question of a basket with goods; False if there is none."""
        view = self._counter.view
        has_goods = view is not None and bool(view.lines or view.back.pieces)
        asked = next(iter(view.open_questions), None) if view is not None and has_goods else None
        if view is None or asked is None:
            self.leave()
            return False
        if asked != self._asked or not self._is_paying:
            self._session.sounds.play(Sound.NOTE)
        self._asked, self._is_paying, self._basket = asked, True, _basket(view)
        self._present(view)
        return True

    def _pay_later(self) -> None:
        self._is_paying = False

    def look_again(self, view: CheckoutView) -> None:
        """Continue once the question is answered; drop it with its visitor or its basket."""
        before = self._asked
        self._continue(view)
        self._side = view.destination
        if before is not None and self._asked not in (None, before):
            self._session.finishing.turned()  # the same key, pressed twice, would answer this one as well

    def _continue(self, view: CheckoutView) -> None:
        paying, before, basket = self._is_paying, self._asked, _basket(view)
        if before is not None and before[1] == DESTINATION and self._has_turned(view, before[0]):
            paying = False  # first the others' allowance on the other side has to be seen
        if paying and before in view.open_questions:
            self._basket = basket
            self._present(view)
            return
        paying = paying and basket == self._basket
        self._is_paying, self._asked = False, _at_once(view)
        self._present(view)
        here = {one.visitor.label for one in view.visitors}
        if paying and before is not None and before[0] in here and view.lines and not self.insist():
            self.settled.emit()

    def _has_turned(self, view: CheckoutView, label: str) -> bool:
        """Whether the answer about one visitor has led the others to another side; it is said where it has."""
        labels = {one.visitor.label for one in view.visitors}
        if self._side is None or view.destination in (None, self._side) or not labels - {label, *view.strangers}:
            return False
        self._visitors.undo.say(lambda tr: _turned_text(view, tr), "arrow-right-left", view)
        return True

    def leave(self) -> bool:
        """Esc, or another sale: drop the requested payment; False if there was none."""
        was, self._is_paying = self._is_paying, False
        view = self._counter.view
        self._asked = None if view is None else _at_once(view)
        if view is not None:
            self._present(view)
        return was

    def retranslate(self, _tr: Translator) -> None:
        """Ask in another language."""
        if self._counter.view is not None:
            self._present(self._counter.view)

    def answer(self, index: int) -> None:
        """Give the answer with this index, by its button or its key; without a question do nothing."""
        person = self._session.person
        if self._asked is None or person is None:
            return
        label, about = self._asked
        if about == TOGETHER and self._counter.on_the_way.is_behind():
            return  # who is scanned by now is no part of what was asked
        view = self._counter.view
        visitor = None if view is None else _find(view, label)
        if about == TOGETHER and index == 0:
            self._counter.change(Checkout.shop_together)
        elif about == TOGETHER and index == 1:
            self._visitors.part_strangers()
        elif about == DESTINATION and index < len(border_in_force().sides):
            self._counter.change(
                lambda checkout: checkout.answer(label, about, border_in_force().sides[index], person), visitor
            )
        elif about == ENTRIES:
            self._answer_entries(label, index)
        elif about == WEIGHT and index == 0:
            self.weight.emit()
        elif about == BIRTH_DATE and index == 0:
            self.document.emit()
        elif about == BIRTH_DATE and index == 1:
            self._counter.change(lambda checkout: checkout.answer(label, about, "", person), visitor)

    def _answer_entries(self, label: str, index: int) -> None:
        view = self._counter.view
        if index == 1:
            self.entries.emit(label)
        elif index == 0:
            self._visitors.record_entry_dates(label, ())
        elif view is not None:
            for one in _asked_for_entries(view):
                self._visitors.record_entry_dates(one, ())

    def _present(self, view: CheckoutView) -> None:
        tr = self._session.translator
        visitor = None if self._asked is None else _find(view, self._asked[0])
        if self._asked is None or visitor is None:
            self._panel.hide()
        elif self._asked[1] == TOGETHER:
            self._panel.ask(*strangers_text(view, tr))
        elif self._asked[1] == WEIGHT and view.too_light is not None:
            self._panel.ask(self._session.wording(view.too_light), (tr("Change parcel"),))
        else:
            others = view.visitors if self._asked[1] == DESTINATION else _asked_for_entries(view)
            self._panel.ask(*question_text(self._asked[1], visitor, tr, several=len(others) > 1))


TOGETHER = "together"


def _basket(view: CheckoutView) -> object:
    """The goods, what they come to, and who carries them."""
    rows = tuple((row.line.product.id, row.line.quantity, row.line.carrier) for row in view.lines)
    return rows, view.total, view.back.pieces


def _at_once(view: CheckoutView) -> tuple[str, str] | None:
    """The questions asked before any payment request; a visitor who may be removed is not asked for a destination."""
    if view.strangers:
        return view.strangers[0], TOGETHER
    if view.destination is None:  # the visitor panel asks for it
        return None
    return next((one for one in view.open_questions if one[1] == DESTINATION), None)


def _asked_for_entries(view: CheckoutView) -> list[str]:
    return [label for label, about in view.open_questions if about == ENTRIES]


def no_entries_asked(view: CheckoutView | None, tr: Translator) -> str:
    """Why the chosen visitor is not asked for days of entry: there are none to ask for, or the answer is known.

    Whether goods have such a limit depends on the visitor and their way; of goods of another visitor, or to come,
    nothing is said.
    """
    visitors = () if view is None else view.visitors
    if not visitors:
        return tr("Scan the visitor's document first. It is needed for the allowance.")
    if view is not None and view.destination is None:
        return tr("Choose the visitor's destination.")
    chosen = next((one for one in visitors if view is not None and one.visitor.label == view.chosen), None)
    if chosen is not None and chosen.limited_by_entries:
        return tr("The question about entry days is already answered.")
    if view is not None and not view.lines:
        return tr("The basket is empty. Scan something first.")
    if view is not None and chosen is not None and all(row.line.carrier != view.chosen for row in view.lines):
        return tr("{visitor} has no goods in this sale.", visitor=called(chosen.visitor))
    return tr("These goods have no limit that depends on entry days.")


def _turned_text(view: CheckoutView, tr: Translator) -> str:
    side = destination_text(view.destination or "", tr)
    everyone = tr(", ").join(called(one.visitor) for one in view.visitors)
    return tr("{visitors} leave to one side: {side}. Check their allowances.", side=side, visitors=everyone)


def _find(view: CheckoutView, label: str) -> Visitor | None:
    return next((one.visitor for one in view.visitors if one.visitor.label == label), None)


def question_text(
    about: str, visitor: Visitor, tr: Translator, *, several: bool = False
) -> tuple[str, tuple[str, ...]]:
    """A question about a visitor and its answers; with `several` visitors it concerns all of them."""
    name = called(visitor)
    if about == DESTINATION:
        return destination_question(visitor, tr, several=several)
    if about == ENTRIES:
        text = tr("{visitor}: other entries in the last {n} days?", visitor=name, n=ASKED_DAYS)
        return text, (tr("No"), tr("Days …"), *((tr("No for all"),) if several else ()))
    assert about == BIRTH_DATE
    text = tr("{visitor}: date of birth unknown. The allowance depends on it.", visitor=name)
    return text, (tr("Scan or type the document"), tr("Continue without it"))


def destination_question(visitor: Visitor, tr: Translator, *, several: bool = False) -> tuple[str, tuple[str, ...]]:
    """Ask for the destination of a visitor whose document is from the other side; of `several` all go to one side."""
    sides = tuple(destination_text(side, tr) for side in border_in_force().sides)
    if not visitor.residence:
        return tr("{visitor}: destination?", visitor=called(visitor)), sides
    country = country_text(visitor.residence, tr)
    said = {"visitor": called(visitor), "country": country}
    if several:
        return tr("{visitor} has a document of {country}. All visitors leave to one side. Which?", **said), sides
    return tr("{visitor} has a document of {country}. Destination?", **said), sides


def strangers_text(view: CheckoutView, tr: Translator) -> tuple[str, tuple[str, ...]]:
    """Ask whether a visitor without goods and those added since shop together."""
    idle = [one.visitor for one in view.visitors if one.visitor.label in view.strangers]
    newest = view.visitors[-1].visitor
    if len(idle) == 1:
        first, second = called(idle[0]), called(newest)
        text = tr("Do {first} and {second} shop together? {first} has no goods.", first=first, second=second)
    else:
        text = tr.plural(
            "{n} visitor has no goods. Do all visitors shop together?",
            "{n} visitors have no goods. Do all visitors shop together?",
            len(idle),
        )
    return text, (tr.context("visitors", "Together"), tr("Only {visitor}", visitor=names_in(view)[newest.label]))
