"""The printers of receipts, goods receipts and labels: PDF in the shop's folder and on paper.

Each drawing module is loaded at its first use: reportlab takes long, and most starts of a till print nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.ports.store import Secrets
from pos.application.settings.settings import Settings
from pos.application.shifts.issue_shift import SHEET, STRIP
from pos.application.text.translator import Translator
from pos.domain.quota.rule import Regime
from pos.domain.receipt_number import read_receipt_number, receipt_number
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.sale import Sale
from pos.domain.shifts.shift_report import ShiftReport, z_name
from pos.printing.drawing.atomic_file import write_whole
from pos.printing.drawing.printable import printable
from pos.printing.drawing.raster import page_count, page_dots
from pos.printing.pricing.label_paper import PAPERS, check_start, paper_of

if TYPE_CHECKING:
    from pos.application.ports.pricing_ports import LabelSheet
    from pos.application.purchasing.posted_goods_receipt import PostedReceipt
    from pos.domain.declarations.declaration import Declaration, JudgedSale
    from pos.domain.fiscal.document import FiscalDocument
    from pos.domain.pricing.label import Label
    from pos.domain.visitors.document import Document
    from pos.printing.drawing.fonts import Fonts
    from pos.printing.drawing.rows import Row

_FIT_FOR_A_NAME = re.compile("[A-Z0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class ReceiptPdfPrinter:
    """Implements `ReceiptPrinter` with files below `folder` (the shop's data folder).

    `fonts` is the folder of the font files, `people` reads the display names, `spool` prints a finished file. A receipt
    is written atomically, and drawing it again gives the same bytes while names and settings stay.
    """

    folder: Path
    fonts: Path
    settings: Callable[[], Settings]
    translators: Mapping[str, Translator]
    people: Callable[[], Mapping[str, str]]
    regimes: Callable[[], Mapping[str, Regime]]
    secrets: Secrets
    spool: Callable[[Path], None]
    training: bool = False
    """Whether every document has the training mark."""
    paper: Callable[[], int] = lambda: 80
    """Width of the strip at this till, in millimetres."""

    def draw(self, sale: Sale, copy: int, fiscal: Sequence[FiscalDocument] = ()) -> Path:
        """See ReceiptPrinter.draw; raises PrinterError: font_missing, font_damaged, folder_not_writable."""
        from pos.application.receipts.receipt_seal import seal
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.receipts.receipt import receipt_rows

        settings, fonts = self.settings(), Fonts(self.fonts)
        key_name = self.secrets.public_name
        sealed = seal(sale, self.secrets.sign, key_name)
        rows = receipt_rows(
            sale,
            settings,
            self.translators,
            self.regimes(),
            sealed.text,
            key_name,
            copy=copy,
            lacks=fonts.lacks,
            people=self.people(),
            fiscal=fiscal,
        )
        content = self._strip(rows, settings, fonts, sale.receipt)
        path = receipt_path(self.folder, sale, settings, copy)
        write_whole(path, content)
        return path

    def draw_slip(self, sale: Sale, label: str, copy: int) -> Path:
        """The carry-out slip of the visitor `label`, beside the receipt. Raises as `draw`.

        Raises NoSuchReceipt for a visitor who carries nothing: `Sale.carriers` are those who do.
        """
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.receipts.slip import slip_rows

        settings, fonts = self.settings(), Fonts(self.fonts)
        rows = slip_rows(sale, label, settings, self.translators, self.regimes(), copy=copy, lacks=fonts.lacks)
        title = f"{sale.receipt} {printable(label, 4)}"
        content = self._strip(rows, settings, fonts, title)
        path = slip_path(self.folder, sale, label, settings, copy)
        write_whole(path, content)
        return path

    def draw_return(self, back: GoodsReturn, copy: int, fiscal: Sequence[FiscalDocument] = ()) -> Path:
        from pos.application.receipts.receipt_seal import return_seal
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.receipts.return_receipt import return_receipt_rows

        settings, fonts = self.settings(), Fonts(self.fonts)
        key_name = self.secrets.public_name
        sealed = return_seal(back, self.secrets.sign, key_name)
        rows = return_receipt_rows(
            back,
            settings,
            self.translators,
            sealed.text,
            key_name,
            copy=copy,
            lacks=fonts.lacks,
            people=self.people(),
            fiscal=fiscal,
        )
        content = self._strip(rows, settings, fonts, back.receipt)
        path = receipt_path(self.folder, back, settings, copy)
        write_whole(path, content)
        return path

    def original(self, recorded: Sale | GoodsReturn) -> Path | None:
        path = receipt_path(self.folder, recorded, self.settings())
        return path if path.is_file() else None

    def draw_shift(self, report: ShiftReport, copy: int, paper: str = STRIP) -> Path:
        """The X or the Z of a shift, on a strip or a sheet. Raises as `draw`."""
        from pos.printing.drawing.fonts import Fonts

        settings, fonts = self.settings(), Fonts(self.fonts)
        path = shift_path(self.folder, report, settings, copy, paper)
        if paper == SHEET:
            from pos.printing.shifts.shift_sheet import sheet_pdf

            content = sheet_pdf(
                report,
                settings,
                self.translators,
                fonts,
                path.stem,
                copy,
                people=self.people(),
                training=self.training,
            )
        else:
            from pos.printing.shifts.shift_report import shift_rows

            rows = shift_rows(report, settings, self.translators, copy, self.people())
            content = self._strip(rows, settings, fonts, path.stem)
        write_whole(path, content)
        return path

    def _strip(self, rows: tuple[Row, ...], settings: Settings, fonts: Fonts, title: str) -> bytes:
        from pos.printing.drawing.pdf import strip_pdf
        from pos.printing.drawing.training_mark import marked_as_training

        marked = marked_as_training(rows, settings, self.translators) if self.training else rows
        return strip_pdf(marked, fonts, title, printable(settings.shop_name), self.paper())

    def print_file(self, path: Path) -> None:
        self.spool(path)


@dataclass(frozen=True, slots=True)
class GoodsReceiptPdfPrinter:
    """Implements `GoodsReceiptPrinter` with files below `folder`; `people` and `spool` as above."""

    folder: Path
    fonts: Path
    settings: Callable[[], Settings]
    translators: Mapping[str, Translator]
    people: Callable[[], Mapping[str, str]]
    spool: Callable[[Path], None]
    training: bool = False

    def draw(self, posted: PostedReceipt, copy: int, *, costs: bool) -> Path:
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.purchasing.goods_receipt import goods_receipt_pdf

        settings = self.settings()
        day = posted.at.astimezone(settings.zone).date()
        name = posted.name + (f"-copy-{copy}" if copy else "")
        path = self.folder / "goods" / f"{day:%Y}" / f"{day:%m}" / f"{name}.pdf"
        content = goods_receipt_pdf(
            posted,
            settings,
            self.translators,
            Fonts(self.fonts),
            copy,
            costs=costs,
            people=self.people(),
            training=self.training,
        )
        write_whole(path, content)
        return path

    def print_file(self, path: Path) -> None:
        self.spool(path)


@dataclass(frozen=True, slots=True)
class LabelPdfPrinter:
    """Implements `LabelPrinter` with files below `folder` (the shop's data folder)."""

    folder: Path
    fonts: Path
    settings: Callable[[], Settings]
    translators: Mapping[str, Translator]
    spool: Callable[[Path], None]
    training: bool = False

    def draw(self, labels: Sequence[Label], paper: str, start: int = 1) -> LabelSheet:
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.pricing.labels import label_sheet

        chosen = paper_of(paper)
        settings, place = self.settings(), check_start(chosen, start)
        shown = self._marked(labels, settings)
        return label_sheet(shown, chosen, place, settings, self.translators, Fonts(self.fonts))

    def write(self, sheet: LabelSheet, name: str) -> Path:
        path = self.folder / "labels" / f"{name}.pdf"
        write_whole(path, sheet.content)
        return path

    def print_file(self, path: Path) -> None:
        self.spool(path)

    def picture(self, sheet: LabelSheet, page: int, dots_per_inch: int) -> tuple[int, int, bytes]:
        return page_dots(sheet.content, dots_per_inch, page)

    def preview(self, label: Label, paper: str, dots_per_inch: int) -> tuple[int, int, bytes]:
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.pricing.labels import labels_pdf

        whole, settings = paper_of(paper), self.settings()
        alone = replace(whole, page=whole.label, columns=1, rows=1)
        shown = self._marked([label], settings)
        return page_dots(labels_pdf(shown, alone, 1, settings, self.translators, Fonts(self.fonts)), dots_per_inch)

    def _marked(self, labels: Sequence[Label], settings: Settings) -> Sequence[Label]:
        """In training a word in the place of the second name: the price is none of the shop's."""
        if not self.training:
            return labels
        from pos.printing.drawing.training_mark import TRAINING

        word = self.translators[settings.label_languages[0]](TRAINING)
        return [replace(label, names=(word, *label.names[:1])) for label in labels]

    def papers(self) -> tuple[str, ...]:
        return tuple(PAPERS)


@dataclass(frozen=True, slots=True)
class DeclarationPdfPrinter:
    """Implements `DeclarationPrinter`. `spool` prints content from memory on the printer of a setting: what has a whole
    document number never becomes a file of the shop.
    """

    folder: Path
    fonts: Path
    settings: Callable[[], Settings]
    translators: Mapping[str, Translator]
    till: str
    spool: Callable[[str, bytes, str], None]
    training: bool = False

    @property
    def prints(self) -> bool:
        return self.settings().printer_of(self.till) not in {"", "folder"}

    def draw(self, declaration: Declaration, document: Document | None) -> bytes:
        from pos.printing.declarations.paper_pdf import declaration_pdf
        from pos.printing.drawing.fonts import Fonts

        settings, fonts = self.settings(), Fonts(self.fonts)
        return declaration_pdf(declaration, document, settings, self.translators, fonts, training=self.training)

    def pages(self, content: bytes) -> int:
        return page_count(content)

    def picture(self, content: bytes, page: int, dots_per_inch: int) -> tuple[int, int, bytes]:
        return page_dots(content, dots_per_inch, page)

    def print_content(self, content: bytes, title: str) -> None:
        self.spool(self.settings().printer_of(self.till), content, title)

    def keep(self, declaration: Declaration, content: bytes) -> Path:
        """See DeclarationPrinter.keep: T1-000123-A-declaration.pdf, which goes when its receipt's files go."""
        label = declaration.adult.label
        whose = label if _FIT_FOR_A_NAME.fullmatch(label) else f"visitor-{label.encode().hex()[:16]}"
        path = _path(self.folder, declaration.sale, self.settings(), f"-{whose}-declaration", 0)
        write_whole(path, content)
        return path


def receipt_path(folder: Path, of: Sale | GoodsReturn, settings: Settings, copy: int = 0) -> Path:
    """receipts/2026/11/24/T1-000123.pdf below `folder`, by the date of the shop's clock; copies have a suffix."""
    return _path(folder, of, settings, "", copy)


def slip_path(folder: Path, sale: Sale, label: str, settings: Settings, copy: int = 0) -> Path:
    """The receipt's path with the visitor: T1-000123-A.pdf; a label that is no plain name becomes a number.

    Capitals and digits only, or two labels would share a file where the system does not distinguish `a` from `A`.
    """
    number = next(number for number, visitor in enumerate(sale.visitors, start=1) if visitor.label == label)
    return _path(folder, sale, settings, f"-{label if _FIT_FOR_A_NAME.fullmatch(label) else f'visitor-{number}'}", copy)


def shift_path(folder: Path, report: ShiftReport, settings: Settings, copy: int = 0, paper: str = STRIP) -> Path:
    """zreports/2026/11/T1-Z000012.pdf below `folder`, a sheet T1-Z000012-a4.pdf; the X of shift 14 T1-X000014.pdf."""
    till = read_receipt_number(receipt_number(report.till, 1))[0]  # letters and digits only
    day = (report.closed_at or report.at).astimezone(settings.zone).date()
    name = f"{till}-X{report.number:06d}" if report.z_number is None else z_name(till, report.z_number)
    name += f"-{SHEET}" if paper == SHEET else ""
    name += f"-copy-{copy}" if copy else ""
    return folder / "zreports" / f"{day:%Y}" / f"{day:%m}" / f"{name}.pdf"


def _path(folder: Path, of: Sale | GoodsReturn | JudgedSale, settings: Settings, whose: str, copy: int) -> Path:
    till, number = read_receipt_number(of.receipt)  # only the till's letters and digits become a file name
    day = of.at.astimezone(settings.zone).date()
    name = f"{till}-{number:06d}{whose}" + (f"-copy-{copy}" if copy else "")
    return folder / "receipts" / f"{day:%Y}" / f"{day:%m}" / f"{day:%d}" / f"{name}.pdf"
