"""`simulate`: many tills on one store with shared customers, optionally with crashes and cut connections."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from statistics import quantiles
from time import perf_counter, sleep
from typing import Annotated, Any

import typer

from pos.application.purchasing.book_delivery import DeliveredLine, Delivery
from pos.application.purchasing.delivery_note import DeliveryNote
from pos.application.settings.options import OnlyInADemo, spelled_out
from pos.application.shop.simulated_till import SimulatedTill, SimulationPlan, person_of
from pos.cli.options import check_count, whole
from pos.cli.runtime import DONE, FAULTS_FOUND, Run, print_json
from pos.cli.till_processes import TillDied, Tills, TillTally
from pos.domain.errors import InfrastructureError
from pos.domain.quota.rule import Verdict

_MOST_TILLS, _MOST_SALES = 64, 1_000_000
_BASKETS_A_PERSON = 8
"""Default number of baskets per visitor: enough to exhaust an allowance."""
_AT_ONCE = 5_000


def add_to(program: typer.Typer, run: Run) -> None:
    """Add the command to the tree; `simulate-till` runs one of its processes."""

    @program.command()
    def simulate(
        tills: Annotated[int, typer.Option(parser=whole, help="Number of tills, each in its own process.")] = 2,
        sales: Annotated[int, typer.Option(parser=whole, help="Number of customers per till.")] = 100,
        visitors: Annotated[
            int | None, typer.Option(parser=whole, help="Number of visitors; default: an eighth of the customers.")
        ] = None,
        seed: Annotated[int, typer.Option(parser=whole, help="Random seed for the customers.")] = 1,
        kill: Annotated[bool, typer.Option("--kill", help="Kill tills while they work.")] = False,
        cut: Annotated[bool, typer.Option("--cut", help="Cut connections to the server.")] = False,
    ) -> None:
        """Simulate customers in a demo shop at many tills, then verify the data."""
        check_count("tills", tills, _MOST_TILLS)
        check_count("sales", sales, _MOST_SALES)
        people = max(2, tills * sales // _BASKETS_A_PERSON) if visitors is None else visitors
        check_count("visitors", people, _MOST_SALES)
        check_count("seed", seed, _MOST_SALES, least=0)
        if not run.shop.demo_pins:
            raise OnlyInADemo
        if cut:
            run.wiring.cut(run.options)
        plan = SimulationPlan(sales, people, seed)
        _stock_up(run, tills * sales)
        running = _tills(run, plan, tills, kill=kill, cut=cut)
        try:
            tally = running.run()
        except TillDied as died:
            raise InfrastructureError("till_died", str(died)) from None
        broken, verify = _broken(run, plan, tally), list(run.shop.verify_books())
        print_json({"tills": tills, "visitors": people, **_figures(running), "broken": broken, "verify": verify})
        raise typer.Exit(FAULTS_FOUND if broken or verify else DONE)

    @program.command("simulate-till", hidden=True)
    def one_till(
        sales: Annotated[int, typer.Option(parser=whole)],
        visitors: Annotated[int, typer.Option(parser=whole)],
        seed: Annotated[int, typer.Option(parser=whole)],
        first: Annotated[int, typer.Option(parser=whole)] = 0,
    ) -> None:
        """Simulate the customers of one till, one line per event."""
        if not run.shop.demo_pins:
            raise OnlyInADemo
        till = SimulatedTill(run.shop, SimulationPlan(sales, visitors, seed), perf_counter, sleep)
        _write_event({"ready": True})
        sys.stdin.readline()
        for event in till.serve(first):
            _write_event(event)


def _write_event(event: Any) -> None:
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def _tills(run: Run, plan: SimulationPlan, tills: int, *, kill: bool, cut: bool) -> Tills:
    def command(till: str, first: int) -> tuple[str, ...]:
        words = spelled_out(replace(run.options, data=run.shop.folder, till=till))
        figures = {"--sales": plan.customers, "--visitors": plan.people, "--seed": plan.seed, "--first": first}
        arguments = (word for pair in figures.items() for word in map(str, pair))
        return (*run.wiring.program, *words, "simulate-till", *arguments)

    names = [f"T{number}" for number in range(1, tills + 1)]
    dice, cable = Random(f"faults {plan.seed}"), (lambda: run.wiring.cut(run.options)) if cut else None
    return Tills(names, command, dice, kill, cable, _progress(tills * plan.customers))


def _progress(of: int) -> Any:
    if not sys.stderr.isatty():
        return lambda _served: None
    return lambda served: print(f"\r{served} / {of}", end="\n" if served == of else "", file=sys.stderr, flush=True)


def _stock_up(run: Run, customers: int) -> None:
    """Stock for all customers, except for one product with a third of it: tills compete for its last pieces."""
    last, keeps = len(run.shop.demo_goods) - 1, run.shop.now().date() + timedelta(days=365)
    for index, code in enumerate(run.shop.demo_goods):
        pieces = customers * 3 if index < last else customers
        for begun in range(0, pieces, _AT_ONCE):
            lines = [DeliveredLine(code, min(_AT_ONCE, pieces - begun), "SIM", keeps)]
            run.shop.deliveries.book(Delivery(lines, delivery_note=DeliveryNote()), run.person())


def _broken(run: Run, plan: SimulationPlan, tally: TillTally) -> list[str]:
    """Broken promises that the books alone do not reveal."""
    return [*tally.differing, *_unlike_reported(run, plan, tally), *_over_the_allowance(run, plan)]


def _unlike_reported(run: Run, plan: SimulationPlan, tally: TillTally) -> Iterator[str]:
    for (till, number), receipt in sorted(tally.sold.items()):
        sale = run.shop.parked_sales.sold_as(plan.key(till, number))
        if sale is None or sale.receipt != receipt:
            yield f"{receipt}: was acknowledged and is {'lost' if sale is None else sale.receipt}"
    for till, number in sorted(tally.not_sold):
        sale = run.shop.parked_sales.sold_as(plan.key(till, number))
        if sale is not None:
            yield f"{sale.receipt}: was sold although the customer got another answer"


def _over_the_allowance(run: Run, plan: SimulationPlan) -> Iterator[str]:
    today, person = run.shop.now().date(), run.person()
    for number in range(plan.people):
        account = run.shop.visits.show(person_of(number, today), person)
        # Pending goods were judged together, by the rules of the destination chosen last.
        last = account.purchases[-1].regime if account.purchases else None
        judged = account.judged.get(last or "")
        if judged is not None and judged.assessment.verdict > Verdict.UNKNOWN:
            yield f"visitor {number}: over the allowance of {last}"


def _figures(running: Tills) -> dict[str, Any]:
    tally = running.tally
    cuts = quantiles(tally.milliseconds, n=100) if len(tally.milliseconds) > 1 else [0.0] * 99
    return {
        "sales": len(tally.sold),
        "refused": dict(sorted(tally.refused.items())),
        **{name: tally.others[name] for name in ("parked", "left", "returned", "settled", "kills", "cuts")},
        "asked_again": tally.others["trouble"],
        "seconds": round(running.seconds, 2),
        "per_second": round(len(tally.sold) / running.seconds, 1) if running.seconds else 0.0,
        **{f"p{percent}_ms": round(cuts[percent - 1], 1) for percent in (50, 95, 99)},
    }
