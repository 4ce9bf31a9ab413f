"""Automatic discounts of the shop: list, start, change, copy and end promotions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt

from pos.application.pricing.promotions import PromotionDraft, Reach
from pos.application.pricing.tables import promotions
from pos.application.text.translator import Translator
from pos.domain.errors import BadInput, Refused, RuleBroken
from pos.domain.pricing.promotion import Promotion
from pos.ui.input.actions import PRICES
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.page.unsaved_by_another import UnsavedByAnother
from pos.ui.pricing.promotions.promotion_form import PromotionForm
from pos.ui.pricing.promotions.promotion_table import PromotionHeader, PromotionModel, PromotionTable
from pos.ui.pricing.promotions.promotion_words import PromotionText
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty


class PromotionsScreen(Screen):
    """The list with the form of a new promotion beside it. A scan sets the product of the new promotion."""

    screen_id = PRICES
    rail = PRICES
    takes_scans = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._promotions: Sequence[Promotion] = ()
        self._said_at: datetime | None = None
        """Of which instant the page says whether a promotion is in force."""
        self._is_saving = self._is_answered = False
        self._draft: PromotionDraft | None = None
        """The draft under confirmation; the same key starts it."""
        self._title = TextLabel(role=Role.SECTION)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.rows = PromotionModel(self)
        self.table = PromotionTable(self.theme, self.rows)
        self._header = PromotionHeader(self.theme, self.table)
        self.empty = EmptyState(self.theme)
        self.end_button = IconButton(
            self.theme, icon="circle-x", key=session.actions.key_text("end_promotion"), height=Size.SMALL_BUTTON
        )
        self.change_button = IconButton(
            self.theme, icon="pencil", key=session.actions.key_text("change_promotion"), height=Size.SMALL_BUTTON
        )
        self.copy_button = IconButton(
            self.theme, icon="copy", key=session.actions.key_text("copy_promotion"), height=Size.SMALL_BUTTON
        )
        self.form = PromotionForm(session)
        self.form.requested.connect(self._want)
        self.form.changed.connect(self._ask_no_more)
        self.form.wrong.connect(self._wrong)
        self.end_button.clicked.connect(self._end)
        self.change_button.clicked.connect(self._change)
        self.copy_button.clicked.connect(self._copy)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._mark_steps())
        self.key_handlers = {
            "new_promotion": self._begin,
            "change_promotion": self._change,
            "copy_promotion": self._copy,
            "add_promotion": self.form.submit,
            "end_promotion": self._end,
            "back": self._back,
        }
        TableSaver(self, lambda: promotions(session.shop.promotions))
        UnsavedByAnother(self)
        self._lay_out()
        self.retranslate(session.translator)

    # ── calls from the window ────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("Promotions"))
        self._hint.setText(tr("The best promotion applies automatically. A manual discount replaces it."))
        self._header.retranslate(tr)
        self.table.setAccessibleName(tr("Promotions"))
        self.end_button.present(tr("End promotion"))
        self.change_button.present(tr("Change promotion"))
        self.copy_button.present(tr("Copy promotion"))
        self.form.retranslate(tr)
        key = self.session.actions.key_text("new_promotion")
        self.empty.present("badge-percent", tr("No promotions yet"), tr("Fill in the form to create one."), "", key)
        self._present()

    def waiting(self) -> str:
        return self.translator("an unsaved promotion") if self.form.is_begun else ""

    def emptied(self) -> None:
        self.form.empty()

    def entered(self) -> None:
        self.form.follow_day()
        self._read()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def changes_at(self) -> datetime | None:
        turns = (at for one in self._promotions for at in (one.since, one.until) if at is not None)
        return min((at for at in turns if self._said_at is not None and at > self._said_at), default=None)

    def follow_day(self) -> None:
        self.form.follow_day()
        self._present()

    def left(self) -> None:
        """Cancel open questions and clear errors."""
        self._ask_no_more()
        self.form.clear_errors()

    def scanned(self, text: str) -> None:
        self.session.sounds.play(Sound.ACCEPT)
        self.form.take_code(text)

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self) -> None:
        person, promotions = self.session.person, self.session.shop.promotions
        if person is not None:
            self._is_answered = False
            self._present()
            self.session.run(lambda: promotions.all(person), self._take)

    def _take(self, all_promotions: Sequence[Promotion]) -> None:
        self._promotions, self._is_answered = all_promotions, True
        self._present()

    def _begin(self) -> None:
        """A new promotion: one that is loaded and unchanged makes room."""
        if self.form.is_loaded and not self.form.is_begun:
            self.form.empty()
        self.form.begin()

    def _change(self) -> None:
        """Load the selected promotion to change it; one that has begun can only be ended."""
        promotion = self._selected()
        if promotion is None:
            return
        try:
            promotion.check_changeable(self.session.shop.now())
        except Refused as error:
            self.session.sounds.play(Sound.REFUSE)
            self.session.report_foreseen(error)
            return
        self._load(promotion, "change_promotion")

    def _copy(self) -> None:
        """Load a copy of the selected promotion: a new one from today."""
        promotion = self._selected()
        if promotion is not None:
            self._load(promotion, "copy_promotion")

    def _load(self, promotion: Promotion, action: str) -> None:
        """What is typed in the form is asked about first."""
        again = self._change if action == "change_promotion" else self._copy
        if not self._may_drop(action, promotion.id, again):
            return
        self._ask_no_more()
        self.form.load(promotion, changing=action == "change_promotion")

    def _may_drop(self, action: str, number: int | None, again: Callable[[], None]) -> bool:
        """Whether the form may show something else; what is typed in it is asked about first."""
        about = action, number, self.form.content
        return not self.form.is_begun or self.may_discard("promotion.drop", about, again, action)

    def _selected(self) -> Promotion | None:
        row = self.rows.row(self.table.current_row)
        return None if row is None else next((one for one in self._promotions if one.id == row.id), None)

    def _want(self, draft: PromotionDraft) -> None:
        """Preview a draft; the same draft submitted again starts the promotion."""
        person, promotions = self.session.person, self.session.shop.promotions
        if person is None or self._is_saving:
            return
        if draft == self._draft:
            self._ask_no_more()
            self._save(draft)
            return
        ask = partial(self._ask, draft, self.form.content)
        self.session.run(lambda: promotions.reach(draft, person), ask, self._not_saved)

    def _ask(self, draft: PromotionDraft, sent: tuple[str, ...], reach: Reach) -> None:
        if self.session.screen_id != self.screen_id or self.form.content != sent:
            return
        self._draft = draft
        self.session.finishing.turned()
        self.form.ask(reach)

    def _ask_no_more(self) -> None:
        self._draft = None
        self.form.ask_no_more()

    def _save(self, draft: PromotionDraft) -> None:
        person, promotions = self.session.person, self.session.shop.promotions
        if person is None or self._is_saving:
            return
        self._is_saving = True
        before = self.form.changing

        def call() -> tuple[Promotion, Sequence[Promotion]]:
            if before is None:
                return promotions.add(draft, person), promotions.all(person)
            return promotions.change(before.id, draft, person, before), promotions.all(person)

        sent = self.form.content
        self.session.run(call, lambda answer: self._saved(sent, *answer, is_new=before is None), self._not_saved)

    def _saved(
        self, sent: tuple[str, ...], saved: Promotion, all_promotions: Sequence[Promotion], *, is_new: bool
    ) -> None:
        self._is_saving = False
        self.session.sounds.play(Sound.ACCEPT)
        if self.form.content == sent:  # else more was typed meanwhile
            self.form.empty()
        self._take(all_promotions)
        self.table.choose(self.rows.index_of(saved.id))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

        def done() -> Notice:
            tr = self.translator
            text = tr("“{name}” added.", name=saved.name) if is_new else tr("“{name}” changed.", name=saved.name)
            return Notice(Tone.WITHIN, text, seconds=8)

        self.session.notify("promotion.added", done)

    def _not_saved(self, error: Exception) -> None:
        self._is_saving = False
        if isinstance(error, RuleBroken):
            self._wrong(error)
            if not isinstance(error, BadInput):  # another person was there first: the list says what there is by now
                self._read()
        else:
            self.session.sounds.play(Sound.REFUSE)
            self.session.report_foreseen(error)

    def _wrong(self, error: RuleBroken) -> None:
        self.session.sounds.play(Sound.REFUSE)
        self.form.complain(error)

    def _end(self) -> None:
        """End the selected promotion: the first press asks, the second one ends it."""
        row, person = self.rows.row(self.table.current_row), self.session.person
        if row is None or row.is_over or person is None:
            return
        key = self.session.actions.key_text("end_promotion")

        def asking() -> Notice:
            text = self.translator("End “{name}” now? Press {key} again to confirm.", name=row.name, key=key)
            return Notice(Tone.NEARLY, text, seconds=12)

        if not self.session.sure("promotion.end", row.id, asking):
            return
        promotions = self.session.shop.promotions

        def call() -> Sequence[Promotion]:
            promotions.end(row.id, person)
            return promotions.all(person)

        self.session.run(call, lambda all_promotions: self._ended(row.name, all_promotions))

    def _ended(self, name: str, all_promotions: Sequence[Promotion]) -> None:
        self._take(all_promotions)
        self.session.notify(
            "promotion.ended", lambda: Notice(Tone.INFO, self.translator("“{name}” ended.", name=name), seconds=8)
        )

    def _back(self) -> None:
        """Esc takes the question away and leaves the cursor in the form, to correct it; else it leads to the list.

        A promotion that was loaded, to be changed or as a copy, is left, and what was changed in it is asked about.
        """
        if self._draft is not None:
            self._ask_no_more()
            return
        if self.form.is_loaded:
            if not self._may_drop("back", None, self._back):
                return
            self.form.empty()
        self.form.clear_errors()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── presentation ─────────────────────────────────────────────────────────────────────────────────────────

    def _present(self) -> None:
        now, zone, tr = self.session.shop.now(), self.session.settings.zone, self.translator
        self._said_at = now
        rows = [PromotionText.of(one, now, zone, tr) for one in self._promotions]
        self.table.renew(lambda: self.rows.present(rows), self.rows.key)
        self._pages.present(is_empty=self._is_answered and not self._promotions)
        self._mark_steps()

    def _mark_steps(self) -> None:
        row = self.rows.row(self.table.current_row)
        if self.session.question != ("promotion.end", None if row is None else row.id):
            self.session.withdraw("promotion.end")  # the question was about another row
        self.end_button.setEnabled(row is not None and not row.is_over)
        self.change_button.setEnabled(row is not None and not (row.is_over or row.has_begun))
        self.copy_button.setEnabled(row is not None)

    def _lay_out(self) -> None:
        self._pages = RowsOrEmpty(self._header, self.table, self.empty)
        steps = Flow(self.change_button, self.copy_button, self.end_button)
        list_side = vbox(self._title, self._hint, steps, Stretched(self._pages), spacing=Space.S)
        both = MainAndSide(list_side, self.form, gap=Space.L)
        vbox(both, spacing=0, margins=(Space.L, Space.M, Space.L, Space.M), parent=self)
