"""Read the file of a day in which a payment provider lists what it moved, as rows to lay beside ours.

- WeChat Pay: the trade bill (交易账单, type ALL), UTF-8, a grave accent before each value, sums in the last two lines.
  A reversed payment has a row of its own under the payment's number; the two together have moved nothing.
- Alipay: the details of trades (业务明细) out of the archive of the portal, GB18030, comments after `#`.
- Kaspi: a plain table with the columns date, transaction, type and amount, as a person saves it from the cabinet.

Columns are found by their names; further ones are passed over. The forms are those of the providers' documents, and
have not been tried with files of a real shop.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, currency
from pos.domain.outside_partners.providers import PROVIDER_KINDS
from pos.domain.outside_partners.reconciliation import NotAStatement, StatementOfAnother, StatementRow
from pos.exports.encodings import CP1251, GB18030

LONGEST_FILE = 16 * 1024 * 1024
"""A day of a hundred thousand payments."""
_FILE = "FILE"
_PACKED = b"PK\x03\x04"
"""What an archive begins with, and a workbook, which is one."""
_IN_A_WORKBOOK = b"[Content_Types].xml"
_AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")
_SPACES = str.maketrans("", "", " \u00a0\u202f")
_TIMES = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M")


@dataclass(frozen=True, slots=True)
class _Columns:
    """The names of the columns of a form, one of several for each; `hours` is how far its clock is from UTC."""

    when: tuple[str, ...]
    kind: tuple[str, ...]
    reference: tuple[str, ...]
    amount: tuple[str, ...]
    hours: int
    number: tuple[str, ...] = ()
    refund_number: tuple[str, ...] = ()
    refund_reference: tuple[str, ...] = ()
    refund_amount: tuple[str, ...] = ()
    currency: tuple[str, ...] = ()


_WECHAT = _Columns(
    when=("交易时间",),
    kind=("交易状态",),
    reference=("微信订单号",),
    number=("商户订单号",),
    amount=("订单金额", "应结订单金额"),
    refund_number=("商户退款单号",),
    refund_reference=("微信退款单号",),
    refund_amount=("申请退款金额", "退款金额"),
    currency=("货币种类",),
    hours=8,
)
_ALIPAY = _Columns(
    when=("完成时间",),
    kind=("业务类型",),
    reference=("支付宝交易号",),
    number=("商户订单号",),
    amount=("订单金额（元）", "订单金额(元)"),
    refund_number=("退款批次号/请求号",),
    hours=8,
)
_KASPI = _Columns(
    when=("date", "дата", "дата операции"),
    kind=("type", "тип", "тип операции"),
    reference=("transaction", "номер операции"),
    amount=("amount", "сумма", "сумма операции"),
    hours=5,
)
_FORMS: Mapping[str, tuple[_Columns, str]] = {
    "wechat": (_WECHAT, GB18030),
    "alipay": (_ALIPAY, GB18030),
    "kaspi": (_KASPI, CP1251),
}
"""By provider: the columns, and the encoding of a file that is not UTF-8."""
_PAYMENT = ("success", "交易", "payment", "purchase", "покупка", "оплата")
_REFUND = ("refund", "退款", "возврат")
_REVERSED = "revoked"
_ACCENT = "`"


def read_statement_file(provider: str, file: Path) -> tuple[StatementRow, ...]:
    """The same of a file, named in what is refused of it. Raises BadField also where it cannot be read."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(LONGEST_FILE + 1)
    except FileNotFoundError as error:
        raise BadField(_FILE, "not_found", file.name) from error
    except OSError as error:
        raise BadField(_FILE, "not_readable", f"{file.name}: {error.strerror}") from error
    try:
        return read_statement(provider, raw)
    except BadField as error:
        raise BadField(error.field, error.what, file.name if error.field == _FILE else error.value) from error


def read_statement(provider: str, raw: bytes) -> tuple[StatementRow, ...]:
    """The payments and refunds in a provider's file of a day, each with the time by the provider's clock.

    Raises NotAStatement and StatementOfAnother for another file, and BadField naming the row: a day is read whole or
    not at all.
    """
    columns, encoding = _FORMS[provider]
    if not raw.strip():
        raise BadField(_FILE, "empty")
    if len(raw) > LONGEST_FILE:
        raise BadField(_FILE, "over_16_mb")
    if raw.startswith(_PACKED):
        raise BadField(_FILE, "workbook_for_csv" if _IN_A_WORKBOOK in raw[:4096] else "packed")
    table = _table(raw, encoding)
    missing = _missing(table, columns)
    if missing:
        whose = next((name for name, form in _FORMS.items() if not _missing(_table(raw, form[1]), form[0])), "")
        if whose:
            raise StatementOfAnother(provider, whose)
        if len(missing) == len(_wanted(columns)):
            raise NotAStatement(provider)
        raise BadField(f"header.{missing[0]}", "missing")
    rows, reversed_numbers = [], set()
    for place, values in _rows(table):
        kind = _value(values, columns.kind).casefold()
        if kind == _REVERSED:
            reversed_numbers.add(_value(values, columns.number))
        elif kind in _PAYMENT:
            rows.append(_payment(values, columns, provider, place))
        elif kind in _REFUND:
            rows.append(_refund(values, columns, provider, place))
        else:
            raise BadField(_at(place, columns.kind), "unknown", kind[:40])
    return tuple(row for row in rows if row.number not in reversed_numbers or row.is_refund)


@dataclass(frozen=True, slots=True)
class _Table:
    """The lines of a file; the one `at` this place has the names of the columns, none for a file without one."""

    lines: Sequence[str]
    at: int = 0
    delimiter: str = ","
    header: Sequence[str] = ()


def _table(raw: bytes, encoding: str) -> _Table:
    """A file in UTF-8 or another encoding; without columns where it is in neither."""
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        try:
            lines = raw.decode(encoding).splitlines()
        except UnicodeDecodeError:
            return _Table(())
    at = next((place for place, line in enumerate(lines) if _counts(line)), None)
    if at is None:
        return _Table(lines)
    delimiter = max(",;\t", key=lines[at].count)
    try:
        header = [name.strip().casefold() for name in _cells(lines[at], delimiter, at + 1)]
    except BadField:
        return _Table(lines)
    return _Table(lines, at, delimiter, header)


def _counts(line: str) -> bool:
    """Whether a line is no comment and not empty."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _wanted(columns: _Columns) -> Sequence[Sequence[str]]:
    """The columns without which nothing can be read, each with its names."""
    return columns.when, columns.kind, columns.reference, columns.amount


def _missing(table: _Table, columns: _Columns) -> Sequence[str]:
    return [names[0] for names in _wanted(columns) if not any(name.casefold() in table.header for name in names)]


def _at(place: int, names: Sequence[str]) -> str:
    """The row and the column of a value, as refusals name them."""
    return f"row {place}, {names[0]}"


def _rows(table: _Table) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows below the header with the numbers of their lines, up to the sums below them."""
    for place, line in enumerate(table.lines[table.at + 1 :], table.at + 2):
        if not _counts(line):
            continue
        cells = [cell.strip() for cell in _cells(line, table.delimiter, place)]
        if cells[0].startswith("总交易单数"):
            return
        if len(cells) < len(table.header):
            raise BadField(f"row {place}", "malformed")
        yield place, dict(zip(table.header, cells))


def _cells(line: str, delimiter: str, place: int) -> list[str]:
    """The values of a line. WeChat quotes none: what follows a comma without an accent belongs to the same value."""
    if line.startswith(_ACCENT):
        return line[1:].split(f"{delimiter}{_ACCENT}")
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):
        raise BadField(f"row {place}", "malformed") from None


def _value(values: Mapping[str, str], names: Sequence[str]) -> str:
    return next((values[name.casefold()] for name in names if values.get(name.casefold())), "")


def _payment(values: Mapping[str, str], columns: _Columns, provider: str, place: int) -> StatementRow:
    amount = _amount(values, columns.amount, _currency(values, columns, provider, place), place)
    return StatementRow(
        _value(values, columns.number), _value(values, columns.reference), amount, at=_when(values, columns, place)
    )


def _refund(values: Mapping[str, str], columns: _Columns, provider: str, place: int) -> StatementRow:
    names = columns.refund_amount or columns.amount
    amount = _amount(values, names, _currency(values, columns, provider, place), place)
    number = _value(values, columns.refund_number)
    reference = _value(values, columns.refund_reference) or ("" if number else _value(values, columns.reference))
    return StatementRow(number, reference, amount, is_refund=True, at=_when(values, columns, place))


def _currency(values: Mapping[str, str], columns: _Columns, provider: str, place: int) -> Currency:
    code = _value(values, columns.currency)
    return currency(code or PROVIDER_KINDS[provider].currency, _at(place, columns.currency) if code else _FILE)


def _amount(values: Mapping[str, str], names: Sequence[str], money: Currency, place: int) -> Money:
    """The sum that moved: files write refunds with a minus or without one."""
    text = _value(values, names)
    plain = text.translate(_SPACES).replace(",", ".").removesuffix("₸")
    if not _AMOUNT.fullmatch(plain):
        raise BadField(_at(place, names), "not_an_amount", text[:40])
    return Money.parse(plain.lstrip("-"), money, _at(place, names))


def _when(values: Mapping[str, str], columns: _Columns, place: int) -> datetime:
    text = _value(values, columns.when)
    zone = timezone(timedelta(hours=columns.hours))
    for form in _TIMES:
        try:
            return datetime.strptime(text, form).replace(tzinfo=zone)
        except ValueError:
            continue
    raise BadField(_at(place, columns.when), "not_a_date", text[:40])
