"""P1: after a whole day in the shop no file of it holds anyone's document number, in whatever form."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pos.application.sales import ring_sale
from pos.application.sales.basket_json import basket_json
from pos.application.sales.complete_sale import Payment
from pos.application.text.json_fields import read_document
from pos.application.visitors.identify_visitor import visitor_of
from pos.domain.errors import BadInput, PrinterError, Refused
from pos.domain.staff.staff import Person
from pos.domain.visitors.document import Document, read_scanned
from pos.ui.sales.parked.basket_file import AutosavedBasket, BasketFile
from pos.ui.shell.services.trouble_log import TroubleLog
from tests.builders import cash_for
from tests.faults.corpus.canaries import SURNAME, Canary, canaries, traces, words_of_pdf
from tests.faults.corpus.case import Answer, as_json
from tests.faults.corpus.desk import Desk
from tests.faults.experiment import SOUND, Experiment, Figures, Trial
from tests.shops import CARTON, CHOCOLATE

_STEPS, _SHORT = 9, 45
"""Ways to serve a visitor, and visitors in the test run: each way meets each kind of document that it treats apart."""


@dataclass
class _Day:
    """A day at one desk; whatever is said in it is kept as a file, to be looked through with all others."""

    desk: Desk
    inputs: Path
    copies: Path
    said: int = 0
    receipts: list[str] = field(default_factory=list)

    @property
    def amina(self) -> Person:
        return next(one for one in self.desk.shop.sign_in.people() if one.name == "amina")

    def __call__(self, *words: str, stdin: object = b"", code: int | None = None) -> Answer:
        """Type a command, and keep what it says."""
        sent = stdin if isinstance(stdin, bytes) else as_json(stdin)
        answer = self.desk.typed(words, sent, {})
        self.keep(answer.out + answer.err)
        assert code is None or answer.code == code, (words[:2], answer)
        return answer

    def keep(self, text: str) -> None:
        self.said += 1
        (self.desk.work_folder / f"said-{self.said}.txt").write_text(text, encoding="utf-8", errors="backslashreplace")

    def ring(self, canary: Canary, code: int | None = 0, **changes: Any) -> Answer:
        """Sell a bar of chocolate to the holder of a document by `sale ring`."""
        key = f"p-{self.said}"
        ticket = {
            "key": key, "cashier": "amina", "destination": "CN", "visitors": [{"id": "A", "document": canary.document}],
            "lines": [{"code": CHOCOLATE, "quantity": 1}],
            "payments": [{"method": "cash", "currency": "CNY", "amount": "12.50"}],
        }  # fmt: skip
        answer = self("sale", "ring", "-", stdin=ticket | changes, code=code)
        if answer.code == 0:
            self.receipts.append(json.loads(answer.out)["receipt"])
        return answer


def run(trial: Trial) -> Figures:
    """Let so many visitors through a day, then look through every file that it left."""
    documents = canaries(trial.size(_SHORT, 500) if trial.mutant == SOUND else _STEPS)
    temporary, inputs, copies = (trial.folder / name for name in ("temporary", "inputs", "copies"))
    for folder in (temporary, inputs, copies):
        folder.mkdir()
    words = [number for canary in documents for number in canary.numbers]
    before, tempfile.tempdir = tempfile.tempdir, str(temporary)
    desk = Desk(trial.folder)
    try:
        with _MUTANTS[trial.mutant](desk):
            day = _Day(desk, inputs, copies)
            _begin(day)
            for index, canary in enumerate(documents):
                _serve(day, index, canary)
            _close(day, documents)
        looked_at = [desk.folder, desk.work_folder, copies, temporary]
        leaks = list(traces(looked_at, words))  # while it is open: what has been written stands in the WAL
        desk.shut()
        leaks += [line for line in traces(looked_at, words) if line not in leaks]
        # The visitor's own receipt and slip bear surname and initial; nothing else that leaves the shop does.
        leaks += [f"the name of a visitor: {line}" for line in traces([desk.work_folder, temporary], [SURNAME])]
    finally:
        tempfile.tempdir = before
        desk.shut()
    files = sum(path.is_file() for folder in looked_at for path in folder.rglob("*"))
    counts = {"document numbers": len(words), "sales": len(day.receipts), "things said": day.said, "files": files}
    return Figures(counts, tuple(leaks))


def _begin(day: _Day) -> None:
    for name, value in {"sell_below_zero": "*", "slips": "always", "export_folder": str(day.desk.work_folder / "out"),
                        "export_forms": "xlsx,pdf,csv,json"}.items():  # fmt: skip
        day("settings", "set", name, value, code=0)
    (day.desk.work_folder / "out").mkdir()


def _serve(day: _Day, index: int, canary: Canary) -> None:
    """One visitor: each of them does something else, and each is looked up and asked for afterwards."""
    _HOW[index % _STEPS](day, canary)
    day("visitor", "show", "-", stdin=canary.document, code=0)
    slip = day.inputs / f"{index}.json"
    slip.write_bytes(as_json(canary.document))
    day("sale", "find", "--visitor", str(slip), code=0)
    number = canary.numbers[0]
    if index % 4 == 0:
        day("visitor", "left", "-", stdin=canary.document)
        day("sale", "find", number)
        day("journal", "export", str(day.desk.work_folder / f"journal-{index}.csv"), "--text", number)
    if index % 4 == 1:
        day("product", "find", number, "--out", str(day.desk.work_folder / f"goods-{index}.csv"))
        day("sale", "find", f"x {number}", "--out", str(day.desk.work_folder / f"found-{index}.csv"))
    if index % 4 == 2 and day.receipts:
        day("visitor", "move", day.receipts[-1], "A", "-", stdin=canary.document)
        day("receipt", day.receipts[-1], "--out", str(day.copies / f"copy-{index}.pdf"))
    if index % 4 == 3:
        day("visitor", "link", "-", str(day.inputs / f"{index - 1}.json"), stdin=canary.document)
        day(
            "visitor", "part", "-", stdin={"document": canary.document, "approve": {"user": "manager", "pin": "314159"}}
        )


def _sold(day: _Day, canary: Canary) -> None:
    day.ring(canary)


def _over(day: _Day, canary: Canary) -> None:
    """Refused, and sold as dutiable when the manager says so."""
    much = {
        "lines": [{"code": CARTON, "quantity": 4}],
        "payments": [{"method": "card", "currency": "CNY", "amount": "1040"}],
    }
    day.ring(canary, 3, **much)
    day.ring(canary, None, **much, over_quota="duty", approve={"user": "manager", "pin": "314159"})
    _declared(day, canary, day.receipts[-1])


def _declared(day: _Day, canary: Canary, receipt: str) -> None:
    """The customs declaration: filled in on the page and for the printer, saved and drawn by command without it."""
    shop, document = day.desk.shop, _shown(day, canary)
    declare, amina = shop.declare, day.amina
    made = declare.read(receipt, amina)
    made = declare.read(receipt, amina, [declare.shown(made, document, amina)])
    for paper in made.papers():
        content = declare.drawn(paper, amina, document)
        assert document.number in words_of_pdf(content) or document.kind == "kz-id", "the page shows it"
        declare.printer.picture(content, 0, 60)
        for printer in ("folder", "system:none", "file:/dev/null"):
            day("settings", "set", "printer", printer, code=None)
            try:
                declare.print(paper, amina, document)
            except PrinterError as error:
                day.keep(f"{error!r} {shop.refusal_text(error, shop.translators['en'])}")
        declare.save(paper, amina)
    day("settings", "set", "printer", "folder", code=0)
    day(
        "declaration", receipt, "--visitor", "A", "--out", str(day.copies / f"declared-{day.said}.pdf"), "--all", code=0
    )
    other = canaries(_STEPS)[-1]
    try:
        declare.shown(made, _shown(day, other), amina)
    except Refused as error:
        day.keep(f"{error!r} {shop.refusal_text(error, shop.translators['en'])}")


def _at_the_counter(day: _Day, canary: Canary) -> None:
    """By scan where it has a zone, held, paid, printed."""
    shop = day.desk.shop
    checkout = shop.new_checkout()
    checkout.identify(_shown(day, canary))
    checkout.leave_to("CN")
    checkout.scan(CHOCOLATE)
    order = checkout.order(day.amina)
    shop.hold_sale(order)
    sale = shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)))
    shop.issue_receipt.original(sale.receipt)
    day.receipts.append(sale.receipt)


def _parked(day: _Day, canary: Canary) -> None:
    shop = day.desk.shop
    checkout = shop.new_checkout()
    checkout.identify(_shown(day, canary))
    checkout.leave_to("CN")
    checkout.scan(CHOCOLATE)
    order = checkout.order(day.amina)
    autosaved = AutosavedBasket(
        basket_json(order, day.desk.today), "amina", shop.now()
    )  # what the window keeps of a basket
    BasketFile(shop.folder, f"T{day.said}").keep(autosaved)
    shop.park_sale(order, "comes back", day.amina)
    if day.said % 2:
        shop.parked_sales.resume(order.key, day.amina)


def _returned(day: _Day, canary: Canary) -> None:
    day.ring(canary)
    back = {
        "key": f"b-{day.said}", "receipt": day.receipts[-1], "lines": [{"line": 0, "quantity": 1}],
        "refund": {"currency": "CNY", "method": "cash"}, "reason": "torn", "cashier": "amina",
        "approve": {"user": "manager", "pin": "314159"},
    }  # fmt: skip
    day("sale", "return", "-", stdin=back)


def _exchanged(day: _Day, canary: Canary) -> None:
    day.ring(canary)
    day.ring(canary, None, returns=[{"receipt": day.receipts[-1], "line": 0, "quantity": 1}], payments=[])


def _misread(day: _Day, canary: Canary) -> None:
    """A wrong digit, a number in the wrong field, a document scanned where goods are."""
    number = canary.numbers[0]
    wrong = number[:-1] + str((int(number[-1:] or 0) + 1) % 10 if number[-1:].isdigit() else 0)
    for document in (
        {"kind": "cn-id", "number": wrong}, {"kind": "kz-id", "number": wrong}, {"kind": number, "number": number},
        {"kind": "passport", "number": number, "country": number}, {"mrz": [*canary.lines, number]}, {number: number},
        {"kind": "passport", "number": number + "１", "country": "CN", "birth_date": number}, number, [number],
        {"kind": "passport", "number": f" {number} ", "country": "CN", "birth_date": "2999-01-01"},
    ):  # fmt: skip
        day.ring(Canary((), document), None) if isinstance(document, dict) else None
        day("visitor", "show", "-", stdin=document)
    day.ring(canary, None, visitors=[{"id": "A", "document": canary.document, "residence": number}])
    day.ring(canary, None, visitors=[{"id": number[:4], "document": canary.document, "entries": [number]}])
    day.ring(canary, None, visitors=[{"id": "A", "document": canary.document, number: 1}])
    for line in (*canary.lines, number) if len(number) == 18 else canary.lines:
        day.ring(canary, None, lines=[{"code": line, "quantity": 1}])
        day("product", "show", "--", line)
        try:
            day.desk.shop.new_checkout().scan(line)
        except (BadInput, Refused) as error:
            day.keep(f"{error!r} {error} {day.desk.shop.refusal_text(error, day.desk.shop.translators['en'])}")


def _crashed(day: _Day, canary: Canary) -> None:
    """The program makes a mistake with the number in its hands: the log of the command line and of the window."""

    def mistake(document: Document, *_: object) -> object:
        raise KeyError(document.number)

    with patch.object(ring_sale, "visitor_of", mistake):
        day.ring(canary, 4)
    log = TroubleLog(day.desk.work_folder / "window.log", day.desk.shop.now, lambda: "1.0")
    for kind in (KeyError, ValueError, RuntimeError, TypeError):
        try:
            raise kind(f"{canary.numbers[0]} is not {canary.document}")
        except kind as error:
            log.record(error)
    log.note(f"Qt warning: {canary.numbers[0]}")


def _shown(day: _Day, canary: Canary) -> Document:
    if canary.lines:
        return read_scanned("\n".join(canary.lines), day.desk.today)
    return read_document(canary.document, "document", day.desk.today)


_HOW: tuple[Callable[[_Day, Canary], None], ...] = (
    _sold, _over, _at_the_counter, _parked, _returned, _exchanged, _misread, _crashed, _at_the_counter,
)  # fmt: skip


def _close(day: _Day, documents: Sequence[Canary]) -> None:
    """The end of the day: everything that is given out, and the books themselves."""
    out = day.desk.work_folder
    gate = day.inputs / "gate.csv"
    rows = [f"{day.desk.shop.now().isoformat()},{','.join((*canary.lines[:2], '', '')[:2])},CN" for canary in documents]
    gate.write_text(
        "\n".join(["time,mrz1,mrz2,destination", *rows, f"now,{documents[0].numbers[0]},x,CN"]), encoding="utf-8"
    )
    day("visitor", "left", "--gate", str(gate))
    today = day.desk.today.isoformat()
    for kind in ("csv", "json"):
        day("export", "customs", "--from", today, "--to", today, "--out", str(out / f"customs.{kind}"), code=0)
    for form in ("json", "csv", "xlsx", "pdf"):
        day("report", "day", "--format", form, "--out", str(out / f"day.{form}"), code=0)
    day("journal", "export", str(out / "journal.csv"), code=0)
    for kind in ("csv", "xlsx", "pdf"):
        day("sale", "find", "--out", str(out / f"history.{kind}"), code=0)
        day("journal", "show", "--out", str(out / f"journal-table.{kind}"), code=0)
    day("labels", str(out / "labels.pdf"), CHOCOLATE, code=0)
    day(
        "shift",
        "close",
        "-",
        stdin={"cashier": "amina", "count": {"CNY": {"100": 1}}, "approve": {"user": "manager", "pin": "314159"}},
    )
    day("shift", "files")
    day("report", "month", today[:7], "--format", "xlsx", "--out", str(out / "month.xlsx"), code=0)
    day("backup", str(day.copies / "backup.db"), code=0)
    day("training", "reset", code=0)
    day("visitor", "retention", "--forget", code=0)
    day("verify", code=0)


# ── breakages ────────────────────────────────────────────────────────────────────────────────────────────────


def _logged(desk: Desk) -> AbstractContextManager[object]:
    def logged(document: Document, *rest: Any) -> Any:
        with (desk.folder / "border-pos.log").open("ab") as log:
            log.write(b"visitor " + base64.b64encode(f"paper {document.number}".encode()) + b"\n")
        return visitor_of(document, *rest)

    return patch.object(ring_sale, "visitor_of", logged)


def _unmasked(_desk: Desk) -> AbstractContextManager[object]:
    return patch.object(Document, "masked", property(lambda document: document.number))


@contextmanager
def _repeating(_desk: Desk) -> Iterator[None]:
    """A refusal that repeats what stood in the field."""
    with patch("pos.application.sales.sale_request.unrepeated", nullcontext):
        yield


_MUTANTS: Mapping[str, Callable[[Desk], AbstractContextManager[object]]] = {
    SOUND: lambda _desk: nullcontext(),
    "a logged document": _logged,
    "a number that is not masked": _unmasked,
    "a refusal that repeats it": _repeating,
}

EXPERIMENT = Experiment(
    "P1",
    "No file of the shop has the number of a passport or card: no book, backup, receipt, report, list or log, "
    "nor what a command says.",
    run,
    tuple(name for name in _MUTANTS if name != SOUND),
)
