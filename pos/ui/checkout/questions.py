"""What is asked before payment: each open question about a visitor once, and nothing but its answer goes on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from pos.application.checkout import Checkout
from pos.application.checkout_view import CheckoutView
from pos.application.known_entries import ASKED_DAYS
from pos.application.names import COUNTRIES, DESTINATIONS
from pos.application.open_questions import BIRTH_DATE, DESTINATION, ENTRIES
from pos.application.words import Words
from pos.domain.visitor import DESTINATIONS as SIDES
from pos.domain.visitor import Visitor
from pos.ui.checkout.counter import Counter
from pos.ui.checkout.party_words import called, names_in
from pos.ui.checkout.question_panel import MOST, QuestionPanel
from pos.ui.checkout.visitor_steps import VisitorSteps
from pos.ui.session import Session
from pos.ui.sounds import Sound


class Questions(QObject):
    """Owns the panel below the rows. `settled`: the payment that was asked for may be opened now.

    Who shops together, and to which side a visitor with a paper of the other one leaves, is asked at once and holds
    nothing up; what else a verdict hangs on is asked before payment. `entries` wants the days of a visitor (by label),
    and `document` a paper, in their own places.
    """

    settled = Signal()
    entries = Signal(str)
    document = Signal()

    def __init__(self, session: Session, counter: Counter, panel: QuestionPanel, visitors: VisitorSteps) -> None:
        super().__init__(panel)
        self._session = session
        self._counter = counter
        self._visitors = visitors
        self._panel = panel
        self._asked: tuple[str, str] | None = None
        self._is_paying = False
        panel.answered.connect(self.answer)

    def steps(self) -> dict[str, Callable[[], None]]:
        """What the keys of the answers do, by action."""
        return {f"answer_{place + 1}": partial(self.answer, place) for place in range(MOST)}

    def insist(self) -> bool:
        """Payment: ask the first open question of a basket with goods; False where there is none."""
        view = self._counter.view
        has_goods = view is not None and bool(view.lines or view.back.pieces)
        asked = next(iter(view.open_questions), None) if view is not None and has_goods else None
        if view is None or asked is None:
            self.leave()
            return False
        if asked != self._asked or not self._is_paying:
            self._session.sounds.play(Sound.NOTE)
        self._asked, self._is_paying = asked, True
        self._present(view)
        return True

    def look_again(self, view: CheckoutView) -> None:
        """Go on once the question is answered; it goes where its visitor or its basket has gone."""
        paying, before = self._is_paying, self._asked
        if paying and before in view.open_questions:
            self._present(view)
            return
        self._is_paying, self._asked = False, _at_once(view)
        self._present(view)
        here = {one.visitor.label for one in view.visitors}
        if paying and before is not None and before[0] in here and view.lines and not self.insist():
            self.settled.emit()

    def leave(self) -> bool:
        """Esc, or another sale: the payment is not asked for any more; False where it was not."""
        was, self._is_paying = self._is_paying, False
        view = self._counter.view
        self._asked = None if view is None else _at_once(view)
        if view is not None:
            self._present(view)
        return was

    def retranslate(self, _words: Words) -> None:
        """Ask in another language."""
        if self._counter.view is not None:
            self._present(self._counter.view)

    def answer(self, place: int) -> None:
        """The answer at this place, by its button or its key; nothing where nothing is asked."""
        person = self._session.person
        if self._asked is None or person is None:
            return
        label, about = self._asked
        if about == TOGETHER and place == 0:
            self._counter.change(Checkout.shop_together)
        elif about == TOGETHER and place == 1:
            self._visitors.part_strangers()
        elif about == DESTINATION and place < len(SIDES):
            self._counter.change(lambda checkout: checkout.answer(label, about, SIDES[place], person))
        elif about == ENTRIES:
            self._answer_entries(label, place)
        elif about == BIRTH_DATE and place == 0:
            self.document.emit()
        elif about == BIRTH_DATE and place == 1:
            self._counter.change(lambda checkout: checkout.answer(label, about, "", person))

    def _answer_entries(self, label: str, place: int) -> None:
        view = self._counter.view
        if place == 1:
            self.entries.emit(label)
        elif place == 0:
            self._visitors.tell_entries(label, ())
        elif view is not None:
            for one in _asked_for_entries(view):
                self._visitors.tell_entries(one, ())

    def _present(self, view: CheckoutView) -> None:
        words = self._session.words
        visitor = None if self._asked is None else _find(view, self._asked[0])
        if self._asked is None or visitor is None:
            self._panel.hide()
        elif self._asked[1] == TOGETHER:
            self._panel.ask(*strangers_text(view, words))
        else:
            more = len(_asked_for_entries(view)) > 1
            self._panel.ask(*question_text(self._asked[1], visitor, words, several=more))


TOGETHER = "together"


def _at_once(view: CheckoutView) -> tuple[str, str] | None:
    """What is asked before any payment; of a visitor who may go no side is asked."""
    if view.strangers:
        return view.strangers[0], TOGETHER
    if view.destination is None:  # the panel of the visitors asks for it
        return None
    return next((one for one in view.open_questions if one[1] == DESTINATION), None)


def _asked_for_entries(view: CheckoutView) -> list[str]:
    return [label for label, about in view.open_questions if about == ENTRIES]


def no_entries_asked(view: CheckoutView | None, words: Words) -> str:
    """Why the chosen visitor is not asked for days of entry: there are none to ask for, or the answer is known."""
    visitors = () if view is None else view.visitors
    if any(one.limited_by_entries for one in visitors if view is not None and one.visitor.label == view.chosen):
        return words("The question about entry days is already answered.")
    return words("These goods have no limit that depends on entry days.")


def _find(view: CheckoutView, label: str) -> Visitor | None:
    return next((one.visitor for one in view.visitors if one.visitor.label == label), None)


def question_text(about: str, visitor: Visitor, words: Words, *, several: bool = False) -> tuple[str, tuple[str, ...]]:
    """A question about a visitor, and its answers; `several` are asked for their days of entry."""
    name = called(visitor)
    if about == DESTINATION:
        return destination_text(visitor, words)
    if about == ENTRIES:
        text = words("{visitor}: other entries in the last {n} days?", visitor=name, n=ASKED_DAYS)
        return text, (words("No"), words("Days …"), *((words("No for all"),) if several else ()))
    assert about == BIRTH_DATE
    text = words("{visitor}: date of birth unknown. The allowance depends on it.", visitor=name)
    return text, (words("Scan or type the document"), words("Continue without it"))


def destination_text(visitor: Visitor, words: Words) -> tuple[str, tuple[str, ...]]:
    """To which side a visitor leaves whose paper is from the other one."""
    sides = tuple(words(DESTINATIONS[side]) for side in SIDES)
    if visitor.residence not in COUNTRIES:
        return words("{visitor}: destination?", visitor=called(visitor)), sides
    country = words(COUNTRIES[visitor.residence])
    return words("{visitor} has a document of {country}. Destination?", visitor=called(visitor), country=country), sides


def strangers_text(view: CheckoutView, words: Words) -> tuple[str, tuple[str, ...]]:
    """Whether a visitor without goods and those who came since shop together."""
    idle = [one.visitor for one in view.visitors if one.visitor.label in view.strangers]
    newest = view.visitors[-1].visitor
    if len(idle) == 1:
        first, second = called(idle[0]), called(newest)
        text = words("Do {first} and {second} shop together? {first} has no goods.", first=first, second=second)
    else:
        text = words.plural(
            "{n} visitor has no goods. Do all visitors shop together?",
            "{n} visitors have no goods. Do all visitors shop together?",
            len(idle),
        )
    return text, (words.within("visitors", "Together"), words("Only {visitor}", visitor=names_in(view)[newest.label]))
