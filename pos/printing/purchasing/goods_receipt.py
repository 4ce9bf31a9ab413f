"""The goods receipt on A4: counted beside expected, lots, and signature lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.application.purchasing.posted_goods_receipt import PostedLine, PostedReceipt
from pos.application.settings.settings import Settings
from pos.application.text.formatting import instant_text, money_text, number_text
from pos.application.text.names import STOCK_LOCATIONS
from pos.application.text.training_stamp import TRAINING_STAMP
from pos.application.text.translator import Translator
from pos.printing.drawing.fonts import DRAWING, Fonts
from pos.printing.drawing.joined_translator import NO_NAMES, JoinedTranslator
from pos.printing.drawing.logo import logo_of
from pos.printing.drawing.printable import printable
from pos.printing.drawing.sheet import CONTENT, LEFT, RIGHT, PrintedSheet

_ROW = 22.0
_EXPECTED, _COUNTED, _DIFFERENCE, _COST = CONTENT - 170, CONTENT - 115, CONTENT - 60, RIGHT
_LOT = CONTENT - 320


def goods_receipt_pdf(
    posted: PostedReceipt,
    settings: Settings,
    translators: Mapping[str, Translator],
    fonts: Fonts,
    copy: int,
    *,
    costs: bool,
    people: Mapping[str, str] = NO_NAMES,
    training: bool = False,
) -> bytes:
    """Draw the receipt; equal content gives equal bytes. Raises PrinterError for a missing font."""
    both = JoinedTranslator.of(translators, settings.receipt_languages).naming(people)
    with DRAWING:
        sheet = PrintedSheet(fonts)
        if training:
            sheet.stamp(both(TRAINING_STAMP))
        _head(sheet, posted, settings, both, copy)
        _lines(sheet, posted, both, costs=costs)
        missing = both("Not delivered") if posted.order_closed else both("Still missing")
        _beside(sheet, tr=both, title=missing, goods=posted.missing)
        _beside(sheet, tr=both, title=both("Set aside for the driver"), goods=posted.set_aside)
        if costs:
            _costs(sheet, posted, both)
        _signature_lines(sheet, posted, both)
        return sheet.drawn(posted.name, printable(settings.shop_name))


def _head(sheet: PrintedSheet, posted: PostedReceipt, settings: Settings, tr: JoinedTranslator, copy: int) -> None:
    top = sheet.y
    sheet.logo(logo_of(settings))
    sheet.text(LEFT, printable(settings.shop_name), 15, bold=True, width=CONTENT * 0.6)
    sheet.down(21)
    sheet.text(LEFT, tr("Receipt of goods"), 10, width=CONTENT * 0.6, muted=True)
    sheet.down(16)
    below, sheet.y = sheet.y, top
    sheet.text(RIGHT, posted.name, 20, bold=True, at_right=True)
    sheet.down(28)
    if copy:
        sheet.stamp(tr("COPY {n}", n=copy))
    sheet.y = max(sheet.y, below) + 4
    sheet.rule(strong=True)
    sheet.down(9)
    properties = [
        (tr("Posted on"), instant_text(posted.at, settings.zone, tr.language)),
        (tr("Supplier"), printable(posted.supplier, 60) or "–"),
        (tr("Order"), posted.order or "–"),
        (tr("Delivery note"), printable(posted.delivery_note, 40) or "–"),
        (tr("Customs document"), printable(posted.entry, 40) or "–"),
        (tr("Goes to"), tr.named(STOCK_LOCATIONS, posted.location)),
    ]
    width = CONTENT / 3
    for index, (name, value) in enumerate(properties):
        x = LEFT + index % 3 * width
        sheet.text(x, name, 7.5, width=width - 8, muted=True)
        sheet.text(x, value, 9.5, bold=True, width=width - 8, below=11)
        if index % 3 == 2:
            sheet.down(30)
    sheet.down(4)


def _lines(sheet: PrintedSheet, posted: PostedReceipt, tr: JoinedTranslator, *, costs: bool) -> None:
    shift = 70.0 if costs else 0.0
    ends = [_EXPECTED - shift + 60, _COUNTED - shift + 60, _DIFFERENCE - shift + 60]
    for end, name in zip(ends, (tr.context("delivery", "Expected"), tr("Counted"), tr("Difference")), strict=True):
        sheet.text(end, name, 7, at_right=True, width=52, muted=True)
    sheet.text(LEFT, tr("Product"), 7, width=160, muted=True)
    sheet.text(_LOT - shift, tr("Lot"), 7, width=90, muted=True)
    if costs:
        sheet.text(_COST, tr("Landed cost"), 7, at_right=True, width=66, muted=True)
    sheet.down(12)
    sheet.rule()
    sheet.down(4)
    together: dict[int, int] = {}
    for line in posted.lines:
        together[line.product] = together.get(line.product, 0) + line.counted
    for line in posted.lines:
        _line(sheet, line, together[line.product], ends, _LOT - shift, tr)
        if costs:
            landed = "–" if line.landed is None else money_text(line.landed, tr.language)
            sheet.text(_COST, landed, 8.5, at_right=True, width=66)
        sheet.down(_ROW)
    sheet.rule()
    sheet.down(4)
    sheet.text(LEFT, tr("Came in"), 9, bold=True)
    sheet.text(ends[1], number_text(posted.pieces, tr.language), 9, bold=True, at_right=True)
    sheet.down(20)


def _line(
    sheet: PrintedSheet, line: PostedLine, together: int, ends: Sequence[float], lot: float, tr: JoinedTranslator
) -> None:
    language = tr.language
    sheet.text(LEFT, printable(line.name_in(language)), 8.5, bold=True, width=lot - LEFT - 8)
    sheet.text(LEFT, line.code, 7, width=lot - LEFT - 8, below=11, muted=True)
    day = "" if line.expiry is None else line.expiry.isoformat()
    sheet.text(lot, printable(line.lot, 20) or "–", 8.5, width=100)
    if day:
        sheet.text(lot, day, 7, below=11, muted=True)
    expected = "" if line.expected is None else number_text(line.expected, language)
    difference = "" if line.expected is None else number_text(together - line.expected, language, plus=True)
    for end, figure in zip(ends, (expected, number_text(line.counted, language), difference), strict=True):
        sheet.text(end, figure, 9, at_right=True)


def _beside(sheet: PrintedSheet, tr: JoinedTranslator, title: str, goods: Sequence[tuple[str, str, int]]) -> None:
    if not goods:
        return
    sheet.section(title, LEFT, CONTENT)
    for code, name, pieces in goods:
        sheet.text(LEFT, code, 8, width=90, muted=True)
        sheet.text(LEFT + 96, printable(name), 8.5, width=CONTENT - 160)
        sheet.text(RIGHT, number_text(pieces, tr.language), 8.5, bold=True, at_right=True)
        sheet.down(13.5)
    sheet.down(5)


def _costs(sheet: PrintedSheet, posted: PostedReceipt, tr: JoinedTranslator) -> None:
    if not posted.charges:
        return
    sheet.section(tr("Freight and duty"), LEFT, CONTENT)
    names = {"freight": tr("Freight"), "duty": tr("Duty"), "other": tr("Other charges")}
    for charge, value in posted.charges:
        sheet.text(LEFT, names[charge.kind], 8.5, width=200)
        stated = money_text(charge.amount, tr.language)
        sheet.text(RIGHT - 100, stated, 8.5, at_right=True)
        sheet.text(RIGHT, money_text(value, tr.language), 8.5, bold=True, at_right=True)
        sheet.down(13.5)
    sheet.down(5)


def _signature_lines(sheet: PrintedSheet, posted: PostedReceipt, tr: JoinedTranslator) -> None:
    sheet.down(44)
    width = CONTENT * 0.3
    for index, text in enumerate((f"{tr('Received by')}: {tr.person(posted.person)}", tr("Handed over by"))):
        x = LEFT + index * (width + 16)
        sheet.rule(x, width)
        sheet.text(x, text, 8, width=width, below=4)
    sheet.barcode(posted.name, RIGHT, height=26)
    sheet.down(16)
