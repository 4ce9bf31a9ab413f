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
from pos.domain.outside_partners.reconciliation import StatementRow
from pos.exports.encodings import CP1251, GB18030

LONGEST_FILE = 16 * 1024 * 1024
"""A day of a hundred thousand payments."""
_FIELD = "statement"
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
    """The same of a file. Raises BadField also where it cannot be read."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(LONGEST_FILE + 1)
    except FileNotFoundError as error:
        raise BadField("FILE", "not_found", file.name) from error
    except OSError as error:
        raise BadField("FILE", "not_readable", f"{file.name}: {error.strerror}") from error
    return read_statement(provider, raw)


def read_statement(provider: str, raw: bytes) -> tuple[StatementRow, ...]:
    """The payments and refunds in a provider's file of a day.

    Raises BadField naming the line for a file that is not of the provider's form: a day is read whole or not at all.
    """
    columns, encoding = _FORMS[provider]
    if len(raw) > LONGEST_FILE:
        raise BadField(_FIELD, "too_long")
    lines = _text(raw, encoding).splitlines()
    rows, reversed_numbers = [], set()
    for place, values in _rows(lines, columns):
        kind = _value(values, columns.kind).casefold()
        if kind == _REVERSED:
            reversed_numbers.add(_value(values, columns.number))
        elif kind in _PAYMENT:
            rows.append(_payment(values, columns, provider, place))
        elif kind in _REFUND:
            rows.append(_refund(values, columns, provider, place))
        else:
            raise BadField(f"{_FIELD} {place}", "unknown", kind[:40])
    return tuple(row for row in rows if row.number not in reversed_numbers or row.is_refund)


def _text(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise BadField(_FIELD, "encoding") from None


def _rows(lines: Sequence[str], columns: _Columns) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows below the header with the numbers of their lines, up to the sums below them."""
    header: list[str] | None = None
    wanted = [columns.when, columns.kind, columns.reference, columns.amount]
    delimiter = ","
    for place, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if header is None:
            delimiter = max(",;\t", key=line.count)
            header = [name.strip().casefold() for name in _cells(line, delimiter, place)]
            missing = next((names for names in wanted if not any(name.casefold() in header for name in names)), None)
            if missing is not None:
                raise BadField(missing[0], "missing")
            continue
        cells = [cell.strip() for cell in _cells(line, delimiter, place)]
        if cells[0].startswith("总交易单数"):
            return
        if len(cells) < len(header):
            raise BadField(f"{_FIELD} {place}", "malformed")
        yield place, dict(zip(header, cells))
    if header is None:
        raise BadField(_FIELD, "empty")


def _cells(line: str, delimiter: str, place: int) -> list[str]:
    """The values of a line. WeChat quotes none: what follows a comma without an accent belongs to the same value."""
    if line.startswith(_ACCENT):
        return line[1:].split(f"{delimiter}{_ACCENT}")
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):
        raise BadField(f"{_FIELD} {place}", "malformed") from None


def _value(values: Mapping[str, str], names: Sequence[str]) -> str:
    return next((values[name.casefold()] for name in names if values.get(name.casefold())), "")


def _payment(values: Mapping[str, str], columns: _Columns, provider: str, place: int) -> StatementRow:
    amount = _amount(_value(values, columns.amount), _currency(values, columns, provider), place)
    return StatementRow(
        _value(values, columns.number), _value(values, columns.reference), amount, at=_when(values, columns, place)
    )


def _refund(values: Mapping[str, str], columns: _Columns, provider: str, place: int) -> StatementRow:
    amount = _amount(
        _value(values, columns.refund_amount or columns.amount), _currency(values, columns, provider), place
    )
    number = _value(values, columns.refund_number)
    reference = _value(values, columns.refund_reference) or ("" if number else _value(values, columns.reference))
    return StatementRow(number, reference, amount, is_refund=True, at=_when(values, columns, place))


def _currency(values: Mapping[str, str], columns: _Columns, provider: str) -> Currency:
    return currency(_value(values, columns.currency) or PROVIDER_KINDS[provider].currency, _FIELD)


def _amount(text: str, money: Currency, place: int) -> Money:
    """The sum that moved: files write refunds with a minus or without one."""
    plain = text.translate(_SPACES).replace(",", ".").removesuffix("₸")
    if not _AMOUNT.fullmatch(plain):
        raise BadField(f"{_FIELD} {place}", "not_an_amount", text[:40])
    return Money.parse(plain.lstrip("-"), money, f"{_FIELD} {place}")


def _when(values: Mapping[str, str], columns: _Columns, place: int) -> datetime:
    text = _value(values, columns.when)
    zone = timezone(timedelta(hours=columns.hours))
    for form in _TIMES:
        try:
            return datetime.strptime(text, form).replace(tzinfo=zone)
        except ValueError:
            continue
    raise BadField(f"{_FIELD} {place}", "not_a_date", text[:40])
