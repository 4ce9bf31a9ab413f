"""`promotion add`, `promotion change`, `promotion list`, `promotion end`: automatic discounts for a period."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any

import typer

from pos.application.pricing.promotions import PromotionDraft, promotion_json
from pos.application.pricing.tables import promotions
from pos.application.settings.options import read_instant
from pos.cli.options import Out, whole, wrote
from pos.cli.runtime import Run, print_json
from pos.domain.errors import BadField
from pos.domain.money import Money

_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
_Number = Annotated[int, typer.Argument(parser=whole, metavar="NUMBER", help="The number shown by `promotion list`.")]
_KINDS = ("percent", "amount", "take", "pay")
_NEVER = "never"
_BUNDLE = re.compile(r"([0-9]{1,2}):([0-9]{1,2})")


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Promotions.")
    program.add_typer(group, name="promotion")

    @group.command()
    def add(
        name: Annotated[str, typer.Argument(metavar="NAME", help="The name on the receipt.")],
        percent: Annotated[str | None, typer.Option(help="Percentage off each piece.")] = None,
        amount: Annotated[str | None, typer.Option(help="Amount off each piece, in the price currency.")] = None,
        bundle: Annotated[str | None, typer.Option(metavar="N:M", help="Take N, pay M: the cheapest are free.")] = None,
        category: Annotated[str | None, typer.Option(help="Goods of a category or branch; default: all.")] = None,
        code: Annotated[str | None, typer.Option(help="One product.")] = None,
        since: Annotated[str | None, typer.Option("--from", help="Valid from this instant; default: now.")] = None,
        until: Annotated[str | None, typer.Option("--to", help="Valid before this instant; default: no end.")] = None,
    ) -> None:
        """Start an automatic discount, now or from an instant: one of --percent, --amount and --bundle."""
        draft = PromotionDraft(name, **_given(run, percent, amount, bundle, category, code, since, until))
        print_json(promotion_json(run.shop.promotions.add(draft, run.person())))

    @group.command()
    def change(
        number: _Number,
        name: Annotated[str | None, typer.Option(help="The name on the receipt.")] = None,
        percent: Annotated[str | None, typer.Option(help="Percentage off each piece.")] = None,
        amount: Annotated[str | None, typer.Option(help="Amount off each piece, in the price currency.")] = None,
        bundle: Annotated[str | None, typer.Option(metavar="N:M", help="Take N, pay M: the cheapest are free.")] = None,
        category: Annotated[str | None, typer.Option(help="Goods of a category or branch.")] = None,
        code: Annotated[str | None, typer.Option(help="One product.")] = None,
        since: Annotated[str | None, typer.Option("--from", help="Valid from this instant.")] = None,
        until: Annotated[str | None, typer.Option("--to", help="Valid before this instant; `never`: no end.")] = None,
    ) -> None:
        """Change a promotion that has not begun. What is not given stays as it is."""
        promotions, person = run.shop.promotions, run.person()
        seen = promotions.one(number, person)
        is_endless = until == _NEVER
        given = _given(run, percent, amount, bundle, category, code, since, None if is_endless else until)
        draft = replace(
            PromotionDraft.of(seen), **{field: value for field, value in given.items() if value is not None}
        )
        if any(given[field] is not None for field in _KINDS):
            draft = replace(draft, **{field: given[field] for field in _KINDS})
        if category is not None or code is not None:
            draft = replace(draft, scope=category, code=code)
        if name is not None:
            draft = replace(draft, name=name)
        if is_endless:
            draft = replace(draft, until=None)
        print_json(promotion_json(promotions.change(number, draft, person, seen)))

    @group.command("list")
    def show(out: Out = None) -> None:
        """Print all promotions, current and scheduled first."""
        if wrote(run, out, promotions(run.shop.promotions)):
            return
        print_json([promotion_json(promotion) for promotion in run.shop.promotions.all(run.person())])

    @group.command()
    def end(
        number: _Number,
    ) -> None:
        """End a promotion now. Past sales do not change."""
        print_json(promotion_json(run.shop.promotions.end(number, run.person())))


def _given(
    run: Run,
    percent: str | None,
    amount: str | None,
    bundle: str | None,
    category: str | None,
    code: str | None,
    since: str | None,
    until: str | None,
) -> dict[str, Any]:
    """The fields of a draft, each None where it is not given."""
    if category is not None and code is not None:
        raise BadField("code", "category_or_code", code[:40])
    take, pay = _bundle(bundle)
    return {
        "percent": None if percent is None else _percent(percent),
        "amount": None if amount is None else Money.parse(amount, run.shop.settings().price, "amount"),
        "take": take,
        "pay": pay,
        "scope": category,
        "code": code,
        "since": None if since is None else read_instant(since, "from"),
        "until": None if until is None else read_instant(until, "to"),
    }


def _percent(text: str) -> Decimal:
    if not _PERCENT.fullmatch(text):
        raise BadField("percent", "not_a_number", text[:20])
    return Decimal(text)


def _bundle(text: str | None) -> tuple[int | None, int | None]:
    if text is None:
        return None, None
    match = _BUNDLE.fullmatch(text)
    if match is None:
        raise BadField("bundle", "not_take_and_pay", text[:20])
    return int(match[1]), int(match[2])
