"""The units by which customs counts goods: those of the Chinese customs list that a shop's shelves know.

Source: 计量单位代码表 of the GACC, code and character. A unit that is not here is refused: a wrong one on a customs
paper is worse than none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.domain.catalogue.product import LANGUAGES


@dataclass(frozen=True, slots=True)
class UnitOfMeasure:
    """A unit: `code` of the Chinese list (three digits), `id` for programs, `words` by language as a paper has them.

    `also` are other words that files have for it, in lower case. Where other languages count by pieces, the character
    tells which of the Chinese words is meant.
    """

    code: str
    id: str
    words: Mapping[str, str]
    also: tuple[str, ...] = ()


def _unit(row: str) -> UnitOfMeasure:
    code, name, *words, also = (part.strip() for part in row.split("|"))
    return UnitOfMeasure(code, name, dict(zip(LANGUAGES, words, strict=True)), tuple(also.split()))


_ROWS = """
001 | apparatus   | pcs (台)  | 台   | шт. (台) | дана (台) | 臺
006 | set         | set       | 套   | компл.   | жинақ     | sets комплект комплектов комплекты компл
007 | piece       | pcs       | 个   | шт.      | дана      | pc pcs. piece pieces шт штука штук штуки дан 個
008 | each        | pcs (只)  | 只   | шт. (只) | дана (只) | 隻
010 | sheet       | sheet     | 张   | лист     | парақ     | sheets листов листы 張
011 | item        | pcs (件)  | 件   | шт. (件) | дана (件) | items предмет ед ед.
012 | stick       | pcs (支)  | 支   | шт. (支) | дана (支) |
015 | strip       | pcs (条)  | 条   | шт. (条) | дана (条) | 條
018 | roll        | roll      | 卷   | рулон    | орам      | rolls рулонов рул рул.
025 | pair        | pair      | 双   | пара     | жұп       | pairs пар пары 雙
030 | metre       | m         | 米   | м        | м         | meter metre meters metres метр метров
035 | kilogram    | kg        | 千克 | кг       | кг        | kilogram kilograms килограмм килограммов 公斤
036 | gram        | g         | 克   | г        | г         | gram grams грамм граммов гр
070 | tonne       | t         | 吨   | т        | т         | tonne tonnes тонна тонн 噸
095 | litre       | l         | 升   | л        | л         | liter litre liters litres литр литров
096 | millilitre  | ml        | 毫升 | мл       | мл        | milliliter millilitre миллилитр миллилитров
120 | case        | case      | 箱   | ящик     | жәшік     | cases carton ящиков короб
122 | can         | can       | 罐   | банка    | банка     | cans tin банок
125 | pack        | pack      | 包   | пачка    | бума      | packs package упак упак. уп уп. упаковка пач пач.
127 | dozen       | dozen     | 打   | дюжина   | дюжина    | dozens
132 | book        | book      | 本   | книга    | кітап     | books
136 | bag         | bag       | 袋   | пакет    | қапшық    | bags мешок
140 | box         | box       | 盒   | коробка  | қорап     | boxes
142 | bottle      | bottle    | 瓶   | бутылка  | бөтелке   | bottles бут бут. бутылок флакон
"""

UNITS: Mapping[str, UnitOfMeasure] = {unit.code: unit for unit in map(_unit, _ROWS.strip().splitlines())}
"""Every unit by its code, in the order of the customs list."""

_CALLED = {
    word.casefold(): unit.code for unit in UNITS.values() for word in (unit.id, *unit.words.values(), *unit.also)
}


def unit_called(text: str) -> str | None:
    """The code of a unit given by its code or by a word for it, in any case; None for anything else.

    A spreadsheet drops the zeros before a number: 7 is 007.
    """
    word = text.strip()
    if word.isascii() and word.isdigit() and len(word) <= 3:
        code = word.zfill(3)
        return code if code in UNITS else None
    return _CALLED.get(word.casefold())


def unit_word(code: str, language: str) -> str:
    """The word for a unit on paper and screen, with its code unchanged where the table does not have it."""
    unit = UNITS.get(code)
    return code if unit is None else unit.words[language]
