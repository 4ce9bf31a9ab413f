"""The passenger customs declaration of the EAEU, filled in with what the till knows.

Sections and ticks are those of the form of Decision 124 of the EEC Collegium of 23.07.2019, in force of 14.02.2023. It
is no copy of the printed blank: what the till does not know is a line to write on, and 3.1, 3.2, 3.4 to 3.10 are the
traveller's own.
"""

from __future__ import annotations

from pos.application.text.formatting import date_text, money_text, number_text
from pos.application.text.names import DOCUMENTS, name_of
from pos.application.text.translator import N_
from pos.domain.declarations.declaration import Declaration, sum_of
from pos.domain.visitors.document import Document
from pos.printing.declarations.estimate import draw_estimate, draw_sums, holder_text
from pos.printing.declarations.flow import Cell, Column, Flow
from pos.printing.declarations.goods_words import described, quantity_text, status_text, weight_text

LANGUAGES = ("ru", "kk", "en")
TITLE = N_("Passenger customs declaration")
_GOODS = (
    Column(N_("Item no"), 1),
    Column(N_("Name and description of the goods"), 9),
    Column(N_("Weight with primary packing, kg"), 3, at_right=True),
    Column(N_("Quantity (pieces, litres)"), 3, at_right=True),
    Column(N_("Value, {currency}"), 3.4, at_right=True),
)
_PIECES = (
    Column(N_("Item no"), 1),
    Column(N_("Goods"), 8),
    Column(N_("Gross weight, kg"), 2.6, at_right=True),
    Column(N_("Quantity (pieces, litres)"), 2.6, at_right=True),
    Column(N_("Value, {currency}"), 3.2, at_right=True),
    Column(N_("By the estimate"), 3.6),
)
_OWN = ("3.1", "3.2", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10")


def draw_passenger_declaration(flow: Flow, declaration: Declaration, document: Document | None) -> None:
    """The form, and on a new page the sheet with all pieces."""
    flow.title(TITLE)
    flow.note(
        N_("Filled in by the shop's till after Decision 124 of the EEC Collegium. Check it, add what is missing, sign.")
    )
    _declarant(flow, declaration, document)
    flow.section("2", N_("How the goods are carried"))
    flow.tick("", N_("accompanied baggage"))
    flow.section("3", N_("About the goods"))
    flow.tick("", N_("import for free circulation"))
    flow.tick("3.3", N_("goods over the norms of import free of customs duties and taxes"))
    flow.boxes(_OWN)
    flow.note(N_("3.1, 3.2, 3.4 to 3.10 are filled in by the traveller."))
    _section_4(flow, declaration)
    flow.fields((N_("Date"), ""), (N_("Signature of the declarant"), ""))
    flow.empty_frame(N_("For official use"), 58)
    _sheet(flow, declaration)


def _declarant(flow: Flow, declaration: Declaration, document: Document | None) -> None:
    adult, say = declaration.adult, flow.say
    name = "" if document is None else f"{document.surname} {document.given_names}".strip()
    kind = adult.kind if document is None else document.kind
    country = adult.country if document is None else document.country
    flow.section("1", N_("About the declarant"))
    flow.fields((N_("Surname, name, patronymic"), name))
    flow.fields(
        (N_("Document"), name_of(DOCUMENTS, kind, say.first)),
        (N_("Issued by (country)"), say.country(country)),
        (N_("Series and number"), number_of(document)),
    )
    minors = number_text(len(declaration.minors), say.language) if declaration.minors else ""
    flow.fields(
        (N_("Identification number (IIN)"), own_number_of(document)),
        (N_("Country of departure"), ""),
        (N_("Country of destination"), say.country(declaration.sale.destination)),
        (N_("Persons under 16 with me"), minors),
    )


def number_of(document: Document | None) -> str:
    """The number of the document itself; a Kazakh card that was read by its holder's number has it elsewhere."""
    if document is None or (document.kind == "kz-id" and document.number == document.national_number):
        return ""
    return document.number


def own_number_of(document: Document | None) -> str:
    """The number of a person for life, where the document bears one beside its own."""
    if document is None or document.kind == "cn-id":
        return ""
    return document.national_number or ""


def _section_4(flow: Flow, declaration: Declaration) -> None:
    tr, currency = flow.say.first, declaration.sale.currency
    flow.section("4", N_("Goods over the norms"))
    rows: list[tuple[Cell, ...]] = []
    for number, line in enumerate(declaration.lines, start=1):
        rows.append(
            (
                str(number),
                described(line, tr, holder_text(declaration, line.holder, tr)),
                weight_text(line.kg, tr),
                quantity_text(line, tr),
                money_text(line.value, tr.language),
            )
        )
    whole = sum_of(declaration.lines, currency)
    rows.append(
        (
            "",
            tr("Total"),
            weight_text(whole.kg, tr, is_all=whole.is_weighed),
            number_text(whole.pieces, tr.language),
            money_text(whole.value, tr.language),
        )
    )
    flow.table(_GOODS, rows, bold_last=True)
    flow.note(N_("Value: the price paid, at the customs rate of the day of the receipt."))


def _sheet(flow: Flow, declaration: Declaration) -> None:
    """All pieces with how customs takes them by the estimate, the sums, the norms and the duty."""
    tr, sale = flow.say.first, declaration.sale
    flow.turn()
    flow.title(N_("Goods taken out and estimate of the duty"))
    day = date_text(sale.day, tr.language)
    flow.paragraph(f"{tr('Receipt')} {sale.receipt} · {day}", bold=True)
    rows: list[tuple[Cell, ...]] = [
        (
            str(number),
            described(line, tr, holder_text(declaration, line.holder, tr)),
            weight_text(line.kg, tr),
            quantity_text(line, tr),
            money_text(line.value, tr.language),
            status_text(line, tr),
        )
        for number, line in enumerate(declaration.pieces, start=1)
    ]
    flow.table(_PIECES, rows)
    draw_sums(flow, declaration)
    draw_estimate(flow, declaration)
