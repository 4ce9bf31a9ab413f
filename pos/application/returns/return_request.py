"""Read a return request from a file, and write its JSON answer for the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pos.application.access.authorize import check_acts_for
from pos.application.returns.blind_return import BlindLine, BlindOrder, BlindReturn
from pos.application.returns.return_goods import ReturnGoods
from pos.application.returns.return_json import refund_json
from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.application.settings.context import UseCase
from pos.application.staff.sign_in import SignIn
from pos.application.text.json_amounts import amount
from pos.application.text.json_fields import (
    RequestApproval,
    read_approval,
    read_goods_code,
    read_grams,
    read_key,
    read_list,
    read_object,
    read_text,
    read_whole,
)
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, currency
from pos.domain.payment.tender import METHODS
from pos.domain.returns.goods_return import DISPOSITIONS, GoodsReturn, Refund
from pos.domain.staff.staff import Approval, Person

_MOST_LINES = 2000
_MOST_PIECES = 1_000_000


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    """The order of a `sale return` file, and its approval."""

    order: ReturnOrder | BlindOrder
    approval: RequestApproval | None


def read_return(element: object, price: Currency) -> ReturnRequest:
    """Read a `sale return` file; prices are in the currency `price`. Raises a BadInput that names the field."""
    back = read_object(element, "return", ("key", "receipt", "lines", "refund", "reason", "cashier", "approve"))
    refund = back.get("refund")
    if refund is None:
        raise BadField("refund", "missing")
    refund = read_object(refund, "refund", ("currency", "method"))
    method = refund.get("method", "cash")
    if method not in METHODS:
        raise BadField("refund.method", "unknown", str(method)[:40])
    approval = None if back.get("approve") is None else read_approval(back["approve"])
    if "receipt" in back and back["receipt"] is None:
        return ReturnRequest(_blind(back, method, currency(refund.get("currency"), "refund.currency"), price), approval)
    lines = tuple(read_line(line, f"lines[{i}]") for i, line in enumerate(read_list(back, "lines", "", _MOST_LINES)))
    order = ReturnOrder(
        key=read_key(back.get("key")),
        receipt=read_text(back.get("receipt"), "receipt"),
        lines=lines,
        method=method,
        currency=currency(refund.get("currency"), "refund.currency"),
        reason=read_text(back.get("reason"), "reason", 200),
        cashier=read_text(back.get("cashier"), "cashier"),
    )
    return ReturnRequest(order, approval)


def _blind(back: Mapping[str, Any], method: str, refund_currency: Currency, price: Currency) -> BlindOrder:
    """Goods without a receipt, named by their codes and refunded in cash."""
    if method != "cash":
        raise BadField("refund.method", "cash_only", method)
    rows = read_list(back, "lines", "", _MOST_LINES)
    return BlindOrder(
        key=read_key(back.get("key")),
        lines=tuple(_blind_line(line, f"lines[{i}]", price) for i, line in enumerate(rows)),
        currency=refund_currency,
        reason=read_text(back.get("reason"), "reason", 200),
        cashier=read_text(back.get("cashier"), "cashier"),
    )


def _blind_line(element: object, field: str, price: Currency) -> BlindLine:
    line = read_object(element, field, ("code", "quantity", "price", "to", "grams"))
    return BlindLine(
        code=read_goods_code(line.get("code"), f"{field}.code"),
        quantity=_count(line, "quantity", field, 1),
        price=Money.parse(line.get("price"), price, f"{field}.price"),
        to=_disposition(line, field),
        grams=read_grams(line.get("grams"), f"{field}.grams"),
    )


def _disposition(line: Mapping[str, Any], field: str) -> str:
    to = line.get("to", "shelf")
    if to not in DISPOSITIONS:
        raise BadField(f"{field}.to", "unknown", str(to)[:40])
    return str(to)


def read_line(element: object, field: str) -> ReturnLine:
    """A line to return, with its disposition; raises a BadField below `field`."""
    line = read_object(element, field, ("line", "quantity", "to"))
    return ReturnLine(_count(line, "line", field, 0), _count(line, "quantity", field, 1), _disposition(line, field))


def _count(line: Mapping[str, Any], name: str, field: str, least: int) -> int:
    value = read_whole(line.get(name), f"{field}.{name}")
    if not least <= value <= _MOST_PIECES:
        raise BadField(f"{field}.{name}", "out_of_range", str(value)[:40])
    return value


@dataclass(frozen=True, slots=True)
class ReturnByRequest(UseCase):
    """Return goods from a file; the same file again gives the first return."""

    return_goods: ReturnGoods
    blind_return: BlindReturn
    sign_in: SignIn

    def __call__(self, element: object, actor: Person | None = None) -> GoodsReturn:
        """Return one parsed JSON element, like `RingSale`; raises BadInput or Refused and then records nothing."""
        request = read_return(element, self.return_goods.settings().price)
        by = "" if actor is None else check_acts_for(actor, request.order.cashier, "return")
        order = replace(request.order, by=by)
        approval = None
        if request.approval is not None:
            asked = request.approval
            approval = self.sign_in.approve(asked.user, asked.pin, asked.permissions, request.order.key)
        if isinstance(order, BlindOrder):
            return self.blind_return.from_counter(order, approval)
        return self.from_counter(order, approval)

    def from_counter(
        self, order: ReturnOrder, approval: Approval | None = None, shown: Sequence[Refund] | None = None
    ) -> GoodsReturn:
        """Record a return of the window, whose content is its own fingerprint, with the refunds that it has `shown`."""
        return self.return_goods(order, self.secrets.request(content_of(order)), approval, shown=shown)


def content_of(order: ReturnOrder) -> bytes:
    parts = [
        "return",
        order.receipt,
        [[line.line, line.quantity, line.to] for line in order.lines],
        order.method,
        order.currency.code,
        order.reason,
        order.cashier,
    ]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def return_json(back: GoodsReturn, pdf: str | None = None) -> dict[str, Any]:
    """The output of `sale return`: money as decimal strings, values in the currency of the total."""
    refunds = [refund_json(refund) for refund in back.refunds]
    if not refunds:
        nothing, code = str(Money.zero(back.total.currency)), back.total.currency.code
        refunds = [{"amount": nothing, "currency": code, "method": "cash", "rate": "1", "value": nothing}]
    return {
        "receipt": back.receipt,
        "reverses": back.reverses,
        "exchanged_in": back.exchanged_in,
        "is_void": back.is_void,
        "key": back.key,
        "at": back.at.isoformat(),
        "till": back.till,
        "cashier": back.cashier,
        "total": amount(back.total),
        "lines": [
            {
                "line": index,
                "of_line": line.of_line,
                "code": line.code,
                "name": line.name,
                "quantity": line.quantity,
                "amount": str(line.amount),
                "to": line.to,
            }
            for index, line in enumerate(back.lines)
        ],
        "refund": refunds[0] if len(refunds) == 1 else refunds,
        "rounding": str(back.rounding),
        "reason": back.reason,
        "pdf": pdf,
    }
