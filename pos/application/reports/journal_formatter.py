"""Every entry of the journal as a sentence; one without a sentence shows its name and its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from pos.application.access.authorize import SYSTEM_USER
from pos.application.fiscal.fiscal_words import PROBLEMS
from pos.application.ports.journal_ports import JournalEntry
from pos.application.settings.setting_words import name_of_setting, said_text
from pos.application.text.border_words import destination_text
from pos.application.text.formatting import date_text, instant_text, money_text, number_text
from pos.application.text.names import ALL_REASONS, BANK_NAMES, METHODS, PERMISSION_NAMES, ROLES
from pos.application.text.partner_words import ATTEMPT_STATES, PROVIDERS
from pos.application.text.pickup_words import CHANNELS, ORDER_STATES
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled, noted
from pos.domain.errors import RuleBroken
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.stock.stock_document import ADJUSTMENT, SAMPLE, TRANSFER, WASTE

SENTENCES: Mapping[str, str] = {
    "sale": N_("Sale {receipt}: {total}."),
    "return": N_("Return {receipt} of goods of {reverses}: {total}."),
    "blind_return": N_("Return {receipt} without a receipt: {total}. Reason: {reason}."),
    "void_sale": N_("Sale {reverses} voided by {receipt}: {total}. Reason: {reason}."),
    "void": N_("Line voided: {quantity} × {code}, {amount}."),
    "take_back_void": N_("Voided line restored: {quantity} × {code}, {amount}."),
    "discard": N_("Basket discarded. Lines: {lines}."),
    "stop_basket": N_("Sale refused over the allowance: {destination}."),
    "park": N_("Sale parked: {total}, pieces: {pieces}."),
    "take_up": N_("Parked sale resumed: {total}, pieces: {pieces}."),
    "take_customer_order": N_(
        "Customer order {pickup} taken, {channel}: {total}, pieces: {pieces}. It is {pickup_state}."
    ),
    "confirm_customer_order": N_("Customer order {pickup} was to be confirmed, and is {pickup_state}."),
    "pack_customer_order": N_("Customer order {pickup} packed: {place}."),
    "cancel_customer_order": N_("Customer order {pickup} cancelled. Reason: {reason}."),
    "hold_customer_order": N_("Customer order {pickup} held until {until}. It is {pickup_state}."),
    "expire_customer_order": N_("Customer order {pickup} was not picked up in time, pieces: {pieces}."),
    "move_up_customer_order": N_("Customer order {pickup} moved up from the queue, pieces: {pieces}."),
    "tell_buyer": N_("Customer order {pickup}: the buyer knows that it has moved up."),
    "pick_up": N_("Customer order {pickup} picked up: {receipt}."),
    "reopen_customer_order": N_("Customer order {pickup} open again, because {receipt} was voided."),
    "set_stream": N_("Sheet of the stream set, products: {lines}."),
    "put_on_sheet": N_("On the sheet of the stream: {code}, number {number}."),
    "take_off_sheet": N_("Off the sheet of the stream: {code}, number {number}."),
    "mask_phones": N_("Phones of customer orders no longer needed were cut to their last digits: {phones}."),
    "take_deposit": N_("Deposit on {pickup} taken: {amount} ({method})."),
    "give_back_deposit": N_("Deposit on {pickup} returned: {amount} ({method})."),
    "keep_deposit": N_("Deposit on {pickup} kept: {amount}."),
    "move_deposit": N_("Deposit on {pickup} moved to {to_pickup}: {amount}."),
    "lapse": N_("Parked sale expired: {total}, pieces: {pieces}."),
    "hand_over_parked": N_("Parked sales handed over to the next shift: {keys}."),
    "open_shift": N_("Shift {number} opened. Float: {float}."),
    "close_shift": N_("Shift {number} closed with Z report {z}. Differences: {differences}."),
    "hand_over": N_("Shift {shift} handed over from {giver} to {taker} after a count."),
    "move_cash": N_("{kind}: {amount}. Reason: {reason}."),
    "drawer_short": N_("Refused: more than the drawer should hold. {kind}: {amount}. Reason: {reason}."),
    "count_differs": N_("Shift {shift}: the count differed, recount requested: {counted}."),
    "try_drawer": N_("Drawer test. Printer: {printer}."),
    "no_sale": N_("Drawer opened without a sale. Reason: {reason}."),
    "owe_tender": N_("Sale failed: {amount} to be refunded ({method})."),
    "settle_tender": N_("Payment of a failed sale refunded: {amount} ({method})."),
    "charge": N_("{provider}, payment of {amount}: {state}."),
    "refund_charge": N_("{provider}, refund of {amount}: {state}."),
    "owe_charge": N_("{provider}, {amount} to be refunded."),
    "undo_charge": N_("{provider}, payment of {amount} to be cancelled."),
    "decide_attempt": N_("{provider}, {amount}: noted after a look at the device or the portal as {state}."),
    "give_back_charge": N_("{provider}, refund of {amount} asked for again."),
    "price": N_("{receipt}: {code} sold at {price} instead of {catalogue}."),
    "set_price": N_("Price of {code}: {price} from {since}."),
    "set_prices": N_("New prices from {since}. Products: {count}."),
    "withdraw_prices": N_("New prices from {since} cancelled. Products: {count}."),
    "withdraw_price": N_("Price of {code} from {since} cancelled: {price}."),
    "add_promotion": N_("Promotion “{name}” added."),
    "change_promotion": N_("Promotion “{name}” changed before it began."),
    "end_promotion": N_("Promotion “{name}” ended."),
    "set_rate": N_("Rate of {currency}: buy {buy}, sell {sell}, from {since}."),
    "approve": N_("Approved for {for}: {acts}."),
    "look_up": N_("Visitor looked up: no. {visitor}."),
    "entries": N_("Visitor no. {visitor}: other entry days stated, {days}."),
    "take_back_entries": N_("Visitor no. {visitor}: entry days withdrawn, {days}."),
    "answer_destination": N_("Visitor {label}: destination asked, {destination}."),
    "answer_birth_date": N_("Visitor {label}: date of birth asked, unknown."),
    "left": N_("Goods taken out under {regime}. Lines: {lines}."),
    "link": N_("Documents of visitors no. {paper} and no. {to} linked as one person."),
    "part": N_("Document of visitor no. {paper} unlinked."),
    "move_quota": N_("Allowance of {receipt} moved from visitor no. {from} to no. {to}."),
    "erase_addresses": N_("Addresses of parcels no longer needed were erased: {addresses}."),
    "erase_visitors": N_("Data of visitors no longer needed was erased: {visitors}. Sales without names: {sales}."),
    "add_product": N_("{code} added to the catalogue."),
    "edit_product": N_("{code} changed in the catalogue."),
    "fill_in_product": N_("Missing data of {code} filled in."),
    "begin_import_catalogue": N_("Import of {file} started."),
    "import_catalogue": N_("Import of {file}: {created} new, {updated} changed, {rejected} rejected."),
    "set_quick_keys": N_("Quick keys changed."),
    "undo_import": N_("Import of {file} undone: {removed} removed, {restored} restored, {left} unchanged."),
    "begin_receipt": N_("Delivery {receipt} started."),
    "take_over_receipt": N_("Delivery {receipt} taken over from {from}."),
    "drop_receipt": N_("Delivery {receipt} discarded, pieces: {pieces}."),
    "post_receipt": N_("Goods receipt {receipt} posted, pieces: {pieces}."),
    "late_charge": N_("Late charge added to {receipt}: {amount}."),
    "make_order": N_("Order {order} created. Supplier: {supplier}."),
    "change_order": N_("Order {order} changed."),
    "close_order": N_("Order {order} closed."),
    "drop_order": N_("Order {order} discarded."),
    "move_stock": N_("Stock document {document}: {kind}. Lines: {lines}."),
    "set_recipe": N_("Recipe {recipe}, version {version}: {quantity} × {code}."),
    "withdraw_recipe": N_("Recipe {recipe} withdrawn: {code}."),
    "plan_batch": N_("Batch {batch} planned: {planned} × {code}."),
    "start_batch": N_("Batch {batch} started: {code}. Lines: {lines}."),
    "finish_batch": N_("Batch {batch} finished: {made} × {code}. Cost: {value}."),
    "give_up_batch": N_("Batch {batch} cancelled: {code}."),
    "begin_count": N_("Stock-take {count} started. Products: {lines}."),
    "drop_count": N_("Stock-take {count} discarded."),
    "take_count_sheet": N_("Stock-take {count}: sheet {sheet} started."),
    "finish_count_sheet": N_("Stock-take {count}: sheet {sheet} finished, pieces: {pieces}."),
    "none_left_in_count": N_("Stock-take {count}: uncounted products set to zero. Products: {lines}."),
    "recount": N_("Stock-take {count}: recount of differences. Products: {lines}."),
    "post_count": N_("Stock-take {count} posted. Differences: {differences}."),
    "add_supplier": N_("Supplier “{supplier}” added."),
    "rename_supplier": N_("Supplier “{before}” renamed to “{supplier}”."),
    "sign_in": N_("Signed in."),
    "wrong_pin": N_("Wrong PIN. In a row: {failures}."),
    "choose_pin": N_("PIN changed."),
    "add_person": N_("{name} added: {role}."),
    "rename_person": N_("{name}: display name changed to “{title}”."),
    "give_role": N_("{name}: role {role}, previously {before}."),
    "reset_pin": N_("{name}: new one-time PIN."),
    "enable_person": N_("{name} enabled."),
    "disable_person": N_("{name} disabled."),
    "reprint": N_("{receipt} reprinted, copy {copy}."),
    "reprint_z": N_("Z report {z} reprinted, copy {copy}."),
    "reprint_receipt": N_("{receipt} reprinted, copy {copy}."),
    "print_declaration": N_("Customs declaration printed: {receipt}, visitor {label}."),
    "save_declaration": N_("Customs declaration saved with a blank number: {receipt}, visitor {label}."),
    "print_labels": N_("Labels printed: {labels}."),
    "export": N_("Exported to a file: {what}."),
    "backup": N_("Backup made: {file}. Sales: {sales}."),
    "restore": N_("Data restored from the backup {file}."),
    "older_books": N_("Numbers skipped: there are newer papers in the folder than the database knows."),
    "move_shop": N_("The shop was moved here from {from}. Sales: {sales}."),
    "export_keys": N_("Shop keys exported to the file {file}."),
    "know_keys": N_("All shop keys registered in the database."),
    "begin_seals": N_("This till seals its entries from here on."),
    "accept_clock": N_("Till clock confirmed as correct."),
    "set_setting": N_("Setting {name}: {after}, previously {before}."),
    "regimes": N_("Rules new or changed: {changed}."),
    "found_shop": N_("Shop “{name}” created."),
    "make_demo": N_("Demo shop created. Products: {goods}."),
    "make_training": N_("Training shop created. Products: {goods}."),
    "set_up_provider": N_("{provider} set up at this till."),
    "forget_provider": N_("{provider} removed from this till."),
    "join_center": N_("This till takes part in the center at {address}."),
    "leave_center": N_("This till takes part in the center at {address} no more."),
    "take_center_rules": N_(
        "Rules {regime} taken from the center {center}: {title}, in force from {day}, file {digest}."
    ),
    "drop_center_rules": N_("The center {center} gives out the rules {regime} no more. The till's own hold again."),
    "center_rules_unreadable": N_("The center's rules {regime} cannot be read: {where}, {fault}. File {digest}."),
    "customs_rate_apart": N_("The customs rate of {currency} is {here} here and {there} at the center ({base})."),
    "set_fiscal_login": N_("Login of the fiscal register {register} entered at this till: {fields}."),
    "fiscal_refused": N_("The fiscal register does not take {receipt}: {problem}. {detail}"),
    "fiscal_again": N_("{receipt} is sent to the fiscal register once more, refused before: {problem}."),
    "fiscal_given_up": N_("{receipt} is not registered by the program, refused: {problem}. Reason: {reason}."),
    "fiscal_shared": N_(
        "Shift {shift} of the cashbox {cashbox}: receipts at the fiscal register {tickets}, in this shop {known}."
    ),
    "fiscal_shift_closed": N_("The fiscal register has closed shift {shift} of the cashbox {cashbox}."),
    "center_call_refused": N_("The center does not take a message ({call}, key {key}): {problem}."),
}
"""The sentence of each act."""

EXPORTS: Mapping[str, str] = {
    "journal": N_("the journal"),
    "day": N_("the day report"),
    "month": N_("the monthly report for accounting"),
    "z": N_("the Z report files"),
    "voucher": N_("the day voucher"),
    "commerceml": N_("the retail sales for 1C"),
    "single_window": N_("drafts for the single window"),
    "catalogue": N_("the catalogue"),
    "lots": N_("the lot history"),
    "low": N_("the low-stock list"),
    "center_books": N_("the books of allowances for the center"),
    "customs": N_("the goods taken out by visitors"),
    "movements": N_("the stock movements"),
    "expiring": N_("the expiring goods"),
    "products": N_("the list of products"),
    "gaps": N_("the goods with missing data"),
    "receipts": N_("a list of receipts"),
    "labels": N_("the labels due"),
    "orders": N_("the orders"),
    "order": N_("an order"),
    "suppliers": N_("the suppliers"),
    "deliveries": N_("the deliveries"),
    "delivery": N_("a delivery"),
    "count": N_("a stock-take"),
    "rates": N_("the exchange rates"),
    "promotions": N_("the promotions"),
    "staff": N_("the staff and their rights"),
    "regimes": N_("the rules"),
    "purchases": N_("a visitor's purchases"),
    "slow": N_("the slow-moving goods"),
    "shifts": N_("the figures of a shift"),
    "reprice": N_("a preview of new prices"),
    "import": N_("the rows of an import"),
    "reconciliation": N_("the reconciliation with a payment provider"),
    "seals": N_("the seals of the journal"),
    "parked_sales": N_("the parked sales"),
    "customer_orders": N_("the customer orders"),
    "customer_order_report": N_("the report on customer orders"),
    "quick_keys": N_("the quick keys"),
    "recipes": N_("the recipes"),
    "batches": N_("the batches"),
    "processing": N_("the account of processed goods"),
    "workshop": N_("the workshop report"),
}
"""What was given out, inside a sentence."""

_BY_HOW: Mapping[tuple[str, str], str] = {
    ("settle_tender", "sold"): N_("Payment to be refunded was used for the sale: {amount} ({method})."),
    ("give_back_charge", "by_hand"): N_("{provider}, {amount} refunded in another way."),
    ("set_rate", "customs"): N_("Customs rate of {currency}: {customs}, from {since}. {bank}, {day}."),
    ("set_rate", "shop"): N_("Rate of {currency}: buy {buy}, sell {sell}, from {since}. {bank}, {day}."),
    ("price", "open"): N_("{receipt}: {code} sold at {price}; no price was on file."),
}
"""The sentence of an act whose fact `how` makes it another."""

_CASH = {
    "in": N_("Cash paid in"), "out": N_("Cash paid out"), "drop": N_("Cash to the safe"),
}  # fmt: skip
_STOCK = {
    ADJUSTMENT: N_("corrected"), TRANSFER: N_("moved"), WASTE: N_("written off"), SAMPLE: N_("samples"),
}  # fmt: skip
_PRICES = frozenset(
    {
        "price",
        "catalogue",
        "total",
        "amount",
        "value",
        "cost",
        "on_owned",
        "on_sold",
        "on_unknown",
        "low",
        "high",
        "work",
    }
)
_INSTANTS = frozenset({"since", "at", "from", "to", "until", "ended"})
_INSTANTS_OF_EVENT = frozenset(
    {("erase_visitors", "before"), ("erase_addresses", "before"), ("accept_clock", "before")}
)
_PEOPLE = frozenset({"for", "name", "giver", "taker", "from", "person", "of", "of_person"})
_COUNTED = frozenset({"lines", "keys"})
_NAMED: Mapping[str, Mapping[str, str]] = {
    "bank": BANK_NAMES,
    "method": METHODS,
    "provider": PROVIDERS,
    "state": ATTEMPT_STATES,
    "role": ROLES,
    "what": EXPORTS,
    "reason": ALL_REASONS,
    "channel": CHANNELS,
    "pickup_state": ORDER_STATES,
}
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class JournalFormatter:
    """Tells entries in one language: `names` are people by sign-in name, `price` is the currency of the shop."""

    translator: Translator
    zone: tzinfo
    price: Currency
    names: Mapping[str, str]
    goods: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Names of goods by their code: by language, and the one as it came by an empty text."""

    def sentence(self, entry: JournalEntry) -> str:
        """What happened, in one sentence."""
        template = _BY_HOW.get((entry.event, str(entry.details.get("how")))) or SENTENCES.get(entry.event)
        if template is None:
            details = " · ".join(labelled(self.translator, name, text) for name, text in self.recorded_fields(entry))
            name = clean(entry.event.replace("_", " "))
            return labelled(self.translator, name, details) if details else name
        texts = {name: self.field_text(entry, name, value) for name, value in entry.details.items()}
        return self.translator(template, **{**_NOTHING, **texts})

    def recorded_fields(self, entry: JournalEntry) -> list[tuple[str, str]]:
        """Every fact of an entry by its name, as it was written."""
        return [(clean(str(name)), clean(flat(value))) for name, value in entry.details.items() if value is not None]

    def person(self, name: str) -> str:
        """A person by the name that is shown."""
        return self.translator("the system") if name == SYSTEM_USER.name else clean(self.names.get(name, name))

    def goods_text(self, code: str) -> str:
        """Goods by name and code, or by their code alone where they are no longer known."""
        names = self.goods.get(code, {})
        name = clean(names.get(self.translator.language) or names.get("", ""))
        return noted(self.translator, name, clean(code)) if name else clean(code)

    def field_text(self, entry: JournalEntry, name: str, value: Any) -> str:
        """One fact of an entry as it stands in a sentence; a dash where it says nothing."""
        if value is None or value in ("", {}, []):
            return "—"
        try:
            return self._worded(entry, name, value)
        except (ValueError, ArithmeticError, RuleBroken, TypeError, AttributeError, KeyError):
            return clean(flat(value))  # only a till writes here, and `verify` names any other writer

    def _worded(self, entry: JournalEntry, name: str, value: Any) -> str:
        tr, language = self.translator, self.translator.language
        if entry.event == "set_setting" and name == "name":
            return name_of_setting(value, tr)
        if entry.event == "set_setting" and name in ("before", "after"):
            return said_text(entry.details["name"], value, tr)
        if name == "code":
            return self.goods_text(str(value))
        if name == "problem" and value in PROBLEMS and entry.event.startswith("fiscal_"):
            return tr(PROBLEMS[value])
        if name == "destination":
            return clean(destination_text(str(value), tr))
        if name in _PRICES:
            return self._money(value, entry.details.get("currency"))
        if name in FIGURES:
            return figure_text(value, language)
        is_instant = name in _INSTANTS or (entry.event, name) in _INSTANTS_OF_EVENT
        if is_instant and isinstance(value, str) and "T" in value:
            return instant_text(datetime.fromisoformat(value), self.zone, language)
        if name in _NAMED and value in _NAMED[name]:
            return tr(_NAMED[name][value])
        if (entry.event, name) == ("set_rate", "day"):
            return date_text(date.fromisoformat(value), language)
        if name == "acts":
            return tr(", ").join(
                tr(PERMISSION_NAMES[permission]) if permission in PERMISSION_NAMES else clean(str(permission))
                for permission in value
            )
        if name == "kind":
            kinds = _CASH if entry.event in ("move_cash", "drawer_short") else _STOCK
            return tr(kinds[value]) if value in kinds else clean(str(value))
        if name == "before" and value in ROLES:
            return tr(ROLES[value])
        if name in _COUNTED and isinstance(value, list):
            return number_text(len(value), language)
        if isinstance(value, dict) and all(code in CURRENCIES for code in value):
            each = (self._money(amount, code) for code, amount in value.items())
            return tr(", ").join(each)
        if name in _PEOPLE and isinstance(value, str):
            return self.person(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return number_text(value, language)
        return clean(flat(value))

    def _money(self, value: Any, code: Any) -> str:
        if isinstance(value, dict):
            value, code = value["amount"], value["currency"]
        currency = CURRENCIES.get(code, self.price) if isinstance(code, str) else self.price
        return money_text(Money.parse(value, currency), self.translator.language)


FIGURES = frozenset({"buy", "sell", "customs", "official", "percent"})
_NOTHING: Mapping[str, str] = dict.fromkeys(
    (
        "acts", "after", "amount", "bank", "batch", "before", "buy", "cashbox", "catalogue", "changed", "code",
        "copy", "count", "counted", "created", "currency", "customs", "day", "days", "destination", "detail",
        "differences", "document", "failures", "fields", "file", "float", "for", "from", "giver", "goods", "keys",
        "kind", "label", "labels", "left", "lines", "made", "method", "name", "number", "order", "paper", "pieces",
        "planned", "price", "problem", "provider", "quantity", "reason", "receipt", "recipe", "regime", "register",
        "rejected", "removed", "restored", "reverses", "role", "sell", "sheet", "shift", "since", "state", "supplier",
        "taker", "title", "to", "total", "updated", "value", "version", "visitor", "what", "z",
    ),
    "—",
)  # fmt: skip
"""Stands for what an entry does not record."""


def figure_text(value: Any, language: str) -> str:
    """A figure with the digits that were written."""
    return clean(str(value)).replace(".", "," if language in ("ru", "kk") else ".")


def flat(value: Any) -> str:
    """A fact in one line, as it was written."""
    match value:
        case dict():
            return " ".join(f"{name} {flat(one)}" for name, one in value.items() if one is not None)
        case list():
            return ", ".join(flat(one) for one in value)
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


def clean(text: str) -> str:
    """In one line, of an end; what would steer a terminal or turn the writing is left out."""
    return "".join(sign if sign.isprintable() else " " for sign in text[:_LONGEST])
