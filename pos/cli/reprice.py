"""`product reprice`: change many prices in one step, with a preview, or withdraw a change before it is in force."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

import typer

from pos.application.ports.pricing_ports import Among
from pos.application.pricing.change_prices import PriceChangeMade, Repriced, RepriceRequest
from pos.application.settings.options import read_instant
from pos.application.text.formatting import number_text
from pos.application.text.json_amounts import amount as amount_json
from pos.cli.options import whole
from pos.cli.runtime import Run, print_json
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pricing.price_change import PriceChange

_SHOWN = 100
_MOST_DIGITS = 3
"""Of a percentage, before the point."""


def add_to(group: typer.Typer, run: Run) -> None:
    @group.command()
    def reprice(
        percent: Annotated[str | None, typer.Option(help="Price change in percent; negative: lower.")] = None,
        by: Annotated[str | None, typer.Option("--amount", help="Price change per piece; negative: lower.")] = None,
        ending: Annotated[str, typer.Option(help="Price ending: 00, 90 or 99.")] = "",
        category: Annotated[str, typer.Option(help="Products of a category or branch.")] = "*",
        supplier: Annotated[str, typer.Option(help="Products of a supplier.")] = "",
        words: Annotated[str, typer.Option(help="Products that match these words.")] = "",
        low: Annotated[str | None, typer.Option(help="Minimum price.")] = None,
        high: Annotated[str | None, typer.Option(help="Maximum price.")] = None,
        since: Annotated[str | None, typer.Option("--from", help="Valid from this instant; default: now.")] = None,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the changes without applying them.")] = False,
        listed: Annotated[bool, typer.Option("--list", help="List the scheduled changes.")] = False,
        withdraw: Annotated[int | None, typer.Option(parser=whole, help="Cancel the change with this number.")] = None,
    ) -> None:
        """Change many prices in one step, or preview the changes."""
        step, person = run.shop.office.change_prices, run.person()
        if listed or withdraw is not None:
            made = [] if withdraw is None else [step.withdraw(person, withdraw)]
            print_json([_made(one) for one in (step.pending(person) if listed else made)])
            return
        currency = run.shop.settings().price

        def money(text: str | None, field: str) -> Money | None:
            return None if text is None else Money.parse(text, currency, field)

        change = PriceChange(None if percent is None else _percent(percent), money(by, "amount"), ending)
        among = Among(category, supplier, words, money(low, "low"), money(high, "high"))
        request = RepriceRequest(among, change, None if since is None else read_instant(since, "from"))
        if not dry_run:
            print_json(_made(step(person, request)))
            return
        tally, page = step.tally(person, request), step.page(person, request, limit=_SHOWN)
        counts = {
            "goods": tally.goods,
            "below_cost": tally.below_cost,
            "impossible": tally.impossible,
            "unlikely": tally.unlikely,
        }
        print_json({**counts, "prices": [_row(one) for one in page.rows]})


def _percent(text: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]{1,2})?", text):
        raise BadField("percent", "not_a_number", text[:20])
    if len(text.partition(".")[0].lstrip("-")) > _MOST_DIGITS:
        raise BadField("percent", "out_of_range", text[:20])
    return Decimal(text)


def _row(one: Repriced) -> dict[str, Any]:
    before, after = (None if margin is None else number_text(margin, "en", 1) for margin in one.margins)
    return {
        "code": one.good.code,
        "name": one.good.name_in(""),
        "price": amount_json(one.good.price),
        "new": amount_json(one.new),
        "margin": before,
        "new_margin": after,
        "below_cost": one.is_below_cost,
    }


def _made(one: PriceChangeMade) -> dict[str, Any]:
    return {"change": one.no, "goods": one.goods, "from": one.since, "set": one.at, "by": one.person}
