"""`pickup take`, `list`, `show`, `confirm`, `ready`, `cancel`, `deposit`, `sell`, `import` …: customer orders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pos.application.pickup import tables
from pos.application.pickup.order_json import (
    advice_json,
    board_json,
    given_back_json,
    imported_json,
    order_json,
    read_deposit_request,
    read_give_back,
    read_instant,
    read_order_request,
    read_stream,
    report_json,
    stream_json,
)
from pos.application.ports.pickup_ports import OrderFilter
from pos.application.settings.options import read_date
from pos.application.text.json_object import parse_json
from pos.cli.options import Out, wrote
from pos.cli.runtime import FAULTS_FOUND, Run, print_json, read_file
from pos.cli.sale import ring_one
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.errors import BadField
from pos.domain.pickup.customer_order import CHANNELS, OPEN, OrderState
from pos.domain.pickup.pickup_code import read_pickup_code
from pos.domain.staff.staff import Person

_MOST = 1_000
_CODE = typer.Argument(metavar="CODE", help="The code of a customer order, or the text of its QR code.")
_FILE = "A JSON file; - reads stdin."


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Customer orders: from the claim to the pick-up.")
    program.add_typer(group, name="pickup")
    _add_reading(group, run)
    _add_steps(group, run)
    _add_deposits(group, run)
    _add_sale(group, run)
    _add_files(group, run)


def _add_reading(group: typer.Typer, run: Run) -> None:
    @group.command("list")
    def show_all(
        state: Annotated[
            str,
            typer.Option(help="claimed, waiting, confirmed, ready, picked_up, cancelled, expired, open or all."),
        ] = "open",
        channel: Annotated[str, typer.Option(help="douyin, wechat, kuaishou, telegram, instagram, phone …")] = "",
        tell: Annotated[
            bool, typer.Option("--tell", help="Only those that moved up and whose buyer does not know it.")
        ] = False,
        out: Out = None,
    ) -> None:
        """Print customer orders, newest first."""
        which = _which(state, channel, tell=tell)
        if not wrote(run, out, tables.orders(run.shop.pickup.find, which)):
            print_json([order_json(one) for one in run.shop.pickup.find.listed(run.person(), which, _MOST)])

    @group.command()
    def board() -> None:
        """Print the open orders by state, the most urgent first."""
        print_json(board_json(run.shop.pickup.find.board(run.person())))

    @group.command()
    def find(text: Annotated[str, typer.Argument(metavar="TEXT", help="Of a code, a phone or a name.")]) -> None:
        """Find customer orders, open ones first."""
        print_json([order_json(one) for one in run.shop.pickup.find.search(text, run.person())])

    @group.command()
    def show(
        code: Annotated[str, _CODE],
        advice: Annotated[bool, typer.Option("--advice", help="Judge it for one person of each side.")] = False,
    ) -> None:
        """Print one customer order."""
        person = run.person()
        order = run.shop.pickup.find.show(code, person)
        shown = order_json(order)
        if advice:
            shown["advice"] = advice_json(run.shop.pickup.allowance(order, person))
        print_json(shown)

    @group.command()
    def message(
        code: Annotated[str, _CODE],
        language: Annotated[str | None, typer.Option(help="en, zh, ru or kk; default: that of the buyer.")] = None,
    ) -> None:
        """Print the message for the buyer."""
        if language is not None and language not in LANGUAGES:
            raise BadField("language", "unknown", language[:20])
        text = run.shop.pickup.message(code, run.person(), language)
        print_json({"code": read_pickup_code(code).signs, "message": text})

    @group.command()
    def report(
        day: Annotated[str | None, typer.Option("--from", help="2026-11-24; default: today.")] = None,
        last: Annotated[str | None, typer.Option("--to", help="The last day; default: the first.")] = None,
        out: Out = None,
    ) -> None:
        """Print orders by channel and hour, those not picked up, and the deposits."""
        first = None if day is None else read_date(day, "from")
        final = None if last is None else read_date(last, "to")
        step = run.shop.pickup.report
        if not wrote(run, out, tables.report(step, first, final)):
            print_json(report_json(step(run.person(), first, final)))


def _add_steps(group: typer.Typer, run: Run) -> None:
    @group.command()
    def take(file: Annotated[str, typer.Argument(metavar="FILE", help=_FILE)]) -> None:
        """Take a customer order, with its deposit if there is one."""
        actor = run.person()
        request = read_order_request(parse_json(read_file(file)), run.shop.settings())
        order = run.shop.pickup.take(request.draft, actor, request.key)
        if request.deposit is not None:
            cashier = _cashier(run, actor, request.cashier)
            order = run.shop.pickup.deposits.taken_with(order.code, request.deposit, cashier, request.key)
        print_json(order_json(order))

    @group.command()
    def confirm(code: Annotated[str, _CODE]) -> None:
        """Hold the goods of an order; if they are not free, it waits."""
        print_json(order_json(run.shop.pickup.steps.confirm(code, run.person())))

    @group.command()
    def ready(
        code: Annotated[str, _CODE],
        place: Annotated[str, typer.Option(help="The shelf or bag it lies in.")] = "",
    ) -> None:
        """Note that an order is packed."""
        print_json(order_json(run.shop.pickup.steps.pack(code, place, run.person())))

    @group.command()
    def cancel(
        code: Annotated[str, _CODE],
        why: Annotated[str, typer.Option(help="The reason.")] = "",
    ) -> None:
        """Cancel an order; goods that it held are free."""
        print_json(order_json(run.shop.pickup.steps.cancel(code, why, run.person()).order))

    @group.command()
    def hold(
        code: Annotated[str, _CODE],
        until: Annotated[str, typer.Argument(metavar="UNTIL", help="Such as 2026-11-24T18:00+08:00.")],
    ) -> None:
        """Hold an order until another instant; an expired one comes back."""
        at = read_instant(until, "until")
        assert at is not None, "a text is given"
        print_json(order_json(run.shop.pickup.steps.hold_until(code, at, run.person())))

    @group.command()
    def informed(code: Annotated[str, _CODE]) -> None:
        """Note that the buyer knows that the order moved up."""
        print_json(order_json(run.shop.pickup.steps.informed(code, run.person())))

    @group.command()
    def expire() -> None:
        """End the orders whose time is over."""
        print_json({"expired": run.shop.pickup.upkeep.now_by(run.person())})


def _add_deposits(group: typer.Typer, run: Run) -> None:
    @group.command()
    def deposit(file: Annotated[str, typer.Argument(metavar="FILE", help=_FILE)]) -> None:
        """Take a deposit on an order."""
        actor = run.person()
        request = read_deposit_request(parse_json(read_file(file)), run.shop.settings().price)
        cashier = _cashier(run, actor, request.cashier)
        order = run.shop.pickup.deposits.take(request.order, request.draft, cashier, request.key)
        if request.draft.method == "cash":
            run.open_drawer()
        print_json(order_json(order))

    @group.command("give-back")
    def give_back(file: Annotated[str, typer.Argument(metavar="FILE", help=_FILE)]) -> None:
        """Give back what is left of a deposit, as it came."""
        actor = run.person()
        request = read_give_back(parse_json(read_file(file)), run.shop.settings().price)
        cashier = _cashier(run, actor, request.cashier)
        back = run.shop.pickup.deposits.give_back(request.order, cashier, request.notes)
        if back.method == "cash":
            run.open_drawer()
        print_json(given_back_json(back))

    @group.command("move-deposit")
    def move_deposit(
        code: Annotated[str, _CODE],
        to: Annotated[str, typer.Argument(metavar="TO", help="The order for which it pays.")],
    ) -> None:
        """Let the deposit of a closed order pay for another one."""
        print_json(order_json(run.shop.pickup.deposits.move(code, to, run.person())))

    @group.command()
    def owed() -> None:
        """Print closed orders of whose deposit something is left."""
        print_json([order_json(one) for one in run.shop.pickup.deposits.owed(run.person())])


def _add_sale(group: typer.Typer, run: Run) -> None:
    @group.command()
    def sell(
        file: Annotated[str, typer.Argument(metavar="FILE", help="A sale as for sale ring; - reads stdin.")],
        code: Annotated[
            list[str] | None, typer.Option("--order", help="An order to pick up whole; may be repeated.")
        ] = None,
    ) -> None:
        """Pick orders up: record the sale that hands them out."""
        ticket: Any = parse_json(read_file(file))
        if code and isinstance(ticket, dict):
            ticket = {**ticket, "pickups": [*ticket.get("pickups", []), *code]}
        print_json(ring_one(run, ticket))


def _add_files(group: typer.Typer, run: Run) -> None:
    @group.command()
    def stream(
        file: Annotated[
            str | None, typer.Argument(metavar="[FILE]", help="JSON: a list of number, code, price; - reads stdin.")
        ] = None,
    ) -> None:
        """Print the sheet of the stream, or set it."""
        keep, person = run.shop.pickup.stream, run.person()
        if file is None:
            print_json(stream_json(keep.goods(person)))
        else:
            print_json(
                stream_json(keep.put(read_stream(parse_json(read_file(file)), run.shop.settings().price), person))
            )

    @group.command("import")
    def import_file(
        file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or XLSX: channel, channel_ref, buyer, code …")],
        out: Out = None,
    ) -> None:
        """Take the orders of a file; each row is taken or refused with its reason."""
        done = run.shop.pickup.import_orders(file, run.person())
        if not wrote(run, out, tables.imported(done, lambda problem: _reason(run, problem))):
            reasons = {row.line: _reason(run, row.problem) for row in done.rows if row.problem is not None}
            print_json(imported_json(done, reasons))
        if done.count("refused"):
            raise typer.Exit(FAULTS_FOUND)

    @group.command("export")
    def export_file(
        out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write: .xlsx, .csv or .pdf.")],
        state: Annotated[str, typer.Option(help="As for list.")] = "all",
        channel: Annotated[str, typer.Option(help="As for list.")] = "",
    ) -> None:
        """Write customer orders to a file."""
        wrote(run, out, tables.orders(run.shop.pickup.find, _which(state, channel)))


def _which(state: str, channel: str, *, tell: bool = False) -> OrderFilter:
    if channel and channel not in CHANNELS:
        raise BadField("channel", "unknown", channel[:20])
    if state == "open":
        states = tuple(one for one in OrderState if one in OPEN)
    elif state == "all":
        states = ()
    elif state in {one.value for one in OrderState}:
        states = (OrderState(state),)
    else:
        raise BadField("state", "unknown", state[:20])
    return OrderFilter(states, channel=channel, to_tell=tell)


def _cashier(run: Run, actor: Person, name: str) -> Person:
    return run.shop.sign_in.booked_for(actor, name) if name else actor


def _reason(run: Run, problem: Exception) -> str:
    return run.shop.refusal_text(problem, run.translator)
