"""`catalogue` with `import, undo, imports, export, quick-keys`, and `product` with `find, show, add` and more."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from pos.application.catalogue.catalogue_columns import Reject
from pos.application.catalogue.catalogue_files import ReadAs
from pos.application.catalogue.edit_product import RIGHT
from pos.application.catalogue.find_product import FoundProduct
from pos.application.catalogue.import_catalogue import RowChange
from pos.application.catalogue.incomplete_rows import IncompleteRow
from pos.application.catalogue.product_file import card_with, read_fields
from pos.application.catalogue.tables import products
from pos.application.ports.catalogue_ports import ImportRun
from pos.application.ports.pricing_ports import DatedPrice
from pos.application.pricing.set_price import PriceBoard
from pos.application.settings.options import read_instant
from pos.application.text.json_amounts import amount
from pos.cli import edit_several, quick_keys, reprice
from pos.cli.options import Out, check_count, whole, wrote
from pos.cli.runtime import Run, print_json, read_file
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.catalogue.product_card import ProductCard
from pos.domain.catalogue.product_fields import CUSTOMS_ATTRIBUTES, OWN
from pos.domain.errors import BadField
from pos.domain.money import Money

T = TypeVar("T")


def add_to(program: typer.Typer, run: Run) -> None:
    _add_products(program, run)
    _add_catalogue(program, run)


def _add_catalogue(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="The catalogue as a file.")
    program.add_typer(group, name="catalogue")
    quick_keys.add_to(group, run)

    @group.command("import")
    def import_file(
        file: Annotated[str, typer.Argument(metavar="FILE", help="CSV, TSV or XLSX; - reads CSV from stdin.")],
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Count without changing anything.")] = False,
        preview: Annotated[int, typer.Option(parser=whole, help="Print the changes of the first N products.")] = 0,
        rejects: Annotated[Path | None, typer.Option(help="Write the rejected rows to this file.")] = None,
        encoding: Annotated[str, typer.Option(help="utf-8, utf-16, gb18030 or windows-1251.")] = "",
        delimiter: Annotated[str, typer.Option(help="A comma, a semicolon or tab.")] = "",
        decimal: Annotated[str, typer.Option(help="The decimal separator: . or ,")] = "",
        sheet: Annotated[str, typer.Option(help="The sheet of a workbook.")] = "",
        map_: Annotated[
            list[str] | None, typer.Option("--map", help="COLUMN=NAME: the name of a column in the file.")
        ] = None,
    ) -> None:
        """Add and update products; a bad row does not stop the rest."""
        check_count("preview", preview, 1000, least=0)
        files, began, how = run.wiring.catalogues(), time.monotonic(), ReadAs(encoding, delimiter, sheet)
        changes: list[RowChange] = []
        incomplete: list[IncompleteRow] = []
        with ExitStack() as stack:
            if file == "-":
                table = files.read_catalogue(sys.stdin.buffer, how=how)
            else:
                table = stack.enter_context(files.reading(Path(file), how))
            said = run.shop.import_catalogue.said_of(table.header, map_ or (), decimal)
            take = _passed_over if rejects is None else stack.enter_context(files.rejects_file(rejects))
            with _progress() as report:
                result = run.shop.import_catalogue(
                    table,
                    run.person(),
                    take,
                    dry_run=dry_run,
                    progress=report,
                    changes=_first(changes, preview) if preview else None,
                    said=said,
                    incomplete=_first(incomplete, preview) if dry_run else None,
                )
        answer: dict[str, Any] = {**result.counts(), "seconds": round(time.monotonic() - began, 2)}
        if result.run is not None:
            answer["import"] = result.run
        answer |= {name: getattr(table, name) for name in ("encoding", "sheet") if getattr(table, name)}
        if dry_run:
            answer["incomplete"] = result.incomplete
        if result.ignored:
            answer["ignored"] = list(result.ignored)
        if preview:
            answer["changes"] = [_change_answer(change) for change in changes]
            if dry_run:
                answer["lacking"] = [one._asdict() | {"lacks": list(one.lacks)} for one in incomplete]
        print_json(answer)

    @group.command()
    def template(
        file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or XLSX by its extension.")],
    ) -> None:
        """Write an empty catalogue to fill in: headers and two example rows, which an import passes over."""
        made = run.shop.save_template(file, run.person(), run.translator)
        print_json({"file": str(file), "columns": list(made.header)})

    @group.command()
    def undo() -> None:
        """Undo the last import, except for products used or changed since."""
        with _progress() as report:
            result = run.shop.undo_import(run.person(), report)
        answer = {"import": result.run.id, "file": result.run.file, "removed": result.removed}
        left = [one._asdict() for one in result.left]
        print_json(answer | {"restored": result.restored, "kept": result.kept, "left": left})

    @group.command()
    def imports(limit: Annotated[int, typer.Option(parser=whole, help="Maximum number.")] = 20) -> None:
        """Print the newest imports with their figures."""
        check_count("limit", limit, 1000)
        print_json([_run_answer(one) for one in run.shop.undo_import.recent(run.person(), limit)])

    @group.command()
    def export(
        file: Annotated[str, typer.Argument(metavar="FILE", help="CSV, or TSV by its extension; - prints.")],
    ) -> None:
        """Write all products with stock on hand; importing the file changes nothing."""
        files, person = run.wiring.catalogues(), run.person()
        if file == "-":
            run.shop.export_catalogue(lambda goods: files.write_catalogue(sys.stdout, goods), person)
            return
        written = run.shop.export_catalogue(files.catalogue_file(Path(file)), person)
        print_json({"products": written, "file": file})


def _first(changes: list[T], most: int) -> Callable[[T], None]:
    """Keeps the first changes of an import, or the first goods that lack something."""

    def take(change: T) -> None:
        if len(changes) < most:
            changes.append(change)

    return take


def _change_answer(change: RowChange) -> dict[str, Any]:
    fields = [field._asdict() for field in change.fields]
    answer = {"line": change.line, "code": change.code, "name": change.name, "new": change.is_new}
    return answer | {"repriced": change.is_repriced, "fields": fields}


def _run_answer(run: ImportRun) -> dict[str, Any]:
    undone = {} if run.undone_at is None else {"undone_at": run.undone_at, "undone_by": run.undone_by}
    answer = {"import": run.id, "file": run.file, "at": run.at, "person": run.person, "state": run.state}
    return answer | dict(run.counts) | undone


def _passed_over(_reject: Reject) -> None:
    """Ignores rejected rows that were not requested; the answer has their number."""


@contextmanager
def _progress() -> Iterator[Callable[[int], None] | None]:
    """A callback that prints the processed rows, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return

    def report(rows: int) -> None:
        sys.stderr.write(f"\r{rows:,}")
        sys.stderr.flush()

    yield report
    sys.stderr.write("\n")


def _add_products(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Products.")
    program.add_typer(group, name="product")
    reprice.add_to(group, run)
    edit_several.add_to(group, run)

    @group.command()
    def find(
        text: Annotated[str, typer.Argument(metavar="TEXT", help="A code, or part of a name in any language.")],
        limit: Annotated[int, typer.Option(parser=whole, help="Maximum number.")] = 20,
        out: Out = None,
    ) -> None:
        """Find products by code or part of a name; a file contains all of them and needs the catalogue right."""
        check_count("limit", limit, 1000)
        if wrote(run, out, products(run.shop.browse, text)):
            return
        print_json([product_answer(listed) for listed in run.shop.find(text, limit)])

    @group.command()
    def show(code: Annotated[str, typer.Argument(metavar="CODE")]) -> None:
        """Print one product with stock on hand."""
        person, answer = run.person(), product_answer(run.shop.find.show(code))
        if person.may(RIGHT):  # supplier and reorder point are not for cashiers
            answer |= _card_answer(run.shop.edit_product.card(code, person)[1])
        print_json(answer)

    @group.command()
    def add(file: Annotated[str, typer.Argument(metavar="FILE", help="JSON of fields; - reads stdin.")]) -> None:
        """Add a product; the first code is its main code."""
        fields = read_fields(read_file(file))
        card = card_with(ProductCard((), ""), fields, run.shop.settings().price)
        _, made = run.shop.edit_product.add(card, run.person())
        print_json(product_answer(run.shop.find.show(made.code)) | _card_answer(made))

    @group.command()
    def edit(
        code: Annotated[str, typer.Argument(metavar="CODE")],
        file: Annotated[str, typer.Argument(metavar="FILE", help="JSON of the fields to change; - reads stdin.")],
    ) -> None:
        """Change fields of a product; null removes a value, `codes` replaces all codes."""
        product_id, card = run.shop.edit_product.card(code, run.person())
        changed_card = card_with(card, read_fields(read_file(file)), run.shop.settings().price)
        made = run.shop.edit_product(product_id, card, changed_card, run.person())
        print_json(product_answer(run.shop.find.show(made.code)) | _card_answer(made))

    @group.command()
    def history(
        code: Annotated[str, typer.Argument(metavar="CODE")],
        limit: Annotated[int, typer.Option(parser=whole, help="Maximum number.")] = 100,
    ) -> None:
        """Print the changes of a product, newest first."""
        check_count("limit", limit, 10_000)
        product_id, card = run.shop.edit_product.card(code, run.person())
        changes = [
            {"field": one.field, "before": one.before, "after": one.after, "at": one.at, "by": one.person}
            | {"import": one.by_import}
            for one in run.shop.edit_product.history(product_id, run.person(), limit)
        ]
        print_json({"code": card.code, "changes": changes})

    @group.command("price")
    def set_price(
        code: Annotated[str, typer.Argument(metavar="CODE")],
        price: Annotated[
            str | None, typer.Argument(metavar="AMOUNT", help="The new price; default: print the prices.")
        ] = None,
        since: Annotated[str | None, typer.Option("--from", help="Valid from this instant; default: now.")] = None,
        withdraw: Annotated[str | None, typer.Option(help="Cancel the price scheduled from this instant.")] = None,
    ) -> None:
        """Set the price of a product, now or from an instant, or cancel a scheduled price."""
        step, product_id = run.shop.set_price, run.shop.find.show(code).product.id
        if price is not None and withdraw is not None:
            raise BadField("withdraw", "not_one_of", withdraw[:40])
        if withdraw is not None:
            board = step.withdraw(product_id, read_instant(withdraw, "withdraw"), run.person())
        elif price is not None:
            money = Money.parse(price, run.shop.settings().price, "price")
            board = step(product_id, money, run.person(), None if since is None else read_instant(since, "from"))
        else:
            board = step.board(product_id, run.person())
        print_json(prices_answer(board))


def product_answer(listed: FoundProduct) -> dict[str, Any]:
    """A product as the contract defines it; a missing attribute is null."""
    product = listed.product
    return {
        "code": product.code,
        "codes": list(product.codes),
        "name": product.name,
        "names": {language: product.names.get(language) for language in LANGUAGES},
        "category": product.category,
        "price": None if product.price is None else amount(product.price),
        "vat": None if product.vat is None else format(product.vat, "f"),
        "on_hand": listed.on_hand,
        "incomplete": list(product.missing),
        **{name: _plain(getattr(product.attributes, name)) for name in CUSTOMS_ATTRIBUTES},
    }


def _card_answer(card: ProductCard) -> dict[str, Any]:
    """The fields that only the product's own commands return."""
    return {
        **{name: _plain(getattr(card, name)) for name in OWN},
        "packs": [
            {"code": pack.code, "kind": pack.kind, "pieces": pack.quantity, "supplier": pack.supplier}
            for pack in card.codes
        ],
    }


def prices_answer(board: PriceBoard) -> dict[str, Any]:
    """The prices of a product: the current one, its price from before the dated ones, and the dated ones, earliest
    first.
    """
    return {
        "code": board.product.code,
        "price": None if board.product.price is None else amount(board.product.price),
        "since": board.since,
        "first": None if board.first is None else amount(board.first),
        "past": [_dated(one) for one in board.past],
        "coming": [_dated(one) for one in board.coming],
    }


def _dated(one: DatedPrice) -> dict[str, Any]:
    return {"price": amount(one.price), "from": one.since, "by": one.person, "set": one.set_at}


def _plain(value: Decimal | int | str | None) -> int | str | None:
    """The value of a field in an answer: decimals as text, nothing on file as null."""
    return format(value, "f") if isinstance(value, Decimal) else None if value == "" else value
