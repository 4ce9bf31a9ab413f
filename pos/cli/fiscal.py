"""`fiscal …`: receipts at the fiscal register: which wait, which were refused, and what a person decides."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from pos.application.fiscal.fiscal_words import problem_text, remedy_text
from pos.application.fiscal.send_to_register import SentToRegister
from pos.cli.runtime import Run, print_json, read_file
from pos.domain.errors import BadField
from pos.domain.fiscal.answers import Held, Rejected
from pos.domain.fiscal.document import FiscalDocument, Standing
from pos.domain.outside_partners.answers import Lost

_Receipt = Annotated[str, typer.Argument(metavar="RECEIPT", help="A receipt, or #N of the list for what is none.")]
_Why = Annotated[str, typer.Option("--reason", help="Why it is not registered by the program; the journal keeps it.")]
_All = Annotated[bool, typer.Option("--all", help="Also what is registered and what was given up.")]
_Login = Annotated[str, typer.Argument(metavar="FILE", help="JSON with the fields of the login; - reads stdin.")]


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Receipts at the fiscal register.")
    program.add_typer(group, name="fiscal")

    @group.command("list")
    def list_documents(*, everything: _All = False) -> None:
        """Print what waits for the register and what it has refused, oldest first."""
        standings = tuple(Standing) if everything else (Standing.WAITING, Standing.REFUSED)
        documents = run.shop.fiscal.listed(run.person(), standings)
        print_json({"documents": [_json(run, one) for one in documents], **_state(run, run.shop.fiscal.send.state())})

    @group.command()
    def send() -> None:
        """Send what waits, and ask what became of what was sent."""
        run.person()
        print_json(_state(run, run.shop.fiscal.send(at_once=True)))

    @group.command()
    def check() -> None:
        """Try the line, the login and the cashbox, and change nothing."""
        shop, person = run.shop, run.person()
        lacking = shop.fiscal_login.lacking(person)
        answer = shop.fiscal.check(person)
        problem = answer.reason if isinstance(answer, Held | Rejected) else ""
        problem = answer.what if isinstance(answer, Lost) else problem
        detail = answer.detail if isinstance(answer, Held | Rejected | Lost) else ""
        print_json({"ready": answer is None, "lacking": list(lacking), **_problem(run, problem, detail)})

    @group.command()
    def login(file: _Login) -> None:
        """Keep the login of the register at this till; it is never shown again."""
        try:
            fields = json.loads(read_file(file))
        except (ValueError, RecursionError) as error:
            raise BadField("FILE", "not_json") from error
        if not isinstance(fields, dict):
            raise BadField("FILE", "not_json")
        print_json({"lacking": list(run.shop.fiscal_login(fields, run.person()))})

    @group.command()
    def close() -> None:
        """Let the register close its shift, behind what waits."""
        run.shop.fiscal.close_shift(run.person())
        print_json(_state(run, run.shop.fiscal.send(at_once=True)))

    @group.command()
    def again(receipt: _Receipt) -> None:
        """Send a refused receipt once more, after what was wrong has been put right."""
        run.shop.fiscal.again(receipt, run.person())
        print_json(_state(run, run.shop.fiscal.send(at_once=True)))

    @group.command("give-up")
    def give_up(receipt: _Receipt, *, reason: _Why) -> None:
        """Note that a refused receipt is not registered by the program."""
        print_json(_json(run, run.shop.fiscal.give_up(receipt, reason, run.person())))


def _state(run: Run, sent: SentToRegister) -> dict[str, Any]:
    counts = sent.counts
    return {
        "registered": counts.registered,
        "waiting": counts.waiting,
        "refused": counts.refused,
        "given_up": counts.given_up,
        "at_terminal": counts.at_terminal,
        **_problem(run, sent.problem, sent.detail),
    }


def _problem(run: Run, problem: str, detail: str) -> dict[str, Any]:
    if not problem:
        return {"problem": None}
    tr = run.translator
    words = {"problem": problem, "detail": detail or None, "words": problem_text(problem, detail, tr)}
    return words | {"remedy": remedy_text(problem, tr) or None}


def _json(run: Run, document: FiscalDocument) -> dict[str, Any]:
    attempt, given, gone = document.attempt, document.gives, document.given_up
    content: dict[str, Any] = {
        "receipt": document.name,
        "kind": document.kind.value,
        "standing": document.standing.value,
        "at": document.at.isoformat(),
        "cashbox": document.cashbox,
        "currency": attempt.amount.currency.code,
        "total": str(attempt.amount),
        "number": document.number,
        "tries": attempt.tries,
    }
    if document.standing is Standing.AT_TERMINAL:
        content["terminal"] = attempt.partner
    if document.standing in (Standing.REFUSED, Standing.GIVEN_UP):
        content |= _problem(run, attempt.reason, document.problem)
    if given is not None:
        content |= {"fiscal_number": given.number, "address": given.address or None, "offline": given.is_offline}
    if gone is not None:
        content |= {"given_up_by": gone.person, "reason": gone.why}
    return content
