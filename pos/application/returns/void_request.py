"""A void from JSON and back: the file of `sale void`, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pos.application.access.authorize import check_acts_for
from pos.application.access.shift_at_till import open_shift_of
from pos.application.returns.return_json import refund_json
from pos.application.returns.return_request import return_json
from pos.application.returns.void_sale import VoidOrder, VoidSale
from pos.application.settings.context import UseCase
from pos.application.staff.sign_in import SignIn
from pos.application.text.json_amounts import amount
from pos.application.text.json_fields import read_approval, read_key, read_object, read_text
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class VoidByRequest(UseCase):
    """Void a sale from a file; the same file again gives the first void."""

    void_sale: VoidSale
    sign_in: SignIn

    def __call__(self, element: object, actor: Person | None = None) -> GoodsReturn:
        """Void by one parsed JSON element; without a `cashier` it is booked on the person of the running shift.

        Raises BadInput or Refused and then records nothing.
        """
        void = read_object(element, "void", ("key", "receipt", "reason", "cashier", "approve"))
        order = VoidOrder(
            key=read_key(void.get("key")),
            receipt=read_text(void.get("receipt"), "receipt"),
            reason=read_text(void.get("reason"), "reason", 200),
            cashier="" if void.get("cashier") is None else read_text(void["cashier"], "cashier"),
        )
        asked = None if void.get("approve") is None else read_approval(void["approve"])
        if not order.cashier:
            with self.store.reading() as work:
                order = replace(order, cashier=open_shift_of(work, self.till).holder)
        order = replace(order, by="" if actor is None else check_acts_for(actor, order.cashier, "return"))
        approval = None
        if asked is not None:
            approval = self.sign_in.approve(asked.user, asked.pin, asked.permissions, order.key)
        return self.void_sale.from_counter(order, approval)


def void_json(back: GoodsReturn, pdf: str | None = None) -> dict[str, Any]:
    """The output of `sale void`: as that of `sale return`, with all refunds as a list and what is to be reversed."""
    answer = return_json(back, pdf)
    return {
        "receipt": back.receipt,
        "voids": back.reverses,
        "approved_by": back.approved_by,
        "refunds": [refund_json(refund) for refund in back.refunds],
        "to_reverse": [
            {"method": one.method, **amount(one.amount), "reference": one.reference} for one in back.to_reverse
        ],
        **{name: answer[name] for name in ("key", "at", "till", "cashier", "total", "lines", "rounding", "reason")},
        "pdf": pdf,
    }
