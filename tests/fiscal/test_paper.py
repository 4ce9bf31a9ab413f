"""What a receipt says of its fiscal receipt: registered, still to follow, or none."""

from __future__ import annotations

from dataclasses import replace

from pos.application.receipts.phone_receipt import MOST_BYTES, receipt_text
from pos.application.receipts.receipt_seal import seal
from pos.domain.fiscal.answers import FiscalReceipt
from pos.domain.fiscal.document import DocumentKind, FiscalDocument, GivenUp
from pos.domain.outside_partners.attempt import AttemptKind, AttemptState, PartnerAttempt
from pos.printing.drawing.rows import Qr, Row
from pos.printing.receipts.receipt import receipt_rows
from tests.fiscal.tickets import AT, tenge
from tests.printing import sales
from tests.printing.row_texts import rows_text

GIVEN = FiscalReceipt(
    "1675360969843", "01.12.2026 14:30:00", "https://ofd.example/consumer?i=1675360969843&s=1500.00", False, 16,
    "852873427095", "35265",
)  # fmt: skip


def a_document(state: AttemptState = AttemptState.DONE, kind: DocumentKind = DocumentKind.SALE) -> FiscalDocument:
    attempt = PartnerAttempt("N" * 26, AttemptKind.FISCAL, "webkassa", "T1", "T1-000123", 1, tenge("1500"), AT, state)
    gives = GIVEN if state is AttemptState.DONE else None
    return FiscalDocument(kind, "SWK1", attempt, "{}", AT, "T1-000123", gives)


def rows(*fiscal: FiscalDocument) -> tuple[Row, ...]:
    return receipt_rows(
        sales.a_mixed_sale(), sales.the_shop(), sales.the_translators(), sales.the_regimes(), "seal", "key",
        fiscal=fiscal,
    )  # fmt: skip


def text_of(fiscal: FiscalDocument | None, language: str = "en") -> str:
    sale = sales.a_mixed_sale()
    sealed = seal(sale, sales.SECRETS.sign, sales.SECRETS.public_name)
    return receipt_text(sale, sales.the_shop(), sales.the_translators()[language], sealed.text, fiscal=fiscal)


def test_a_registered_receipt_is_a_fiscal_one_with_number_and_code() -> None:
    said = rows_text(rows(a_document()))
    assert "ФИСКАЛЬНЫЙ ЧЕК" in said
    assert GIVEN.number in said
    assert GIVEN.registration in said
    assert "НЕ ЯВЛЯЕТСЯ" not in said
    assert GIVEN.address in [row.content for row in rows(a_document()) if isinstance(row, Qr)]


def test_a_receipt_that_waits_says_that_it_is_none_and_that_one_follows() -> None:
    said = rows_text(rows(a_document(AttemptState.NEW)))
    assert "Фискальный чек будет позже" in said
    assert rows_text(rows()) != said


def test_one_that_was_refused_or_given_up_says_that_it_is_none() -> None:
    none = rows_text(rows())
    gone = replace(a_document(AttemptState.REFUSED), given_up=GivenUp("aigul", AT, "portal"))
    assert rows_text(rows(a_document(AttemptState.REFUSED))) == none
    assert rows_text(rows(gone)) == none


def test_one_that_the_terminal_registers_says_where_the_fiscal_receipt_is() -> None:
    there = replace(a_document(), gives=None)
    said = rows_text(rows(there))
    assert "Фискальный чек выдаёт платёжный терминал" in said
    assert "НЕ ЯВЛЯЕТСЯ" in said, "our paper is none"
    assert "последует" not in said
    assert "The payment terminal gives the fiscal receipt" in text_of(there)


def test_an_exchange_has_a_number_for_the_return_and_one_for_the_sale() -> None:
    back = replace(a_document(kind=DocumentKind.RETURN), gives=replace(GIVEN, number="1675360969842"))
    said = rows_text(rows(back, a_document()))
    assert said.index("1675360969842") < said.index("1675360969843")
    waiting = rows_text(rows(back, a_document(AttemptState.UNKNOWN)))
    assert "Фискальный чек будет позже" in waiting
    assert "1675360969842" in waiting


def test_one_registered_without_a_line_says_so() -> None:
    offline = replace(a_document(), gives=replace(GIVEN, is_offline=True))
    assert "автономно" in rows_text(rows(offline))


def test_the_receipt_of_the_phone_says_the_same() -> None:
    assert f"Fiscal receipt {GIVEN.number}\n{GIVEN.address}" in text_of(a_document())
    assert "Not a fiscal receipt\nFiscal receipt follows" in text_of(a_document(AttemptState.SENT))
    assert "follows" not in text_of(None)
    assert len(text_of(a_document()).encode()) <= MOST_BYTES
