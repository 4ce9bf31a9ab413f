"""Every action of the window: its words, its key, its icon and the pages where it is valid, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import product

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from pos.application.text.border_words import currency_word
from pos.application.text.translator import N_, Translator
from pos.domain.border import border_in_force
from pos.domain.errors import BadInput
from pos.domain.money import CURRENCIES, Currency

CHECKOUT, PAYMENT, PAID, SEARCH, GAPS = "checkout", "payment", "paid", "search", "gaps"
SIGN_IN, FIRST_START, OPEN_SHIFT, HELP = "sign_in", "first_start", "open_shift", "help"
NOTHING_HERE, REGIMES = "nothing_here", "regimes"
VISITORS, RETURNS, BLIND_RETURN, VOID_SALE = "visitors", "returns", "blind_return", "void_sale"
SHIFT, CLOSE_SHIFT, PARKED, STAFF, RATES, REPORTS = "shift", "close_shift", "parked", "staff", "rates", "reports"
OTHER_CASHIERS_SHIFT, HAND_OVER, PRICES = "foreign_shift", "hand_over", "prices"
PRODUCTS, RECEIVE, ORDERS, COUNT = "products", "receive", "orders", "count"
STOCK, LABELS, IMPORT, QUICK_KEYS = "stock", "labels", "import_goods", "quick_keys"
SETTINGS, JOURNAL, HISTORY, REPRICE = "settings", "journal", "history", "reprice"
CUSTOMS, WELCOME, DECLARATION = "customs", "welcome", "declaration"
RECONCILIATION, WORKSHOP = "reconciliation", "workshop"
PICKUP, TAKE_ORDERS, ORDER_REPORT = "pickup", "take_orders", "order_report"
EVERYWHERE = frozenset(
    {
        CHECKOUT, PAYMENT, PAID, SEARCH, GAPS, SIGN_IN, FIRST_START, OPEN_SHIFT, HELP, NOTHING_HERE, REGIMES, VISITORS,
        RETURNS, SHIFT, CLOSE_SHIFT, PARKED, STAFF, OTHER_CASHIERS_SHIFT, HAND_OVER, RATES, REPORTS, PRICES,
        BLIND_RETURN, VOID_SALE, PRODUCTS, RECEIVE, ORDERS, COUNT, STOCK, LABELS, IMPORT, SETTINGS, JOURNAL,
        HISTORY, REPRICE, CUSTOMS, WELCOME, QUICK_KEYS, DECLARATION, RECONCILIATION, WORKSHOP, PICKUP, TAKE_ORDERS,
        ORDER_REPORT,
    }
)  # fmt: skip
INSIDE = EVERYWHERE - {SIGN_IN, FIRST_START}
_AT_WORK = frozenset({CHECKOUT, PAYMENT, PAID})
_COUNTS = frozenset({CLOSE_SHIFT, HAND_OVER})
_REPRINTED = _AT_WORK | {CLOSE_SHIFT, RETURNS, BLIND_RETURN, VOID_SALE, REPORTS, RECEIVE, HISTORY}
_TABLES = frozenset(
    {
        CLOSE_SHIFT, COUNT, GAPS, HISTORY, IMPORT, JOURNAL, LABELS, ORDER_REPORT, ORDERS, PARKED, PICKUP, PRICES,
        PRODUCTS, RATES, RECEIVE, RECONCILIATION, REGIMES, REPORTS, REPRICE, SHIFT, STAFF, STOCK, VISITORS, WORKSHOP,
    }
)  # fmt: skip
"""The pages with a table that can be saved as a file."""
_FIELDS = _COUNTS | {FIRST_START, OPEN_SHIFT, RATES, PRODUCTS, REPRICE}

RAIL_KEYS = tuple(f"rail_{n}" for n in range(1, 10))
"""The actions that open the first nine items of the rail, in the order in which they are seen."""
CURRENCY_KEYS = 9
"""So many currencies of a counter have a key, Alt+1 to Alt+9; the others are chosen on the screen."""
KEYPAD_PLUS = "Num++"
"""How the table writes the plus key of the keypad, for which QKeySequence has no name of its own."""


@dataclass(eq=False)
class DuplicateKey(BadInput):
    """One key would do two things on the same page."""

    fact = "duplicate_key"

    key: str
    action: str
    other: str


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `key` is its key as Qt writes it in English ("Ctrl+L"), `also` further keys that do the same.

    `hinted`: it stands in the strip of keys. A `handled_by_field` key is handled by the page's own fields and only
    shown in help. A `finishing` one records money, stock, a shift or what the shop goes by, takes away what stands, or
    leaves a page as done: `finishing_keys.py` says which of its presses count. One that `leads` on begins such a step
    and records nothing itself: pressed before its page was there it is kept for it, as any other key is. After a step
    done `once` the same key is for the next row, or makes the same again: pressed twice quickly it is one press.
    `place`: it is for the currency at that place of the counter, and there is none where the counter has fewer.
    """

    id: str
    text: str
    key: str
    icon: str
    screen_ids: frozenset[str]
    also: tuple[str, ...] = ()
    hinted: bool = False
    handled_by_field: bool = False
    finishing: bool = False
    leads: bool = False
    once: bool = False
    place: int | None = None


def pay_action(place: int) -> str:
    """The action that pays in the currency at a place of the counter."""
    return f"pay_{place + 1}"


def back_action(place: int) -> str:
    """The action that refunds in it."""
    return f"back_{place + 1}"


def currency_actions(action: Callable[[int], str], step: Callable[[Currency], None]) -> dict[str, Callable[[], None]]:
    """What the keys of the currencies do: `step` with the currency of each."""
    of_counter = tuple(CURRENCIES.values())[:CURRENCY_KEYS]
    return {action(one.place): partial(step, one) for one in of_counter}


def _at(*screen_ids: str) -> frozenset[str]:
    return frozenset(screen_ids)


TABLE: tuple[Action, ...] = (
    Action("help", N_("Help"), "F1", "circle-question-mark", EVERYWHERE),
    Action("search", N_("Search"), "F2", "search", _at(CHECKOUT, SEARCH, RECEIVE)),
    Action("visitor", N_("Visitor"), "F3", "user-plus", _at(CHECKOUT, VISITORS, DECLARATION)),
    Action("quantity", N_("Quantity"), "F4", "boxes", _at(CHECKOUT), hinted=True),
    Action("discount", N_("Discount"), "F5", "badge-percent", _at(CHECKOUT), hinted=True),
    Action("discount_basket", N_("Discount on the basket"), "Shift+F5", "badge-percent", _at(CHECKOUT)),
    Action("price", N_("Another price"), "Ctrl+F4", "tag", _at(CHECKOUT)),
    Action("note", N_("Note on the line"), "Ctrl+N", "sticky-note", _at(CHECKOUT)),
    Action("note_basket", N_("Note on the sale"), "Ctrl+Shift+N", "sticky-note", _at(CHECKOUT)),
    Action("void", N_("Void line"), "F6", "trash-2", _at(CHECKOUT), hinted=True, once=True),
    Action("new_sale", N_("New sale"), "Shift+F6", "shopping-cart", _at(CHECKOUT)),
    Action("park", N_("Park"), "F7", "pause", _at(CHECKOUT), hinted=True),
    Action("destination", N_("Destination"), "F8", "navigation", _at(CHECKOUT, VISITORS), hinted=True),
    Action("send", N_("To be sent"), "Shift+F8", "package", _at(CHECKOUT)),
    Action("split", N_("Split"), "F9", "split", _at(CHECKOUT), hinted=True),
    Action("drawer", N_("Drawer"), "F10", "inbox", _AT_WORK | {SHIFT}, hinted=True),
    Action("returns", N_("Returns"), "F11", "undo-2", _at(CHECKOUT)),
    Action("pay", N_("Pay"), "F12", "credit-card", _at(CHECKOUT), also=(KEYPAD_PLUS,), finishing=True, leads=True),
    Action("quick_keys", N_("Quick keys"), "Alt+K", "layout-grid", _at(CHECKOUT)),
    Action("advice", N_("Remove these to stay within"), "Ctrl+L", "scale", _at(CHECKOUT)),
    Action("next_visitor", N_("Next visitor"), "Ctrl+Down", "chevron-down", _at(CHECKOUT)),
    Action("previous_visitor", N_("Previous visitor"), "Ctrl+Up", "chevron-up", _at(CHECKOUT)),
    Action("give", N_("Assign the line to the selected visitor"), "Ctrl+G", "user-check", _at(CHECKOUT)),
    Action("carrier", N_("Change carrier"), "Ctrl+T", "users", _at(CHECKOUT)),
    Action("elsewhere", N_("Bought elsewhere"), "Ctrl+B", "shopping-bag", _at(CHECKOUT)),
    Action("entries", N_("Entry days"), "Ctrl+E", "calendar", _at(CHECKOUT)),
    Action("visitor_history", N_("Visitor's history"), "Ctrl+H", "history", _at(CHECKOUT)),
    Action("answer_1", N_("First answer"), "Shift+F1", "check", _at(CHECKOUT), finishing=True),
    Action("answer_2", N_("Second answer"), "Shift+F2", "check", _at(CHECKOUT), finishing=True),
    Action("answer_3", N_("Third answer"), "Shift+F3", "check", _at(CHECKOUT), finishing=True),
    Action("left", N_("Has left"), "Ctrl+O", "log-out", _at(CHECKOUT, VISITORS), finishing=True),
    Action("by_receipt", N_("Correct the visitor on a receipt"), "F4", "receipt-text", _at(VISITORS)),
    Action("link_paper", N_("Link a document"), "F6", "users", _at(VISITORS), finishing=True),
    Action("part_paper", N_("Unlink this document"), "F7", "split", _at(VISITORS), finishing=True),
    Action("move_quota", N_("Move to another visitor"), "F9", "arrow-right-left", _at(VISITORS), finishing=True),
    Action(
        "undo",
        N_("Undo"),
        "Ctrl+Z",
        "corner-up-left",
        _at(TAKE_ORDERS, CHECKOUT, COUNT, STOCK, RECEIVE, QUICK_KEYS, PRODUCTS),
        hinted=True,
    ),
    Action("reprint", N_("Print again"), "Ctrl+P", "printer", _REPRINTED),
    Action("submit_scan", N_("Accept input"), "Enter", "check", _at(CHECKOUT, SEARCH), handled_by_field=True),
    Action("fill_in", N_("Next field, then save"), "Enter", "check", _at(GAPS), handled_by_field=True),
    Action("list_before", N_("Previous list"), "Left", "arrow-left", _at(GAPS), handled_by_field=True),
    Action("list_after", N_("Next list"), "Right", "arrow-right", _at(GAPS), handled_by_field=True),
    *(
        Action(pay_action(place), N_("Pay in {currency}"), f"Alt+{place + 1}", "banknote", _at(PAYMENT), place=place)
        for place in range(CURRENCY_KEYS)
    ),
    Action("cash", N_("Cash"), "Alt+C", "banknote", _at(PAYMENT, RETURNS)),
    Action("card", N_("Card"), "Alt+D", "credit-card", _at(PAYMENT, RETURNS)),
    Action("qr", N_("QR"), "Alt+Q", "qr-code", _at(PAYMENT, RETURNS)),
    Action("add_tender", N_("Add the payment"), "Enter", "plus", _at(PAYMENT), handled_by_field=True, finishing=True),
    Action("other_notes", N_("Next banknotes"), "Alt+N", "arrow-right-left", _at(PAYMENT)),
    Action("change_currency", N_("Change currency"), "Alt+G", "banknote", _at(PAYMENT)),
    Action(
        "pay_rest",
        N_("Pay the exact remainder and finish"),
        "F12",
        "check",
        _at(PAYMENT),
        also=(KEYPAD_PLUS,),
        finishing=True,
    ),
    Action("charge_not_paid", N_("Not paid at the provider"), "F8", "x", _at(PAYMENT), finishing=True),
    Action("charge_paid", N_("Paid at the provider"), "F9", "check", _at(PAYMENT), finishing=True),
    Action(
        "next",
        N_("Next customer"),
        "F12",
        "arrow-right",
        _at(PAID),
        also=("Enter", "Return", KEYPAD_PLUS),
        finishing=True,
    ),
    Action("one_more", N_("One piece more"), "+", "plus", _at(RETURNS, BLIND_RETURN), handled_by_field=True),
    Action("one_less", N_("One piece less"), "-", "minus", _at(RETURNS, BLIND_RETURN), handled_by_field=True),
    Action("return_line", N_("Return the whole line"), "F4", "boxes", _at(RETURNS)),
    Action("return_all", N_("Return the whole receipt"), "F5", "undo-2", _at(RETURNS)),
    Action("exchange", N_("Exchange goods"), "F6", "arrow-right-left", _at(RETURNS)),
    Action("no_receipt", N_("Return without receipt"), "F3", "circle-question-mark", _at(RETURNS)),
    Action("blind_price", N_("Unit price"), "F4", "tag", _at(BLIND_RETURN)),
    Action("return_to", N_("Destination of returned goods"), "F7", "package", _at(RETURNS, BLIND_RETURN)),
    Action("return_reason", N_("Reason"), "F8", "list", _at(RETURNS, BLIND_RETURN, VOID_SALE)),
    Action("refund_cash", N_("Refund all in cash"), "F9", "wallet", _at(RETURNS), finishing=True),
    *(
        Action(
            back_action(place),
            N_("Refund in {currency}"),
            f"Alt+{place + 1}",
            "banknote",
            _at(RETURNS, BLIND_RETURN),
            place=place,
        )
        for place in range(CURRENCY_KEYS)
    ),
    Action(
        "record_return",
        N_("Complete the return"),
        "F12",
        "check",
        _at(RETURNS, BLIND_RETURN),
        finishing=True,
    ),
    Action("void_sale", N_("Void sale"), "Ctrl+F6", "circle-x", _at(PAID, RETURNS, HISTORY)),
    Action("declare", N_("Customs declaration"), "Ctrl+D", "file-text", _at(PAID, HISTORY, VISITORS)),
    Action("declared_goods", N_("Dutiable goods only, or all"), "F4", "list", _at(DECLARATION)),
    Action("declaring_adult", N_("Next adult who declares"), "F8", "users", _at(DECLARATION)),
    Action("next_declaration", N_("Next paper"), "Ctrl+Down", "chevron-down", _at(DECLARATION)),
    Action("save_declaration", N_("Save with a blank number"), "F9", "save", _at(DECLARATION), once=True),
    Action("print_declaration", N_("Print"), "F12", "printer", _at(DECLARATION), also=("Ctrl+P",), finishing=True),
    Action("record_void", N_("Void the sale"), "F12", "check", _at(VOID_SALE), finishing=True),
    Action("resume", N_("Resume"), "Enter", "shopping-cart", _at(PARKED), handled_by_field=True),
    Action("discard_parked", N_("Discard"), "Del", "trash-2", _at(PARKED), finishing=True),
    Action("settle_other", N_("Not paid, or ask for the refund again"), "F8", "x", _at(PARKED), finishing=True),
    Action("settle_tender", N_("Mark as refunded"), "F9", "check", _at(PARKED), finishing=True),
    Action("find_pickup", N_("Search"), "F2", "search", _at(PICKUP)),
    Action("take_orders", N_("Take orders"), "F3", "zap", _at(PICKUP)),
    Action("next_pickup_list", N_("Next list"), "F8", "arrow-right", _at(PICKUP)),
    Action("confirm_pickup", N_("Confirm order"), "F4", "check", _at(PICKUP), finishing=True),
    Action("pack_pickup", N_("Pack order"), "F5", "package-check", _at(PICKUP)),
    Action("cancel_pickup", N_("Cancel order"), "F6", "trash-2", _at(PICKUP)),
    Action("hold_pickup", N_("Change how long it is held"), "F7", "calendar", _at(PICKUP)),
    Action("copy_pickup", N_("Copy the message for the buyer"), "F9", "copy", _at(PICKUP)),
    Action("tell_pickup", N_("The buyer knows"), "Shift+F9", "bell", _at(PICKUP), finishing=True),
    Action("deposit_pickup", N_("Take or return a deposit"), "F10", "coins", _at(PICKUP), finishing=True),
    Action("hand_out", N_("Hand out at the checkout"), "F12", "shopping-cart", _at(PICKUP), finishing=True),
    Action("take_claim", N_("Take the claim"), "Enter", "check", _at(TAKE_ORDERS), handled_by_field=True),
    Action("import_pickups", N_("Import orders"), "Ctrl+I", "file-up", _at(PICKUP)),
    Action("print_pickup", N_("Print the packing slip"), "Ctrl+P", "printer", _at(PICKUP)),
    Action("print_pick_list", N_("Print the pick-up list"), "Ctrl+Shift+P", "clipboard-list", _at(PICKUP)),
    Action("print_stream", N_("Print the sheet of the stream"), "Ctrl+P", "printer", _at(TAKE_ORDERS)),
    Action("print_cards", N_("Print price cards"), "Ctrl+Shift+P", "tag", _at(TAKE_ORDERS)),
    Action("sheet_add", N_("Goods on the sheet"), "F4", "plus", _at(TAKE_ORDERS)),
    Action("sheet_remove", N_("Off the sheet"), "F6", "trash-2", _at(TAKE_ORDERS), once=True),
    Action("claim_language", N_("Language of the buyer"), "F7", "languages", _at(TAKE_ORDERS)),
    Action("claim_channel", N_("Next channel"), "F8", "arrow-right", _at(TAKE_ORDERS)),
    Action("live_view", N_("Streamer's view"), "F9", "monitor", _at(TAKE_ORDERS)),
    Action("live_next", N_("Next goods in the view"), "F10", "arrow-right", _at(TAKE_ORDERS)),
    Action("live_previous", N_("Goods before"), "Shift+F10", "arrow-left", _at(TAKE_ORDERS)),
    Action("hand_over_parked", N_("Hand over parked sales"), "F7", "pause", _at(CLOSE_SHIFT), finishing=True),
    Action("find_quick_key", N_("Add a product"), "F2", "search", _at(QUICK_KEYS)),
    Action("new_quick_page", N_("New page"), "F4", "plus", _at(QUICK_KEYS), once=True),
    Action("new_quick_folder", N_("New folder"), "F5", "folder", _at(QUICK_KEYS), once=True),
    Action("remove_quick_key", N_("Remove key"), "F6", "trash-2", _at(QUICK_KEYS), once=True),
    Action("most_sold", N_("Most sold"), "F7", "trophy", _at(QUICK_KEYS), once=True),
    Action("next_quick_page", N_("Next page"), "F8", "arrow-right", _at(QUICK_KEYS)),
    Action("previous_quick_page", N_("Previous page"), "Shift+F8", "arrow-left", _at(QUICK_KEYS)),
    Action("copy_quick_page", N_("Copy page"), "F9", "copy", _at(QUICK_KEYS), once=True),
    Action("earlier_quick_key", N_("Move left"), "Alt+Up", "arrow-left", _at(QUICK_KEYS)),
    Action("later_quick_key", N_("Move right"), "Alt+Down", "arrow-right", _at(QUICK_KEYS)),
    Action("import_quick_keys", N_("Import"), "Ctrl+I", "file-up", _at(QUICK_KEYS)),
    Action("export_quick_keys", N_("Export"), "Ctrl+E", "download", _at(QUICK_KEYS)),
    Action("save_quick_keys", N_("Save"), "F12", "save", _at(QUICK_KEYS), finishing=True),
    Action("new_promotion", N_("New promotion"), "F4", "plus", _at(PRICES)),
    Action("change_promotion", N_("Change promotion"), "F5", "pencil", _at(PRICES)),
    Action("copy_promotion", N_("Copy promotion"), "F9", "copy", _at(PRICES)),
    Action("end_promotion", N_("End promotion"), "F6", "circle-x", _at(PRICES), finishing=True),
    Action("add_promotion", N_("Start promotion"), "F12", "check", _at(PRICES), finishing=True),
    Action("next_supplier", N_("Next supplier"), "F8", "store", _at(ORDERS)),
    Action("order_from_file", N_("Import an order"), "F7", "file-up", _at(ORDERS)),
    Action("drop_order_line", N_("Remove from the list"), "Del", "trash-2", _at(ORDERS), once=True),
    Action("change_quantity", N_("Change quantity"), "Enter", "boxes", _at(ORDERS), handled_by_field=True),
    Action("more_to_order", N_("One carton more"), "+", "plus", _at(ORDERS), handled_by_field=True),
    Action("fewer_to_order", N_("One carton less"), "-", "minus", _at(ORDERS), handled_by_field=True),
    Action("make_goods", N_("Plan a batch in the workshop"), "F3", "cooking-pot", _at(ORDERS)),
    Action("order_cost", N_("Unit cost"), "F4", "coins", _at(ORDERS)),
    Action("close_order", N_("Close order"), "F5", "circle-check", _at(ORDERS), finishing=True),
    Action("drop_order", N_("Discard order"), "F6", "trash-2", _at(ORDERS), finishing=True),
    Action("print_order", N_("Print order"), "Ctrl+P", "printer", _at(ORDERS)),
    Action("write_order", N_("Save order as CSV"), "Ctrl+Shift+S", "file-text", _at(ORDERS)),
    Action("copy_order", N_("Copy order as text"), "F9", "copy", _at(ORDERS)),
    Action("make_order", N_("Create or receive order"), "F12", "shopping-basket", _at(ORDERS), finishing=True),
    Action("find_label", N_("Search"), "F2", "search", _at(LABELS)),
    Action("label_copies", N_("One label or one per piece"), "F4", "boxes", _at(LABELS)),
    Action("label_paper", N_("Next label paper"), "F5", "file-text", _at(LABELS)),
    Action("label_pack", N_("Label for piece or carton"), "F6", "package", _at(LABELS)),
    Action("label_lots", N_("Lots on labels"), "F7", "layers", _at(LABELS)),
    Action("label_lot", N_("Next lot"), "F8", "layers", _at(LABELS)),
    Action("drop_label", N_("Remove label"), "Del", "trash-2", _at(LABELS), once=True),
    Action("more_labels", N_("One label more"), "+", "plus", _at(LABELS), handled_by_field=True),
    Action("fewer_labels", N_("One label less"), "-", "minus", _at(LABELS), handled_by_field=True),
    Action("print_labels", N_("Print the labels"), "F12", "printer", _at(LABELS), finishing=True),
    Action("choose_import", N_("Choose a file"), "F4", "file-up", _at(IMPORT)),
    Action("go_import", N_("Next step"), "F12", "arrow-right", _at(IMPORT), finishing=True),
    Action("save_rejects", N_("Save rejected rows as CSV"), "F7", "save", _at(IMPORT)),
    Action("import_template", N_("Save a template"), "F9", "download", _at(IMPORT)),
    Action("import_gaps", N_("Missing data"), "F8", "circle-alert", _at(IMPORT)),
    Action("undo_import", N_("Undo the last import"), "F6", "undo-2", _at(IMPORT), finishing=True),
    Action("search_products", N_("Search"), "F2", "search", _at(PRODUCTS)),
    Action("new_product", N_("New product"), "F4", "plus", _at(PRODUCTS)),
    Action("add_code", N_("Add a code"), "F5", "scan-barcode", _at(PRODUCTS)),
    Action("own_code", N_("Assign shop code"), "F6", "tag", _at(PRODUCTS)),
    Action("product_picture", N_("Picture"), "F7", "upload", _at(PRODUCTS)),
    Action("next_section", N_("Next section"), "F8", "arrow-right", _at(PRODUCTS)),
    Action("previous_section", N_("Previous section"), "Shift+F8", "arrow-left", _at(PRODUCTS)),
    Action("mark_product", N_("Mark product"), "Ins", "check", _at(PRODUCTS)),
    Action("mark_all", N_("Mark all that is found"), "Ctrl+M", "check", _at(PRODUCTS)),
    Action("change_several", N_("Change several"), "F9", "pencil", _at(PRODUCTS)),
    Action("save_product", N_("Save"), "F12", "save", _at(PRODUCTS), finishing=True),
    Action("sign_in", N_("Sign in"), "Enter", "log-in", _at(SIGN_IN), handled_by_field=True),
    Action("found", N_("Create the shop"), "F12", "store", _at(FIRST_START), finishing=True),
    Action("open_shift", N_("Open the shift"), "F12", "lock-open", _at(OPEN_SHIFT), finishing=True),
    Action("print_x", N_("Print"), "Ctrl+P", "printer", _at(SHIFT)),
    Action("float_as_counted", N_("Same as the last Z report"), "F5", "clipboard-list", _at(OPEN_SHIFT)),
    Action("close_shift", N_("Close the shift"), "F12", "lock", _at(SHIFT), finishing=True),
    Action(
        "take_over", N_("Take over with a count"), "F12", "arrow-right-left", _at(OTHER_CASHIERS_SHIFT), finishing=True
    ),
    Action("close_left", N_("Close the shift"), "F9", "lock", _at(OTHER_CASHIERS_SHIFT), finishing=True),
    Action("work_on", N_("Continue to checkout"), "F5", "shopping-cart", _at(OTHER_CASHIERS_SHIFT)),
    Action("rest_none", N_("Rest is zero"), "F4", "circle-minus", _COUNTS, once=True),
    Action("recount", N_("Recount this currency"), "F6", "rotate-ccw", _COUNTS),
    Action("confirm_count", N_("Confirm count"), "Ctrl+Enter", "check", _COUNTS, also=("Ctrl+Return",), finishing=True),
    Action("reprint_a4", N_("Print on A4"), "Ctrl+Shift+P", "file-text", _at(CLOSE_SHIFT, REPORTS)),
    Action("shift_closed", N_("Done"), "F12", "check", _COUNTS | {REPORTS}, finishing=True),
    Action("record_rates", N_("Save rates"), "F12", "check", _at(RATES), finishing=True),
    Action("import_rates", N_("Import a file"), "F7", "file-up", _at(RATES)),
    Action("offered_rates", N_("Rates from the folder"), "F8", "folder", _at(RATES)),
    Action("day_before", N_("Previous period"), "Left", "arrow-left", _at(REPORTS), handled_by_field=True),
    Action("day_after", N_("Next period"), "Right", "arrow-right", _at(REPORTS), handled_by_field=True),
    Action("choose_mark", N_("Select in the chart"), "Tab", "chart-column", _at(REPORTS), handled_by_field=True),
    Action("open_z", N_("Open receipts or Z report"), "Enter", "receipt-text", _at(REPORTS), handled_by_field=True),
    Action("reports_today", N_("Today"), "F4", "calendar", _at(REPORTS)),
    Action("next_period", N_("Change period"), "F6", "calendar", _at(REPORTS)),
    Action("next_till", N_("Next till"), "F8", "monitor", _at(REPORTS)),
    Action("report_month", N_("Monthly report for accounting"), "F9", "file-spreadsheet", _at(REPORTS)),
    Action("accounting_files", N_("Files for accounting"), "F7", "briefcase", _at(REPORTS)),
    Action("next_field", N_("Next field"), "Enter", "arrow-down", _FIELDS, handled_by_field=True),
    Action("add_person", N_("Add staff member"), "F3", "user-plus", _at(STAFF)),
    Action("rights", N_("Roles and rights"), "F5", "shield-check", _at(STAFF)),
    Action("person_pin", N_("New one-time PIN"), "F6", "user-cog", _at(STAFF), finishing=True),
    Action("disable_person", N_("Disable or enable"), "F7", "ban", _at(STAFF), finishing=True),
    Action("rights_default", N_("Default rights"), "F8", "rotate-ccw", _at(STAFF)),
    Action("save_person", N_("Save"), "F12", "save", _at(STAFF), finishing=True),
    Action("type_count", N_("Enter count"), "F4", "pencil", _at(RECEIVE)),
    Action("piece_cost", N_("Unit cost"), "F5", "tag", _at(RECEIVE)),
    Action("keep_unordered", N_("Add to the order with a reason"), "F6", "circle-plus", _at(RECEIVE), finishing=True),
    Action("close_short", N_("Close line as short"), "F7", "circle-minus", _at(RECEIVE), finishing=True),
    Action("close_rest", N_("Close the rest as short"), "Shift+F7", "circle-minus", _at(RECEIVE), finishing=True),
    Action("another_lot", N_("Count another lot"), "F8", "layers", _at(RECEIVE)),
    Action("delivery_papers", N_("Documents and charges"), "F9", "file-text", _at(RECEIVE)),
    Action("without_order", N_("Receive without an order"), "F3", "package-open", _at(RECEIVE)),
    Action("discard_delivery", N_("Discard delivery"), "Ctrl+Del", "trash-2", _at(RECEIVE), finishing=True),
    Action("post_receipt", N_("Post goods receipt"), "F12", "package-check", _at(RECEIVE), finishing=True),
    Action("count_next", N_("Start, finish sheet, post"), "F12", "check", _at(COUNT), finishing=True),
    Action("count_new", N_("New stock-take"), "F3", "plus", _at(COUNT)),
    Action("count_number", N_("Enter quantity"), "F4", "boxes", _at(COUNT)),
    Action("count_same", N_("Same reason for the rest"), "F5", "list", _at(COUNT)),
    Action("recount_product", N_("Recount product"), "F6", "rotate-ccw", _at(COUNT)),
    Action("count_recount", N_("Recount differences"), "F7", "users", _at(COUNT)),
    Action("count_look", N_("Differences"), "F8", "list", _at(COUNT)),
    Action("count_none", N_("Mark uncounted items as zero"), "F9", "circle-minus", _at(COUNT), finishing=True),
    Action("count_drop", N_("Discard stock-take"), "Shift+F3", "trash-2", _at(COUNT), finishing=True),
    Action("count_print", N_("Print"), "Ctrl+P", "printer", _at(COUNT)),
    Action("stock_record", N_("Record document"), "F12", "check", _at(STOCK), finishing=True),
    Action("stock_next_list", N_("Next list"), "F8", "arrow-right", _at(STOCK)),
    Action("stock_kind", N_("Move, adjust, write off, sample"), "F3", "arrow-right-left", _at(STOCK)),
    Action("stock_number", N_("Edit quantity"), "F4", "boxes", _at(STOCK)),
    Action("stock_from", N_("From place"), "F5", "package", _at(STOCK)),
    Action("stock_aside", N_("Set lot aside"), "F6", "package", _at(STOCK), finishing=True),
    Action("stock_waste", N_("Write off lot"), "F7", "trash-2", _at(STOCK), finishing=True),
    Action("stock_to", N_("To place"), "F9", "package-check", _at(STOCK)),
    Action("stock_remove", N_("Remove line"), "Del", "trash-2", _at(STOCK), once=True),
    Action("stock_reason", N_("Change reason"), "Ctrl+R", "list", _at(STOCK)),
    Action("stock_place", N_("Place"), "Ctrl+L", "package", _at(STOCK)),
    Action("stock_on_hand", N_("In stock only"), "Ctrl+H", "layers", _at(STOCK)),
    Action("stock_print", N_("Print"), "Ctrl+P", "printer", _at(STOCK)),
    Action("workshop_find", N_("Search"), "F2", "search", _at(WORKSHOP)),
    Action("workshop_show", N_("Next state, or next period"), "F3", "list", _at(WORKSHOP)),
    Action("workshop_new", N_("New batch, or new recipe"), "F4", "plus", _at(WORKSHOP)),
    Action("workshop_change", N_("Change recipe"), "F5", "pencil", _at(WORKSHOP)),
    Action("workshop_give_up", N_("Cancel batch, or withdraw recipe"), "F6", "circle-x", _at(WORKSHOP), finishing=True),
    Action("workshop_labels", N_("Labels of the output"), "F7", "printer", _at(WORKSHOP)),
    Action("workshop_next_list", N_("Next list"), "F8", "arrow-right", _at(WORKSHOP)),
    Action(
        "workshop_next",
        N_("Plan, start or finish a batch, save a recipe"),
        "F12",
        "check",
        _at(WORKSHOP),
        finishing=True,
    ),
    Action("history_find", N_("Search"), "F2", "search", _at(HISTORY)),
    Action("history_kind", N_("Type"), "F4", "list", _at(HISTORY)),
    Action("history_cashier", N_("Staff"), "F5", "user", _at(HISTORY)),
    Action("history_period", N_("Period"), "F6", "calendar", _at(HISTORY)),
    Action("history_till", N_("Next till"), "F8", "monitor", _at(HISTORY)),
    Action("open_pdf", N_("Open PDF"), "F9", "file-text", _at(HISTORY)),
    Action("return_from", N_("Return goods"), "F12", "undo-2", _at(HISTORY)),
    Action("journal_recorded", N_("Details as recorded"), "F3", "eye", _at(JOURNAL)),
    Action("journal_find", N_("Search"), "F2", "search", _at(JOURNAL)),
    Action("journal_kind", N_("Type"), "F4", "list", _at(JOURNAL)),
    Action("journal_person", N_("Staff"), "F5", "user", _at(JOURNAL)),
    Action("journal_period", N_("Period"), "F6", "calendar", _at(JOURNAL)),
    Action("journal_till", N_("Next till"), "F8", "monitor", _at(JOURNAL)),
    Action("journal_check", N_("Verify the journal"), "F9", "shield-check", _at(JOURNAL)),
    Action("customs_find", N_("Search"), "F2", "search", _at(CUSTOMS)),
    Action("customs_regime", N_("Change rules"), "F4", "scale", _at(CUSTOMS)),
    Action("customs_period", N_("Period"), "F6", "calendar", _at(CUSTOMS)),
    Action("customs_drafts", N_("Drafts for the single window"), "F7", "package", _at(CUSTOMS)),
    Action("customs_file", N_("Export for customs"), "F12", "download", _at(CUSTOMS)),
    Action("order_report_days", N_("Period"), "F6", "calendar", _at(ORDER_REPORT)),
    Action("recon_provider", N_("Next provider"), "F4", "qr-code", _at(RECONCILIATION)),
    Action("recon_file", N_("Choose a provider's file"), "F7", "file-up", _at(RECONCILIATION)),
    Action(
        "recon_open",
        N_("Open the receipt, or settle"),
        "Enter",
        "receipt-text",
        _at(RECONCILIATION),
        handled_by_field=True,
    ),
    Action("set_prices", N_("Apply new prices"), "F12", "check", _at(REPRICE), finishing=True),
    Action("withdraw_prices", N_("Cancel the next scheduled prices"), "F6", "undo-2", _at(REPRICE), finishing=True),
    Action("find_setting", N_("Search"), "F2", "search", _at(SETTINGS)),
    Action("change_setting", N_("Edit setting"), "Enter", "pencil", _at(SETTINGS), handled_by_field=True),
    Action("setting_default", N_("Default"), "F6", "rotate-ccw", _at(SETTINGS), finishing=True),
    Action("save_setting", N_("Save"), "F12", "save", _at(SETTINGS), finishing=True),
    Action("save_table", N_("Save as a file…"), "Ctrl+S", "download", _TABLES),
    Action("skip_step", N_("Skip the next step"), "F8", "arrow-right", _at(WELCOME)),
    Action("finish_guide", N_("Close guide"), "F12", "check", _at(WELCOME), finishing=True),
    Action("start_tour", N_("Tour: first sale"), "F5", "scan-line", _at(HELP)),
    Action("first_steps", N_("Getting started"), "F6", "store", _at(HELP)),
    *(
        Action(place, N_("Pages of the rail, in their order"), f"Ctrl+{n}", "panels-top-left", INSIDE)
        for n, place in enumerate(RAIL_KEYS, start=1)
    ),
    Action("palette", N_("Find anything"), "Ctrl+K", "search", INSIDE),
    Action("customer_display", N_("Customer display"), "Ctrl+Shift+D", "tv", INSIDE),
    Action("customer_language", N_("Change customer language"), "Ctrl+Alt+S", "languages", _AT_WORK),
    Action("back", N_("Back"), "Esc", "arrow-left", EVERYWHERE),
    Action("lock", N_("Lock"), "Ctrl+Shift+L", "lock", INSIDE),
)


class Actions:
    """The table with the keys in force: the defaults, or what this till has changed (`changed`: id → key).

    Raises DuplicateKey where two actions of one page would have the same key.
    """

    def __init__(self, changed: Mapping[str, str] | None = None, table: Iterable[Action] = TABLE) -> None:
        keys = changed or {}
        self._actions = {one.id: replace(one, key=keys[one.id]) if one.id in keys else one for one in table}
        refuse_duplicates(self._actions.values())

    def __getitem__(self, action_id: str) -> Action:
        return self._actions[action_id]

    def at(self, screen_id: str) -> tuple[Action, ...]:
        """The actions that are valid on one page, in the order of the table."""
        return tuple(one for one in self._actions.values() if screen_id in one.screen_ids and _is_there(one, screen_id))

    def hints(self, screen_id: str) -> tuple[Action, ...]:
        """Those of them that stand in the strip of keys."""
        return tuple(action for action in self.at(screen_id) if action.hinted)

    def key_text(self, action_id: str) -> str:
        """The key of an action as it stands on a key-cap; empty for a currency beyond the keys."""
        return self[action_id].key if action_id in self._actions else ""

    def text(self, action_id: str, tr: Translator) -> str:
        """What an action is called in a language."""
        action = self[action_id]
        if action.place is None:
            return tr(action.text)
        return tr(action.text, currency=currency_word(tuple(CURRENCIES.values())[action.place], tr))


def _is_there(action: Action, screen_id: str) -> bool:
    """Whether the border has the currency of an action, currencies or sides to choose from, or rates."""
    if action.id == "destination" and screen_id == CHECKOUT:
        return len(border_in_force().sides) > 1
    if screen_id == RATES and action.id in _OF_RATES:
        return len(CURRENCIES) > 1
    return action.place is None or action.place < len(CURRENCIES) > 1


_OF_RATES = frozenset({"record_rates", "import_rates", "save_table"})


def refuse_duplicates(actions: Iterable[Action]) -> None:
    """Raise DuplicateKey for the first key that would do two things on one page."""
    taken: dict[tuple[str, str], str] = {}
    for action in actions:
        for key in (action.key, *action.also):
            for name, screen_id in product(_portable(key), sorted(action.screen_ids)):
                other = taken.setdefault((screen_id, name), action.id)
                if other != action.id:
                    raise DuplicateKey(key, action.id, other)


@cache
def _portable(key: str) -> tuple[str, ...]:
    return tuple(one.toString(QKeySequence.SequenceFormat.PortableText) for one in sequences(key))


_KAZAKH = dict(zip("1234567890", '"ӘІҢҒ,.ҮҰҚ', strict=True))
"""What the keys of the figures are in the Kazakh layout."""


def sequences(key: str) -> tuple[QKeySequence, ...]:
    """A key of the table for Qt, as it comes in every layout: the Kazakh one has letters where others have figures."""
    modifiers, plus, last = key.rpartition("+")
    if plus and last in _KAZAKH:
        return sequence(key), sequence(f"{modifiers}+{_KAZAKH[last]}")
    return (sequence(key),)


def sequence(key: str) -> QKeySequence:
    """A key of the table for Qt."""
    if key == KEYPAD_PLUS:
        return QKeySequence(Qt.KeyboardModifier.KeypadModifier | Qt.Key.Key_Plus)
    return QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
