"""The gauge says with figures, icon and word what its colour says, and draws what the figures are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from pos.ui.look.theme import Theme
from pos.ui.widgets.cards.quota_gauge import Density, GaugeState, GaugeView, QuotaGauge
from pos.ui.widgets.drawing.drawing import draw_text

WIDTH = 400
NARROW = 288
"""What the panel beside the basket leaves at 1024 px."""
MIDDLE_OF_BAR = 33


def a_gauge(theme: Theme, qtbot: QtBot, view: GaugeView, density: Density = Density.ROOMY) -> QuotaGauge:
    gauge = QuotaGauge(theme, density)
    qtbot.addWidget(gauge)
    gauge.resize(WIDTH, gauge.height())
    gauge.present(view)
    return gauge


def a_view(state: GaugeState, earlier: Fraction | int, now: Fraction | int, limit: Fraction | int) -> GaugeView:
    return GaugeView(
        "Spirits", state, state.value, earlier, now, limit, "left", "0.50 L", "earlier 0 · now 1 · of 1.50"
    )


def colours(gauge: QuotaGauge, theme: Theme) -> list[str]:
    """The token drawn at each 20th pixel of the bar."""
    image: QImage = gauge.grab().toImage()
    names = {
        theme.colour(name).name(): name
        for name in ("earlier", "elsewhere", "within", "nearly", "over", "sunken", "text", "over_soft")
    }
    return [names.get(image.pixelColor(x, MIDDLE_OF_BAR).name(), "?") for x in range(10, WIDTH, 20)]


def test_earlier_is_grey_this_basket_coloured_and_the_rest_is_left(theme: Theme, qtbot: QtBot) -> None:
    drawn = colours(a_gauge(theme, qtbot, a_view(GaugeState.WITHIN, 2, 3, 10)), theme)
    assert drawn == ["earlier"] * 4 + ["within"] * 6 + ["sunken"] * 10


def test_what_was_bought_elsewhere_has_a_shade_of_its_own(theme: Theme, qtbot: QtBot) -> None:
    view = replace(a_view(GaugeState.WITHIN, 4, 2, 10), elsewhere=3)
    assert colours(a_gauge(theme, qtbot, view), theme) == (
        ["earlier"] * 2 + ["elsewhere"] * 6 + ["within"] * 4 + ["sunken"] * 8
    )


def test_nothing_bought_leaves_the_track_empty(theme: Theme, qtbot: QtBot) -> None:
    assert set(colours(a_gauge(theme, qtbot, a_view(GaugeState.WITHIN, 0, 0, 10)), theme)) == {"sunken"}


def test_over_the_limit_the_scale_grows_and_a_tick_marks_the_limit(theme: Theme, qtbot: QtBot) -> None:
    gauge = a_gauge(theme, qtbot, a_view(GaugeState.OVER, 0, Fraction(2), Fraction(1)))
    image = gauge.grab().toImage()
    assert colours(gauge, theme)[:10] == ["over"] * 10
    assert image.pixelColor(WIDTH // 2, MIDDLE_OF_BAR - 5).name() == theme.colour("text").name()
    assert len({image.pixelColor(x, MIDDLE_OF_BAR).name() for x in range(WIDTH // 2 + 4, WIDTH - 4)}) > 2, "hatched"


def test_what_went_earlier_can_be_over_by_itself(theme: Theme, qtbot: QtBot) -> None:
    drawn = colours(a_gauge(theme, qtbot, a_view(GaugeState.OVER, 3, 1, 2)), theme)
    assert drawn[:9] == ["earlier"] * 9


def test_a_limit_of_zero_can_be_drawn(theme: Theme, qtbot: QtBot) -> None:
    for now in (0, 1):
        assert not a_gauge(theme, qtbot, a_view(GaugeState.OVER, 0, now, 0)).grab().isNull()


def test_what_is_not_known_is_not_filled(theme: Theme, qtbot: QtBot) -> None:
    drawn = colours(a_gauge(theme, qtbot, a_view(GaugeState.UNKNOWN, 5, 5, 10)), theme)
    assert not {"earlier", "within", "nearly", "over"} & set(drawn)


@pytest.mark.parametrize("state", GaugeState)
def test_each_state_has_an_icon_of_its_own(theme: Theme, state: GaugeState) -> None:
    assert not theme.icons.pixmap(state.icon, state.tone.ink).isNull()
    assert [other for other in GaugeState if other.icon == state.icon] == [state]


def test_a_screen_reader_hears_title_word_and_figures(theme: Theme, qtbot: QtBot) -> None:
    gauge = a_gauge(theme, qtbot, a_view(GaugeState.NEARLY, 0, 1, Fraction(3, 2)))
    assert gauge.accessibleName() == "Spirits"
    assert gauge.accessibleDescription() == "nearly, left 0.50 L, earlier 0 · now 1 · of 1.50"


def test_the_same_view_twice_is_drawn_once(theme: Theme, qtbot: QtBot) -> None:
    view = a_view(GaugeState.WITHIN, 0, 1, 2)
    gauge = a_gauge(theme, qtbot, view)
    gauge.show()
    qtbot.waitExposed(gauge)
    gauge.grab()
    updates: list[int] = []
    gauge.update = lambda *_: updates.append(1)  # type: ignore[method-assign]  # count the asked repaints
    gauge.present(view)
    assert updates == []


@pytest.mark.parametrize(("density", "pitch"), [(Density.ROOMY, 76), (Density.SNUG, 58), (Density.PARTY, 48)])
def test_gauges_stack_at_the_pitch_of_their_density(theme: Theme, qtbot: QtBot, density: Density, pitch: int) -> None:
    assert a_gauge(theme, qtbot, a_view(GaugeState.WITHIN, 0, 1, 2), density).height() == pitch


def words_in(gauge: QuotaGauge, width: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn in so many pixels, from left to right."""
    drawn: list[tuple[int, str]] = []

    def draw(painter: QPainter, box: QRect, text: str, font: QFont, *how: Any) -> int:
        drawn.append((box.left(), text))
        return draw_text(painter, box, text, font, *how)

    monkeypatch.setattr("pos.ui.widgets.cards.quota_gauge.draw_text", draw)
    gauge.resize(width, gauge.height())
    gauge.grab()
    return [text for _left, text in sorted(drawn) if text]


def test_the_most_that_can_be_left_is_never_shown_as_what_is_left(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = GaugeView("Алкоголь", GaugeState.WITHIN, "в норме", 0, 0, 2, "не больше", "1,50 л", is_most=True)
    gauge = a_gauge(theme, qtbot, view)
    assert words_in(gauge, NARROW, monkeypatch) == ["Алкоголь", "не больше", "1,50 л"]
    assert words_in(gauge, WIDTH, monkeypatch) == ["Алкоголь", "в норме", "не больше", "1,50 л"]


def test_what_is_left_needs_no_word_beside_the_word_of_the_state(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = GaugeView("Товары", GaugeState.WITHIN, "в норме", 0, 0, 2, "осталось", "¥ 1 007 525,00")
    assert words_in(a_gauge(theme, qtbot, view), NARROW, monkeypatch) == ["Товары", "в норме", "¥ 1 007 525,00"]
