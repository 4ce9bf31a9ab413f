"""The rows of the options: name, effect, current value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from pos.application.membership.join_center import CenterMembership
from pos.application.outside_partners.set_up_provider import ProviderShown
from pos.application.settings.option import Group
from pos.application.settings.setting_words import GROUPS, group_of, name_of_setting, short_value_text
from pos.application.settings.settings import Settings
from pos.application.text.names import name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.translator import Translator
from pos.application.text.typography import headed, labelled
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.settings.center_row import CENTER_ROW, DOES, center_value
from pos.ui.settings.fiscal_rows import SENTENCES, FiscalShown, rows_shown, value_text
from pos.ui.settings.fiscal_rows import TITLES as FISCAL_TITLES
from pos.ui.settings.provider_words import DOES as PROVIDER_DOES
from pos.ui.settings.provider_words import PROVIDER_ROW, provider_name, state_text
from pos.ui.widgets.drawing.drawing import RIGHT, draw_text, text_width
from pos.ui.widgets.tables.paragraphs import PageParagraph
from pos.ui.widgets.tables.row_list import Row

_UPPER, _LOWER = (6, 22), 29
"""Top and height of the name and its value, and the top of the sentence."""


@dataclass(frozen=True, slots=True)
class SettingRow(Row):
    """An option; a value that differs from the default is bold, an unsaved one amber."""

    name: str = ""
    sentence: str = ""
    value: str = ""
    changed: bool = False
    unsaved: bool = False

    def height(self, theme: Theme, width: int) -> int:
        """A sentence too long for one line stands in several."""
        return Size.ROW + self._said.height(theme, width - 2 * Space.L) - PageParagraph(" ").height(theme, width)

    @property
    def _said(self) -> PageParagraph:
        return PageParagraph(self.sentence or " ")

    def paint(self, painter: QPainter, theme: Theme, box: QRect) -> None:
        colour, font = theme.colour, theme.font
        wide = box.width() - 2 * Space.L
        value_font = font(Type.BODY, bold=self.changed or self.unsaved)
        left = wide - text_width(font(Type.BODY), self.name) - Space.M
        value_wide = min(text_width(value_font, self.value) + 4, max(left, wide * 2 // 5))
        name_wide = wide - value_wide - Space.M

        def line(part: tuple[int, int], lead: int, width: int) -> QRect:
            return QRect(box.x() + Space.L + lead, box.y() + part[0], width, part[1])

        draw_text(painter, line(_UPPER, 0, name_wide), self.name, font(Type.BODY), colour("text"))
        self._said.paint(painter, theme, box.x() + Space.L, box.y() + _LOWER, wide)
        ink = colour("nearly" if self.unsaved else "accent" if self.changed else "text")
        draw_text(painter, line(_UPPER, wide - value_wide, value_wide), self.value, value_font, ink, RIGHT)


@dataclass(frozen=True, slots=True)
class OfCenter:
    """Whether the list has a row of the center, and the membership as it was read."""

    is_offered: bool = False
    shown: CenterMembership | None = None


def setting_rows(
    settings: Settings,
    asked: str,
    unsaved: Collection[str],
    tr: Translator,
    center: OfCenter | None = None,
    providers: Mapping[str, ProviderShown] | None = None,
    fiscal: FiscalShown | None = None,
) -> list[Row]:
    """The options that match every word of `asked` by their translated or technical name, by group."""
    searched_words = asked.casefold().split()
    shipped = Settings()
    rows: list[Row] = []
    headed = ""
    kept = providers or {}
    for group, name in _in_order(center, tuple(kept), rows_shown(fiscal)):
        if name == CENTER_ROW and center is not None:
            row = _center_row(center.shown, tr)
        elif name in FISCAL_TITLES and fiscal is not None:
            row = _fiscal_row(name, fiscal, tr)
        elif provider_name(name):
            row = _provider_row(kept[provider_name(name)], tr)
        else:
            row = _row(settings, shipped, name, name in unsaved, tr)
        heading = tr(GROUPS[group])
        searched = " ".join((name, row.name, row.sentence, row.value, heading)).casefold()
        if all(word in searched for word in searched_words):
            rows.append(row if group == headed else _headed(row, heading))
            headed = group
    return rows


def _in_order(center: OfCenter | None, providers: tuple[str, ...], fiscal: tuple[str, ...]) -> list[tuple[Group, str]]:
    beside: dict[Group, list[str]] = {"money": [f"{PROVIDER_ROW}{name}" for name in providers], "shop": list(fiscal)}
    if center is not None and center.is_offered:
        beside["quota"] = [CENTER_ROW]
    return [
        (group, name)
        for group in GROUPS
        for name in [*(n for n in Settings.names() if group_of(n) == group), *beside.get(group, [])]
    ]


def _provider_row(shown: ProviderShown, tr: Translator) -> SettingRow:
    called, does, value = name_of(PROVIDERS, shown.name, tr), tr(PROVIDER_DOES), state_text(shown, tr)
    spoken = headed(tr, labelled(tr, called, value), does)
    return SettingRow(
        f"{PROVIDER_ROW}{shown.name}", spoken, name=called, sentence=does, value=value, changed=bool(shown.kept)
    )


def _fiscal_row(name: str, fiscal: FiscalShown, tr: Translator) -> SettingRow:
    called, does, value = tr(FISCAL_TITLES[name]), tr(SENTENCES[name]), value_text(name, fiscal, tr)
    spoken = headed(tr, labelled(tr, called, value), does)
    return SettingRow(name, spoken, name=called, sentence=does, value=value)


def _center_row(shown: CenterMembership | None, tr: Translator) -> SettingRow:
    called, does, value = tr("Center"), tr(DOES), center_value(shown, tr)
    spoken = headed(tr, labelled(tr, called, value), does)
    is_member = shown is not None and shown.is_member
    return SettingRow(CENTER_ROW, spoken, name=called, sentence=does, value=value, changed=is_member)


def _row(settings: Settings, shipped: Settings, name: str, unsaved: bool, tr: Translator) -> SettingRow:
    called, does, value = (
        name_of_setting(name, tr),
        tr(Settings.sentence(name)),
        short_value_text(settings, name, tr),
    )
    changed = settings.text(name) != shipped.text(name)
    state = tr("not saved") if unsaved else value
    spoken = headed(tr, labelled(tr, called, state), does)
    return SettingRow(
        name, spoken, name=called, sentence=does, value=state, changed=changed, unsaved=unsaved
    )  # fmt: skip


def _headed(row: SettingRow, heading: str) -> SettingRow:
    return SettingRow(
        row.key, f"{heading}. {row.spoken}", heading, row.name, row.sentence, row.value, row.changed, row.unsaved
    )  # fmt: skip
