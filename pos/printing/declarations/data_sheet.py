"""The data sheet from which a traveller fills in the customs declaration of China.

The printed figures of the old form are out of date, and no form of the center is public: so this is a list of data, and
no imitation of a form.
"""

from __future__ import annotations

from pos.application.text.formatting import date_text, money_text, number_text
from pos.application.text.translator import N_
from pos.domain.declarations.declaration import Declaration, sum_of
from pos.domain.declarations.share import DeclaredLine, Status
from pos.domain.money import Money
from pos.domain.visitors.document import Document
from pos.printing.declarations.estimate import draw_estimate, draw_sums, holder_text
from pos.printing.declarations.flow import Cell, Column, Flow
from pos.printing.declarations.goods_words import counted, make_text, name_in
from pos.printing.declarations.passenger_declaration import number_of
from pos.printing.drawing.printable import printable

TITLE = N_("Data sheet for the customs declaration")
_SEXES = {"M": N_("male"), "F": N_("female")}
_GOODS = (
    Column(N_("Item no"), 1.2),
    Column(N_("Name of the goods"), 4.8),
    Column(N_("Brand, model"), 3.3),
    Column(N_("Quantity"), 2.1, at_right=True),
    Column(N_("Unit"), 1.8),
    Column(N_("Price of one"), 2.5, at_right=True),
    Column(N_("Amount"), 2.7, at_right=True),
    Column(N_("Country of origin"), 2.5),
    Column(N_("Receipt number"), 2.6),
    Column(N_("Free or taxed"), 2.1),
)
_STATUS = {Status.FREE: N_("free"), Status.DUTIABLE: N_("taxed"), Status.OVER: N_("over the norm")}


def draw_data_sheet(flow: Flow, declaration: Declaration, document: Document | None) -> None:
    """The traveller, the goods, the sums and the estimate."""
    say, tr, adult = flow.say, flow.say.first, declaration.adult
    flow.title(TITLE)
    name = "" if document is None else f"{document.surname} {document.given_names}".strip()
    sex = tr(_SEXES[document.sex]) if document is not None and document.sex in _SEXES else ""
    born = None if document is None else document.birth_date  # the books do not keep it, nor does a saved paper
    nationality = adult.nationality if document is None else document.nationality or ""
    flow.fields(
        (N_("Full name"), name),
        (N_("Sex"), sex),
        (N_("Date of birth"), "" if born is None else date_text(born, say.language)),
        (N_("Nationality"), say.country(nationality) if nationality else ""),
    )
    flow.fields((N_("Document number"), number_of(document)), (N_("Date of entry"), ""), (N_("Coming from"), ""))
    if declaration.minors:
        labels = ", ".join(printable(visitor.label, 4) for visitor in declaration.minors)
        flow.note(N_("With goods of persons under 16: {visitors}."), visitors=labels)
    flow.table(_GOODS, [*(_row(flow, declaration, n, line) for n, line in enumerate(declaration.lines, start=1)),
                        _sum_row(flow, declaration)], bold_last=True)  # fmt: skip
    draw_sums(flow, declaration)
    draw_estimate(flow, declaration)
    flow.note(
        N_("Printed by the till of the shop as a help for the traveller's declaration. What customs finds holds.")
    )


def _row(flow: Flow, declaration: Declaration, number: int, line: DeclaredLine) -> tuple[Cell, ...]:
    say, tr = flow.say, flow.say.first
    names = say.by(lambda tr: name_in(line.goods, tr))
    quantity, unit = counted(line, tr)
    each = Money.rounded(line.value.units / line.quantity, line.value.currency)
    origin = line.goods.details.get("origin", "")
    serial = tr("serial no. {serial}", serial=printable(line.goods.serial)) if line.goods.serial else ""
    return (
        str(number),
        (*names, holder_text(declaration, line.holder, tr)),
        (make_text(line.goods), serial) if make_text(line.goods) else serial,
        quantity,
        unit,
        money_text(each, tr.language),
        money_text(line.value, tr.language),
        say.country(origin) if origin else "",
        line.goods.receipt or tr("bought elsewhere, as stated"),
        tr(_STATUS[line.status]),
    )


def _sum_row(flow: Flow, declaration: Declaration) -> tuple[Cell, ...]:
    tr = flow.say.first
    whole = sum_of(declaration.lines, declaration.sale.currency)
    pieces = number_text(whole.pieces, tr.language)
    return ("", tr("Total"), "", pieces, "", "", money_text(whole.value, tr.language), "", "", "")
