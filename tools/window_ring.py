"""One stop of a walk through the window, looked at in every language and in every theme."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos.ui.look.theme import Mode
from tools.counter_hand import CounterHand
from tools.shop_data import ShopData
from tools.window_faults import (
    READABLE,
    READABLE_IN_HIGH_CONTRAST,
    cut_off,
    hard_to_read,
    nameless,
    out_of_order,
    sticking_out,
    tab_ring,
    too_small,
    wrong_words,
)
from tools.window_look import Look, Painters, in_window, look_at, picture_of

_REACH = 4
"""How far outside of a control its ring lies."""


class Ring:
    """Looks at a window stop by stop while `painters` listen; in `unpainted` languages only its texts count.

    In the folder `pictures` each stop is kept in each language.
    """

    def __init__(
        self,
        hand: CounterHand,
        languages: Sequence[str],
        is_data: ShopData,
        painters: Painters,
        unpainted: Collection[str] = (),
        *,
        all_themes: bool = True,
        pictures: Path | None = None,
    ) -> None:
        self._hand = hand
        self._languages = languages
        self._unpainted = unpainted
        self._all_themes = all_themes
        self._pictures = pictures
        self._is_data = is_data
        self._painters = painters
        self._focused: set[str] = set()

    def faults(self, stop: str = "") -> Iterator[str]:
        """What is wrong at the `stop` where the hand stands.

        One language after another is looked at, each once, and in the end the one of before.
        """
        session, window = self._hand.till.session, self._hand.till.window
        before = session.language
        self._is_data.read()
        for language in (*[one for one in self._languages if one != before], before):
            session.speak(language)
            self._hand.settle()
            self._hand.settle()  # rows whose heights follow their words are laid out once more
            look = look_at(window, None if language in self._unpainted else self._painters)
            self._keep_picture(stop, language)
            for fault in (
                *wrong_words(look, language, self._is_data),
                *cut_off(look),
                *sticking_out(window),
                *nameless(window, language, self._is_data),
            ):
                yield f"{language}: {fault}"
        theme = self._hand.till.theme
        yield from self._hard_to_read(look)
        ring = tab_ring(window)
        page = self._hand.till.window.page
        yield from out_of_order([one for one in ring if page is not None and page.isAncestorOf(one)])
        yield from self._too_small()
        yield from self._unseen_focus(ring)
        if self._all_themes:
            begun = theme.mode
            for mode in (*[mode for mode in Mode if mode is not begun], begun):
                theme.switch(mode)
                self._hand.settle()
                if mode is not begun:
                    yield from self._hard_to_read(look_at(window, self._painters))

    def _keep_picture(self, stop: str, language: str) -> None:
        if self._pictures:
            mode = self._hand.till.theme.mode.value
            picture_of(self._hand.till.window).save(str(self._pictures / f"{stop}-{language}-{mode}.png"))

    def _too_small(self) -> Iterator[str]:
        """What is too small after a finger was used."""
        session = self._hand.till.session
        session.by_finger = True
        session.touched.emit()
        self._hand.settle()
        yield from too_small(self._hand.till.window)

    def _hard_to_read(self, look: Look) -> Iterator[str]:
        mode = self._hand.till.theme.mode
        least = READABLE_IN_HIGH_CONTRAST if mode is Mode.CONTRAST else READABLE
        yield from (f"{mode.value}: {fault}" for fault in hard_to_read(look, least))

    def cut(self, sizes: Sequence[tuple[int, int]], stop: str = "") -> Iterator[str]:
        """What is cut at the `stop` where the hand stands, in windows of these sizes; the last one stays."""
        session, window = self._hand.till.session, self._hand.till.window
        before = session.language
        for language in (*[one for one in self._languages if one != before], before):
            session.speak(language)
            for width, height in sizes:
                window.resize(width, height)
                self._hand.settle()
                look = look_at(window, self._painters)
                for fault in (*cut_off(look), *sticking_out(window)):
                    yield f"{width}x{height} {language}: {fault}"
            self._keep_picture(stop, language)

    def _unseen_focus(self, ring: Sequence[QWidget]) -> Iterator[str]:
        """Of each kind of control the first: where the focus is, the window looks different."""
        window = self._hand.till.window
        begin = window.focusWidget()
        for widget in ring:
            kind = f"{type(widget.parentWidget()).__name__}/{type(widget).__name__}"
            if kind in self._focused or widget is begin or widget.visibleRegion().isEmpty():
                continue
            self._focused.add(kind)
            round_it = in_window(widget).adjusted(-_REACH, -_REACH, _REACH, _REACH)
            bare = self._painters.paint(window, round_it)[0]
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            self._hand.settle()
            if bare == self._painters.paint(window, round_it)[0]:
                yield f"the focus is not seen: {kind}"
        if begin is not None:
            begin.setFocus(Qt.FocusReason.OtherFocusReason)
