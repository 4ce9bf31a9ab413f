"""The steps of the chosen order: each asks what it needs, does one transaction, and shows what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from pos.application.pickup.deposits import DepositDraft, GivenBack
from pos.application.pickup.order_steps import Cancelled
from pos.application.text.formatting import money_text
from pos.application.text.names import METHODS, name_of
from pos.application.text.pickup_words import NO_SHOW_TERMS, ORDER_STATES
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.domain.errors import RuleBroken
from pos.domain.pickup.customer_order import CustomerOrder, OrderState, closing_of
from pos.domain.pickup.deposit import GIVE_BACK, Deposit
from pos.domain.pickup.pickup_code import PickupCode
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.page.step_once import StepOnce
from pos.ui.pickup.order_panel import PickupPanel
from pos.ui.pickup.packing import Packing
from pos.ui.pickup.paper_news import Papers
from pos.ui.pickup.questions import Question
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

T = TypeVar("T")
R = TypeVar("R", bound=CustomerOrder | Cancelled)

_SECONDS = 10
_SHORTEST_CODE = 8
"""The digits of the shortest code that makers print; no shelf has a number as long."""


class PickupSteps(QObject):
    """`changed` carries the order after a step, None after one that was not done: the lists are read again. `handed`
    carries the code of an order whose basket is to be opened at the checkout.
    """

    changed = Signal(object)
    handed = Signal(str)

    def __init__(self, session: Session, panel: PickupPanel) -> None:
        super().__init__(panel)
        self._session, self._panel = session, panel
        self._once, self._papers = StepOnce(session), Papers(session)
        self.packing = Packing(session, panel)
        panel.place.given.connect(self._pack)
        panel.why.given.connect(self._cancel)
        panel.day.given.connect(self._hold)
        panel.deposit.given.connect(self._take_deposit)
        self.handlers: dict[str, Callable[[], None]] = {
            "confirm_pickup": self.confirm,
            "pack_pickup": self.ask_place,
            "cancel_pickup": self.ask_why,
            "hold_pickup": self.ask_day,
            "deposit_pickup": self.deposit,
            "copy_pickup": self.copy,
            "tell_pickup": self.tell,
            "print_pickup": self.print_slip,
            "print_pick_list": self.print_list,
            "hand_out": self._finish,
        }

    def request(self, action: str) -> None:
        """A button of the panel."""
        step = self.hand_out if action == "hand_out" else self.handlers.get(action)
        if step is not None:
            step()

    @property
    def is_packing(self) -> bool:
        """Whether scans are goods that are packed."""
        return self._panel.place.is_open

    @property
    def unfinished(self) -> str:
        """The code of the order on show if pieces or an answer would be lost with it; empty for none."""
        order, asked = self._panel.order, self._panel.asked
        if order is None or asked is None or not (self.packing.has_counted or asked.has_answer):
            return ""
        return order.code

    def _may_ask(self) -> bool:
        """Whether another question may take the place of the one that is open: not while it holds something."""
        if self.unfinished:
            self.say_unfinished()
        return not self.unfinished

    def say_unfinished(self) -> None:
        """Say that what is asked about the order on show comes first."""
        order = self._panel.order
        if order is not None:
            self._say(
                Tone.NEARLY,
                lambda tr: tr("First finish what is asked about {code}, or leave it with Esc.", code=_code(order)),
                Sound.UNREAD,
            )

    # ── steps without a question ─────────────────────────────────────────────────────────────────────────────

    def confirm(self) -> None:
        """Hold the goods; where they are not free it goes into the queue."""
        order = self._panel.order
        if order is None:
            return
        forward = self._session.shop.pickup.steps

        def said(tr: Translator, after: CustomerOrder) -> str:
            return tr("{code} is {state}.", code=_code(after), state=tr(ORDER_STATES[after.state.value]))

        self._run(order.code, "confirm", lambda person: forward.confirm(order.code, person), said)

    def tell(self) -> None:
        """The buyer knows that the order has moved up."""
        order = self._panel.order
        if order is not None:
            self._tell(order.code)

    def _finish(self) -> None:
        """The finishing key: it answers whether a deposit has come, as at the payment; else the order is handed out."""
        if self._panel.deposit.is_open and self._panel.deposit.approving is not None:
            self._take_deposit()
        else:
            self.hand_out()

    def hand_out(self) -> None:
        """Open it at the checkout; one that cannot go is refused here, where it is on show."""
        order = self._panel.order
        if order is None or not self._may_ask():
            return
        try:
            order.check_can_go()
        except RuleBroken as error:
            self._failed(error)
            return
        self.handed.emit(order.code)

    def print_slip(self) -> None:
        """The slip for the bag."""
        order, papers = self._panel.order, self._session.shop.print_pickups
        if order is not None:
            code = order.code
            self._papers.print(("slip", code), lambda person: papers.packing_slip(code, person))

    def print_list(self) -> None:
        """What is fetched from the shelves, and where packed orders lie."""
        self._papers.print("list", self._session.shop.print_pickups.pick_list)

    def copy(self) -> None:
        """Put the message for the buyer into the clipboard, in the buyer's language. Nothing is sent."""
        order, session = self._panel.order, self._session
        if order is None:
            return
        code, message = order.code, session.shop.pickup.message

        def copied(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            session.sounds.play(Sound.ACCEPT)
            session.notify("pickup.copied", notice, (lambda: self._tell(code)) if order.tell else None)

        def notice() -> Notice:
            tr = session.translator
            said = tr("The message for {code} is copied: paste it into the chat.", code=_code(order))
            action = tr("Buyer knows") if order.tell else ""
            return Notice(Tone.WITHIN, said, "copy", action, seconds=0 if order.tell else _SECONDS)

        session.run_as(lambda person: message(code, person), copied, self._failed)

    def _tell(self, code: str) -> None:
        forward = self._session.shop.pickup.steps
        self._session.withdraw("pickup.copied")
        self._run(
            code,
            "informed",
            lambda person: forward.informed(code, person),
            lambda tr, after: tr("The buyer of {code} knows.", code=_code(after)),
        )

    # ── steps with a question ────────────────────────────────────────────────────────────────────────────────

    def ask_place(self) -> None:
        """Pack: goods are scanned, and the shelf or bag is typed."""
        order, panel = self._panel.order, self._panel
        if order is None or panel.place.is_open:
            return
        if order.state not in (OrderState.CONFIRMED, OrderState.READY):
            self._check_state(order)
            return
        if not self._may_ask():
            return
        panel.ask()
        self.packing.begin()
        panel.present(order, self._session.translator)
        panel.place.ask(order.code, order.place)

    def _pack(self) -> None:
        """Behind the pieces that are still looked up; where one of them is refused, it is not packed yet."""
        self.packing.when_answered(self._pack_now, self._note)

    def _pack_now(self) -> None:
        question, order, forward = self._panel.place, self._panel.order, self._session.shop.pickup.steps
        code, place = question.about, question.text
        if not code or order is None or order.code != code:
            return
        if _is_of_goods(place, order):  # typed, because the scanner is silent
            question.field.clear()
            self.packing.scan(place)
            return
        if not self.packing.has_enough(order, self._pack):
            return
        marks = self.packing.marks_of(order) or None
        self._run(
            code, ("pack", place, tuple((marks or {}).items())),
            lambda person: forward.pack(code, place, person, marks),
            lambda tr, after: tr("{code} is ready for pick-up.", code=_code(after)),
            question,
        )  # fmt: skip

    def ask_why(self) -> None:
        """Cancel: the reason may stay empty; Enter cancels."""
        order = self._panel.order
        if order is None:
            return
        if self._panel.why.is_open:  # the key pressed again cancels nothing, and says nothing that reads as an answer
            self._note()
        elif not order.is_open:
            self._check_state(order)
        elif self._may_ask():
            self._panel.ask()
            self._panel.why.ask(order.code)

    def _cancel(self) -> None:
        question, forward = self._panel.why, self._session.shop.pickup.steps
        code, why = question.about, question.text
        if code:
            self._run(
                code, ("cancel", why),
                lambda person: forward.cancel(code, why, person),
                lambda tr, done: _cancelled_text(done, tr),
                question,
            )  # fmt: skip

    def ask_day(self) -> None:
        """Hold longer, or bring an expired one back."""
        order, session = self._panel.order, self._session
        if order is None or self._panel.day.is_open:
            return
        if not order.is_open and order.state is not OrderState.EXPIRED:
            self._check_state(order)
            return
        if not self._may_ask():
            return
        self._panel.ask()
        self._panel.day.ask(
            order.code,
            (max(order.hold_until, session.shop.now()) - timedelta(microseconds=1))
            .astimezone(session.settings.zone)
            .date(),
        )

    def _hold(self) -> None:
        session, question = self._session, self._panel.day
        code, forward, settings = question.about, session.shop.pickup.steps, session.settings
        try:
            day: date = question.chosen()
        except RuleBroken as error:
            self._complain(error, question)
            return
        until = closing_of(day, settings.closing, settings.zone)
        if code:
            self._run(
                code, ("hold", until),
                lambda person: forward.hold_until(code, until, person),
                lambda tr, after: tr(
                    "{code} is {state}.", code=_code(after), state=tr(ORDER_STATES[after.state.value])
                ),
                question,
            )  # fmt: skip

    def deposit(self) -> None:
        """Take a deposit; one that is there is given back, the first key asks."""
        order, session = self._panel.order, self._session
        if order is None:
            return
        if order.deposit is not None and order.deposit.open:
            self._give_back(order, order.deposit)
        elif not order.is_open:
            self._check_state(order)
        elif session.person is not None and not session.person.may("sell"):
            self._say(Tone.NEARLY, lambda tr: tr("Deposits are taken by a cashier."), Sound.REFUSE)
        elif not self._panel.deposit.is_open and self._may_ask():
            self._panel.ask()
            self._panel.deposit.ask(order.code)
            self._read_terms()

    def _read_terms(self) -> None:
        """The terms that the question names are those that are set now, perhaps at another till."""
        session = self._session
        session.run(session.shop.settings, session.take_settings, lambda _error: None)

    def _give_back(self, order: CustomerOrder, deposit: Deposit) -> None:
        """What is left of it; where no one came and by its terms it stays here, by a manager."""
        session, key = self._session, self._session.actions.key_text("deposit_pickup")
        amount, terms = deposit.open, deposit.no_show
        is_bound = order.state is OrderState.EXPIRED and terms != GIVE_BACK
        if session.person is not None and not session.person.may("return"):
            self._say(Tone.NEARLY, lambda tr: tr("Deposits are returned by a cashier."), Sound.REFUSE)
            return
        if is_bound and session.person is not None and not session.person.may("pay_out"):

            def refusal(tr: Translator) -> str:
                return paragraph(tr, (tr(NO_SHOW_TERMS[terms]), tr("A manager can give it back.")))

            self._say(Tone.NEARLY, refusal, Sound.REFUSE)
            return

        def question() -> Notice:
            tr, text = session.translator, money_text(amount, session.language)
            said = tr("Give the deposit of {amount} back? Press {key} again to confirm.", amount=text, key=key)
            if is_bound:
                said = paragraph(tr, (said, tr(NO_SHOW_TERMS[terms])))
            return Notice(Tone.NEARLY, said, "coins", tr("Give it back"), seconds=12)

        if session.sure("pickup.give_back", order.code, question, self.deposit):
            deposits, code = session.shop.pickup.deposits, order.code
            self._ask(
                (code, "give_back"),
                lambda person, _key: deposits.give_back(code, person),
                self._gave_back,
                self._failed,
            )

    def _gave_back(self, back: GivenBack) -> None:
        session = self._session

        def said(tr: Translator) -> str:
            amount, method = money_text(back.amount, tr.language), name_of(METHODS, back.method, tr)
            if back.method == "cash":
                return tr("Give {amount} back in cash.", amount=amount)
            return tr("Give {amount} back by {method}, at the terminal.", amount=amount, method=method)

        session.finishing.turned()
        self._open_drawer_for(back.method)
        self._say(Tone.INFO, said, Sound.PAID)
        self.changed.emit(back.order)

    def _open_drawer_for(self, method: str) -> None:
        if method == "cash":
            self._session.devices.open_drawer()

    def _take_deposit(self) -> None:
        session, question = self._session, self._panel.deposit
        code, deposits = question.about, session.shop.pickup.deposits
        try:
            draft = question.approving or question.drafted()
        except RuleBroken as error:
            self._complain(error, question)
            return
        if not code:
            return
        if question.awaits_approval:
            self._ask(
                (code, draft, "check"),
                lambda person, _key: deposits.check(code, draft, person),
                lambda _none: self._ask_approval(code, draft),
                lambda error: self._not_taken(code, error),
            )
        elif question.approving is None or session.finishing.counts():
            self._run_with_key(
                code, (draft, self._steps_before), lambda person, key: deposits.take(code, draft, person, key),
                _deposit_text, question,
                Sound.PAID, lambda: self._open_drawer_for(draft.method),
            )  # fmt: skip

    @property
    def _steps_before(self) -> int:
        """How many steps the deposit on the order on show has: the same sum after it was given back is another one."""
        order = self._panel.order
        return 0 if order is None or order.deposit is None else len(order.deposit.entries)

    def _ask_approval(self, code: str, draft: DepositDraft) -> None:
        """What has not come by card or wallet is no deposit: ask about it, where it is still what is typed."""
        question = self._panel.deposit
        if not (question.is_open and question.about == code and question.awaits_approval):
            return
        try:
            is_typed_still = question.drafted() == draft
        except RuleBroken:  # it was cleared meanwhile, or is no amount by now
            return
        if is_typed_still:
            question.ask_approval(draft)
            self._session.finishing.turned()
            self._note()

    def _not_taken(self, code: str, error: Exception) -> None:
        question = self._panel.deposit
        if question.is_open and question.about == code and isinstance(error, RuleBroken):
            self._complain(error, question)
        else:
            self._failed(error)

    # ── what came of it ──────────────────────────────────────────────────────────────────────────────────────

    def _run(
        self,
        code: str,
        what: object,
        step: Callable[[Person], R],
        said: Callable[[Translator, R], str],
        question: Question | None = None,
    ) -> None:
        self._run_with_key(code, what, lambda person, _key: step(person), said, question)

    def _run_with_key(
        self,
        code: str,
        what: object,
        step: Callable[[Person, str], R],
        said: Callable[[Translator, R], str],
        question: Question | None,
        sound: Sound = Sound.ACCEPT,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Do `what` with the order of a code, and `then` what comes of it. The question that asked for it is closed, or
        says why it was not done; one about another order stays as it is.
        """

        def is_asked() -> bool:
            return question is not None and question.is_open and question.about == code

        def done(result: R) -> None:
            if question is not None and is_asked():
                question.end()
            self._session.finishing.turned()
            if then is not None:
                then()
            self._say(Tone.WITHIN, lambda tr: said(tr, result), sound)
            self.changed.emit(result.order if isinstance(result, Cancelled) else result)

        def failed(error: Exception) -> None:
            if question is not None and is_asked() and isinstance(error, RuleBroken):
                self._complain(error, question)
            else:
                self._failed(error)

        self._ask((code, what), step, done, failed)

    def _ask(
        self,
        asked: object,
        step: Callable[[Person, str], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        if not self._once.do(asked, step, done, failed):
            self._note()

    def _note(self) -> None:
        self._session.sounds.play(Sound.NOTE)

    def _say(self, tone: Tone, text: Callable[[Translator], str], sound: Sound) -> None:
        session = self._session
        session.sounds.play(sound)
        kind = "pickup.done" if tone in (Tone.WITHIN, Tone.INFO) else "pickup.scan"
        session.notify(kind, lambda: Notice(tone, text(session.translator), seconds=_SECONDS))

    def _check_state(self, order: CustomerOrder) -> None:
        """Say in which state the order is: the step does not follow."""
        session = self._session
        self._say(
            Tone.NEARLY,
            lambda tr: tr("{code} is {state}.", code=_code(order), state=tr(ORDER_STATES[order.state.value])),
            Sound.REFUSE,
        )
        session.finishing.turned()

    def _complain(self, error: RuleBroken, question: Question) -> None:
        self._session.sounds.play(Sound.REFUSE)
        self._session.finishing.turned()
        question.complaint.say(lambda: self._session.wording(error))

    def _failed(self, error: Exception) -> None:
        self._session.sounds.play(Sound.REFUSE)
        self._session.report_foreseen(error)
        self.changed.emit(None)


def _is_of_goods(place: str, order: CustomerOrder) -> bool:
    """Whether what was typed for the shelf is a code of goods."""
    is_long_number = place.isascii() and place.isdigit() and len(place) >= _SHORTEST_CODE
    return is_long_number or place.upper() in {line.code for line in order.lines}


def _deposit_text(tr: Translator, order: CustomerOrder) -> str:
    assert order.deposit is not None, "it was taken"
    amount = money_text(order.deposit.amount, tr.language)
    return tr("Deposit on {code} taken: {amount}.", code=_code(order), amount=amount)


def _cancelled_text(done: Cancelled, tr: Translator) -> str:
    order = done.order
    if not done.had_goods:
        said = tr("{code} is cancelled. It waited in the queue and held no goods.", code=_code(order))
    elif done.moved_up:
        said = tr("{code} is cancelled.", code=_code(order))
    else:
        said = tr("{code} is cancelled; its goods are free.", code=_code(order))
    if done.moved_up:
        codes = tr(", ").join(_code(one) for one in done.moved_up)
        said = paragraph(tr, (said, tr("Moved up from the queue: {codes}. Tell the buyer.", codes=codes)))
    if done.parked_at:
        tills = tr(", ").join(done.parked_at)
        said = paragraph(tr, (said, tr("It lies in a parked sale of {till}.", till=tills)))
    if order.deposit is not None and order.deposit.open:
        back = tr("Give the deposit back: {amount}.", amount=money_text(order.deposit.open, tr.language))
        said = paragraph(tr, (said, back))
    return said


def _code(order: CustomerOrder) -> str:
    return PickupCode(order.code).spaced
