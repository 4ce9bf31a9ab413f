"""`rates show`, `rates history`, `rates set`, `rates import`, `rates fetch`: dated exchange rates."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pos.application.pricing.import_rates import ImportedRates
from pos.application.pricing.set_rates import RateDraft, RatePlan, RateSource
from pos.application.pricing.tables import rates as rates_table
from pos.application.reports.read_journal import read_from
from pos.application.settings.options import read_instant
from pos.application.text.json_amounts import rate_json, rates_json
from pos.cli.options import Out, wrote
from pos.cli.runtime import Run, print_json
from pos.domain.money import currency
from pos.domain.pricing.rates import read_rate

_ANYWAY = "Record what looks like a mistake: a rate far from the last one, or one that is past already."
_AS = (
    "What a central bank's rates become: customs rates (the default), or the middle between buying and selling, as far "
    "apart as the setting bank_spread_percent says."
)


_MEAN = "-"
_CUSTOMS = (
    "The official rate for customs values; - for the mean of buying and selling. Default: the one in force stays."
)


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Exchange rates.")
    program.add_typer(group, name="rates")

    @group.command()
    def show(out: Out = None) -> None:
        """Print the rates in force: base units per unit; a file has six weeks and scheduled rates."""
        if wrote(run, out, rates_table(run.shop.show_rate_board)):
            return
        table = run.shop.show_rates()
        print_json({"base": table.base.code, "price_currency": table.price.code, "rates": rates_json(table)})

    @group.command()
    def history(
        code: Annotated[str, typer.Argument(metavar="CURRENCY")],
        since: Annotated[str, typer.Option("--from", help="A day or an instant; default: six weeks ago.")] = "",
        until: Annotated[
            str, typer.Option("--to", help="A day (included) or an instant; default: all scheduled.")
        ] = "",
    ) -> None:
        """Print past and scheduled rates, oldest first, with the person who set them."""
        chosen, zone = currency(code), run.shop.settings().zone
        first = read_from(since, "from", zone)
        last = read_from(until, "to", zone, is_end=True)
        recorded = run.shop.show_rate_board.history(run.person(), chosen, first, last)
        rates = [{**rate_json(one.rate), "by": one.person} for one in recorded]
        print_json({"base": run.shop.settings().base.code, "currency": chosen.code, "rates": rates})

    @group.command("set")
    def set_rate(
        code: Annotated[str, typer.Argument(metavar="CURRENCY")],
        buy: Annotated[str, typer.Option(help="Buying rate: units of the base currency per unit.")],
        sell: Annotated[str, typer.Option(help="Selling rate: units of the base currency per unit.")],
        customs: Annotated[str | None, typer.Option(help=_CUSTOMS)] = None,
        since: Annotated[str | None, typer.Option("--from", help="Valid from this instant; default: now.")] = None,
    ) -> None:
        """Record a rate from an instant. Earlier rates are kept. Unusual values cause a warning."""
        step, person = run.shop.set_rate, run.person()
        draft = RateDraft(
            currency(code),
            read_rate(buy, "buy"),
            read_rate(sell, "sell"),
            None if customs is None or customs == _MEAN else read_rate(customs, "customs"),
            None if since is None else read_instant(since, "from"),
            keeps_customs=customs is None,
        )
        for doubt in step.plan(person, [draft]).doubts:
            print(run.wiring.refusal_text(doubt, run.translator), file=sys.stderr)
        (rate,) = step.all(person, [draft], anyway=True)
        table = run.shop.show_rates()
        print_json({"base": table.base.code, "set": rate.currency.code, "rates": rates_json(table)})

    @group.command("import")
    def import_rates(
        file: Annotated[
            Path,
            typer.Argument(
                metavar="FILE",
                help="CSV: currency, buy, sell[, customs, unit, from]; or a file of the National Bank of Kazakhstan, "
                "the Bank of Russia or the European Central Bank.",
            ),
        ],
        use: Annotated[str, typer.Option("--as", metavar="customs|shop", help=_AS)] = "",
        anyway: Annotated[bool, typer.Option("--anyway", help=_ANYWAY)] = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the changes without recording them.")] = False,
    ) -> None:
        """Record the rates of a file, all or none; `unit` is the number of units quoted (1, 10, 100)."""
        if dry_run:
            print_json(_planned(run, run.shop.import_rates.plan(file, run.person(), use)))
            return
        print_json(_recorded(run, run.shop.import_rates(file, run.person(), use, anyway=anyway)))

    @group.command()
    def fetch(
        url: Annotated[
            str, typer.Argument(metavar="[URL]", help="An https address; default: that of the setting rate_feed.")
        ] = "",
        use: Annotated[str, typer.Option("--as", metavar="customs|shop", help=_AS)] = "",
        anyway: Annotated[bool, typer.Option("--anyway", help=_ANYWAY)] = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the changes without recording them.")] = False,
    ) -> None:
        """Record the rates of a central bank from the web. Rates that are no news are not recorded again."""
        if dry_run:
            print_json(_planned(run, run.shop.fetch_rates.plan(run.person(), url, use)))
            return
        print_json(_recorded(run, run.shop.fetch_rates(run.person(), url, use, anyway=anyway)))


def _recorded(run: Run, imported: ImportedRates) -> dict[str, Any]:
    table = run.shop.show_rates()
    named = [rate.currency.code for rate in imported.rates]
    return {
        "base": table.base.code,
        "rows": len(named),
        "set": named,
        "rates": rates_json(table),
        **_source_json(imported.source),
    }


def _planned(run: Run, plan: RatePlan) -> dict[str, Any]:
    changes = [
        {
            "currency": one.rate.currency.code,
            "before": None if one.before is None else rate_json(one.before),
            "now": rate_json(one.rate),
        }
        for one in plan.rates
    ]
    doubts = [{"doubt": doubt.fact, **doubt.facts()} for doubt in plan.doubts]
    return {
        "base": run.shop.settings().base.code,
        "rows": len(changes),
        "changes": changes,
        "doubts": doubts,
        **_source_json(plan.source),
    }


def _source_json(source: RateSource | None) -> dict[str, Any]:
    """What a bank's file is, and the currencies of the shop that it leaves as they were; nothing of a table."""
    if source is None:
        return {}
    return {
        "source": {
            "bank": source.bank,
            "day": source.day.isoformat(),
            "as": source.use,
            "file": source.file,
            **({"host": source.host} if source.host else {}),
            "sha256": source.sha256,
        },
        "kept": list(source.lacking),
    }
