"""The receipt of ten lines as PDF, beside bare reportlab that draws the same strings with the same fonts."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tests.benchmarks.a_till import a_shop, goods_to_sell
from tests.benchmarks.table import Effort, Row, side_by_side

if TYPE_CHECKING:
    from pos.domain.sales.sale import Sale

_KILOBYTES = 40


def measure(effort: Effort) -> Iterator[Row]:
    """Every row of performance.md, T9."""
    from pos.printing.drawing.fonts import Fonts
    from tests.benchmarks.sale import Seller

    with a_shop() as shop:
        seller = Seller(shop, goods_to_sell(shop.folder, 100))
        order = seller.order()
        sale = shop.complete_sale.from_counter(order, seller.payment(order))
        import main

        drawn = _Drawn(sale, shop, Fonts(main.RESOURCES / "fonts"))
        ours, bare = side_by_side(effort.repeats, drawn.ours, drawn.bare)
        size = len(drawn.ours()) / 1024
        yield Row("PDF of 10 lines out of the recorded sale", ours, bare, most=1.3)
        rows, _ = side_by_side(effort.repeats, drawn.rows, drawn.bare)
        yield Row("… its words and its signature", rows)
        yield Row("kilobytes, as ms", [size], [len(drawn.bare()) / 1024], _KILOBYTES)
        whole = side_by_side(effort.repeats, lambda: shop.issue_receipt.printer.draw(sale, 0))[0]
        yield Row("drawn and kept as a file", whole)


class _Drawn:
    """One sale drawn by us and by reportlab alone; the strings, places and bars of both are the same."""

    def __init__(self, sale: Sale, shop: Any, fonts: Any) -> None:
        self._sale, self._shop, self._fonts = sale, shop, fonts
        self._settings, self._secrets = shop.settings(), shop.complete_sale.secrets
        self._strip = self._laid_out()

    def rows(self) -> Any:
        """What the receipt says."""
        from pos.application.receipts.receipt_seal import seal
        from pos.printing.receipts.receipt import receipt_rows

        name = self._secrets.public_name
        sealed = seal(self._sale, self._secrets.sign, name)
        return receipt_rows(
            self._sale, self._settings, self._shop.translators, self._shop.regimes(), sealed.text, name,
            copy=0, lacks=self._fonts.lacks,
        )  # fmt: skip

    def ours(self) -> bytes:
        """As the printer draws it."""
        from pos.printing.drawing.pdf import strip_pdf

        return strip_pdf(self.rows(), self._fonts, self._sale.receipt, "shop")

    def _laid_out(self) -> Any:
        from pos.printing.drawing.pdf import _Strip  # the places of its strings are what both draw

        strip = _Strip(self._fonts)
        for row in self.rows():
            strip.put(row)
        return strip

    def bare(self) -> bytes:
        """The same strings at the same places, and one path for the bars of each code."""
        from reportlab.pdfgen.canvas import Canvas

        strip, out = self._strip, BytesIO()
        height = strip._y + 20
        canvas = Canvas(out, pagesize=(227, height), pageCompression=1, invariant=1)
        for x, y, font, size, text in strip._texts:
            canvas.setFont(font.fontName, size)
            canvas.drawString(x, height - y, text)
        for grid in strip._grids:
            path = canvas.beginPath()
            for column, row, modules in grid.runs:
                top = height - grid.y - (row + 1) * grid.height
                path.rect(grid.x + column * grid.width, top, modules * grid.width, grid.height)
            canvas.drawPath(path, stroke=0, fill=1)
        canvas.showPage()
        canvas.save()
        return out.getvalue()
