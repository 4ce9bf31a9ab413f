"""The kinds of journal entries that people filter by: each covers a few events."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_
from pos.domain.errors import BadField

KINDS: Mapping[str, tuple[str, ...]] = {
    "sale": ("sale",),
    "return": ("return", "blind_return", "void_sale"),
    "void": ("void", "take_back_void", "discard", "stop_basket"),
    "parked": ("park", "take_up", "lapse", "hand_over_parked"),
    "pickup": (
        "take_customer_order", "confirm_customer_order", "pack_customer_order", "cancel_customer_order",
        "hold_customer_order", "expire_customer_order", "move_up_customer_order", "tell_buyer", "pick_up",
        "reopen_customer_order", "set_stream", "put_on_sheet", "take_off_sheet", "mask_phones", "take_deposit",
        "give_back_deposit", "keep_deposit", "move_deposit",
    ),
    "cash": (
        "open_shift", "close_shift", "hand_over", "move_cash", "drawer_short", "count_differs", "no_sale",
        "try_drawer", "owe_tender", "settle_tender", "charge", "refund_charge", "owe_charge", "undo_charge",
        "decide_attempt", "give_back_charge",
    ),
    "price": (
        "price", "set_price", "set_prices", "withdraw_price", "withdraw_prices", "add_promotion", "change_promotion",
        "end_promotion",
    ),
    "rate": ("set_rate",),
    "approval": ("approve",),
    "visitor": (
        "look_up", "entries", "take_back_entries", "answer_destination", "answer_birth_date", "left", "link", "part",
        "move_quota", "erase_visitors", "erase_addresses",
    ),
    "goods": (
        "add_product", "edit_product", "fill_in_product", "begin_import_catalogue", "import_catalogue", "undo_import",
        "set_quick_keys",
    ),
    "stock": (
        "begin_receipt", "take_over_receipt", "drop_receipt", "post_receipt", "late_charge", "make_order",
        "change_order", "close_order", "drop_order", "move_stock", "begin_count", "drop_count", "take_count_sheet",
        "finish_count_sheet", "none_left_in_count", "recount", "post_count", "add_supplier", "rename_supplier",
        "set_recipe", "withdraw_recipe", "plan_batch", "start_batch", "finish_batch", "give_up_batch",
    ),
    "staff": (
        "sign_in", "wrong_pin", "choose_pin", "add_person", "rename_person", "give_role", "reset_pin",
        "enable_person", "disable_person",
    ),
    "paper": (
        "fiscal_refused", "fiscal_again", "fiscal_given_up", "fiscal_shift_closed", "fiscal_shared",
        "reprint", "reprint_z", "reprint_receipt", "print_labels", "print_declaration", "save_declaration",
    ),
    "export": ("export",),
    "safe": ("backup", "restore", "older_books", "move_shop", "export_keys", "know_keys", "begin_seals"),
    "setting": ("set_setting", "accept_clock", "regimes", "found_shop", "make_demo", "make_training", "join_center",
        "set_up_provider", "forget_provider",
        "leave_center", "center_call_refused", "take_center_rules", "drop_center_rules", "center_rules_unreadable",
        "customs_rate_apart", "set_fiscal_login",
    ),
}  # fmt: skip
"""The events of each kind."""

KIND_NAMES: Mapping[str, str] = {
    "sale": N_("Sales"),
    "return": N_("Returns and voided sales"),
    "void": N_("Voided lines and discarded sales"),
    "parked": N_("Parked sales"),
    "pickup": N_("Customer orders"),
    "cash": N_("Shifts and cash"),
    "price": N_("Prices and promotions"),
    "rate": N_("Exchange rates"),
    "approval": N_("Approvals"),
    "visitor": N_("Visitors and allowances"),
    "goods": N_("Products"),
    "stock": N_("Stock"),
    "staff": N_("Staff and sign-in"),
    "paper": N_("Copies and labels"),
    "export": N_("Exports"),
    "safe": N_("Backups and keys"),
    "setting": N_("Settings and rules"),
}

_OF = {event: kind for kind, events in KINDS.items() for event in events}


def kind_of(event: str) -> str:
    """The kind of an event; empty for an event without a kind."""
    return _OF.get(event, "")


def events_of_kind(kind: str) -> tuple[str, ...]:
    """The events of a kind, or the one event of this name; all (none) for an empty text. Raises BadField."""
    if not kind:
        return ()
    events = KINDS.get(kind) or ((kind,) if kind in _OF else ())
    if not events:
        raise BadField("kind", "unknown", kind[:40])
    return events
