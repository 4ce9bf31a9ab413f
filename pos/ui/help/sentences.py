"""What help says of each page beside its keys."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.words import N_
from pos.ui.actions import (
    BLIND_RETURN,
    CHECKOUT,
    CLOSE_SHIFT,
    COUNT,
    CUSTOMS,
    FIRST_START,
    FOREIGN_SHIFT,
    GAPS,
    HAND_OVER,
    HISTORY,
    IMPORT,
    JOURNAL,
    LABELS,
    OPEN_SHIFT,
    ORDERS,
    PAID,
    PARKED,
    PAYMENT,
    PRICES,
    PRODUCTS,
    RATES,
    RECEIVE,
    REGIMES,
    REPORTS,
    REPRICE,
    RETURNS,
    SEARCH,
    SETTINGS,
    SHIFT,
    SIGN_IN,
    STAFF,
    STOCK,
    VISITORS,
    WELCOME,
)

TITLES: Mapping[str, str] = {
    CHECKOUT: N_("Checkout"),
    PAYMENT: N_("Pay"),
    PAID: N_("Paid. Give change"),
    SEARCH: N_("Search"),
    GAPS: N_("Missing data"),
    SIGN_IN: N_("Sign in"),
    FIRST_START: N_("A new shop"),
    OPEN_SHIFT: N_("Open the shift"),
    REGIMES: N_("Allowance rules"),
    VISITORS: N_("Visitors"),
    SHIFT: N_("Shift"),
    CLOSE_SHIFT: N_("Close the shift"),
    FOREIGN_SHIFT: N_("Somebody else's shift"),
    HAND_OVER: N_("Take the shift over"),
    RETURNS: N_("Returns"),
    PARKED: N_("Parked"),
    STAFF: N_("Staff"),
    RATES: N_("Exchange rates"),
    REPORTS: N_("Reports"),
    PRICES: N_("Promotions"),
    BLIND_RETURN: N_("Without receipt"),
    PRODUCTS: N_("Products"),
    RECEIVE: N_("Receive"),
    ORDERS: N_("Orders"),
    COUNT: N_("Stock-take"),
    STOCK: N_("Stock"),
    LABELS: N_("Labels"),
    IMPORT: N_("Import"),
    HISTORY: N_("History"),
    JOURNAL: N_("Journal"),
    SETTINGS: N_("Settings"),
    REPRICE: N_("Change many prices"),
    WELCOME: N_("First steps of the shop"),
}

SENTENCES: Mapping[str, tuple[str, ...]] = {
    CHECKOUT: (
        N_("Just scan: a scan is taken wherever the cursor stands, with any keyboard layout."),
        N_("For several pieces type the number and *, then scan: 5 * and the scan makes five."),
        N_("Discount: type per cent; the same key once more means money. Shift takes it off the whole basket."),
        N_("Scanning a passport or an identity card makes it the visitor, and the allowance appears at once."),
        N_("Scan a second document for a companion: what is scanned next goes to the one chosen last."),
        N_("Split shares the basket so that duty is least. The circle in a row gives it to another visitor."),
        N_("The verdict is an estimate. Customs decides at the border."),
    ),
    PAYMENT: (
        N_("Type the amount in the chosen currency and press Enter. What remains is shown in every currency."),
        N_("When nothing is left, the change is shown; the next Enter records the sale."),
        N_("Goods and allowance are held for this sale while the payment is open; Esc gives them back."),
        N_("An amount that looks like a mistake is asked about: entered once more it is taken."),
    ),
    PAID: (
        N_("The sale is recorded. The receipt prints by itself; you need not wait for it."),
        N_("Scanning a document or product also starts the next sale."),
    ),
    SEARCH: (
        N_("Type part of a name in any script, or part of a code. Nothing is sold on this page."),
    ),
    PRODUCTS: (
        N_("Type part of a name in any script, of a code or its last digits. Enter goes to the fields."),
        N_("Scan a product to see it. A code that nobody knows begins a new product, or joins the codes on show."),
        N_("A price typed into the form holds from now on. What is not saved goes only after Esc twice."),
    ),
    GAPS: (
        N_("These goods lack something that a limit needs, or a category or price without which they cannot be sold."),
        N_("Scan a product, type what its label or the scale says, press Enter: the next one is asked for."),
    ),
    COUNT: (
        N_("Scan along the shelf: each scan counts at once. 5 * and a scan counts five; a number alone says how many."),
        N_("Sales go on meanwhile: what is sold before or after its count is no difference."),
        N_("Several people count at once, each on an own sheet at any till. What nobody counts stays as it is."),
        N_("After the last sheet the differences are shown with their value. Each needs a reason to be posted."),
    ),
    STOCK: (
        N_("Scan several goods, choose what happens to them, and record them as one paper with one number."),
        N_("Without a lot those that expire first go. No place ever has fewer than none."),
        N_("A scan in the list of movements shows what lies where of a product; Enter on a lot what became of it."),
    ),
    RECEIVE: (
        N_("Choose an order and scan: counting begins at zero, and each scan is kept at once."),
        N_("A carton counts its pieces; 5 * before a scan counts five of it. Ctrl+Z takes the last scan back."),
        N_("Goods in red were not ordered: set them aside, or add them with a reason."),
        N_("Posting brings the goods in and prints the receipt. What did not come stays on the order, or is given up."),
        N_("A bill that came late is added to its receipt, in the list of those that are posted."),
    ),
    SIGN_IN: (
        N_("The last cashier of this till is already chosen. Arrow keys choose another."),
        N_("Five wrong PINs lock a person for 15 minutes."),
        N_("Whoever has a one-time PIN chooses their own here. Anybody can change their PIN below the keypad."),
        N_("A basket that was open stays as it is, whoever signs in next."),
        N_("Anybody may train on a copy of the shop, in a window of its own. Nothing done there is real."),
    ),
    FIRST_START: (
        N_("The first manager can do everything. Others are added later, each with a PIN of their own."),
        N_("The time zone decides when the shop's day ends. It can be changed later."),
    ),
    OPEN_SHIFT: (
        N_("Count the drawer note by note, or type one total for each currency. Nothing in it is a total too."),
        N_("Arrow keys go between the notes. Who counts the notes gets change proposed from what is really there."),
        N_("At closing time the till compares the drawer with what it should hold."),
    ),
    REGIMES: (
        N_("The rules of today are on show. Choose another day to see what holds then."),
        N_("Rules are files. One with a mistake is named here and stops nothing but itself."),
    ),
    VISITORS: (
        N_(
            "Scan a document: purchases, papers and what is left of each allowance show at once."
            " Every look-up is written in the journal."
        ),
        N_("Numbers are masked, and whoever is on show is forgotten as soon as the page is left."),
        N_(
            "A sale for the wrong visitor: choose it or scan its receipt, then scan the right visitor's document."
            " A manager approves."
        ),
    ),
    SHIFT: (
        N_("What this shift has come to so far. What the drawer should hold is shown to managers only."),
        N_("Cash that goes in or out without a sale is written down here or at the checkout, with its reason."),
    ),
    CLOSE_SHIFT: (
        N_("Type how many of each note lie in the drawer. Enter goes on; Enter on an empty field means there is none."),
        N_("What the till expects is shown after the count only. Where it differs, the currency is counted once more."),
        N_("The second confirmation closes the shift and prints the Z, whatever was counted."),
    ),
    PARKED: (
        N_("Parked sales of every till: take one up, and it is the basket in hand at today's prices."),
        N_("Goods and allowance are held until the time is up. Later the basket is still here; its goods may be gone."),
        N_("Money by card or QR for a sale that was refused stays here until it is given back."),
    ),
    FOREIGN_SHIFT: (
        N_("A shift belongs to one person, who answers for its sales and its drawer."),
        N_("Count the drawer with whoever has it, and the shift goes on with you. Or a manager closes it."),
    ),
    HAND_OVER: (
        N_("Count together: one hands over, one takes over. Neither sees what the till expects before the count."),
        N_("Whoever hands the shift over confirms with a PIN. A manager approves for somebody who has gone home."),
        N_("What the count is off by is written down for ever, and the shift goes on with what was counted."),
    ),
    REPORTS: (
        N_("A day at a glance beside the same weekday before; below it shifts, cash and what you may look into."),
        N_("Left and right go to the days beside it. Tab goes from picture to picture; there the arrows choose."),
        N_("Enter or a click on a bar, a segment or a row lists its receipts; Enter on one of them opens it."),
        N_("What the rates earn is what foreign money is worth at the customs rates, less what it counted for."),
    ),
    RETURNS: (
        N_("Scan the receipt, then the goods: each scan takes one back. Or type how many of the chosen line."),
        N_("The money goes back as it was paid, at the rates of that sale. Another currency goes at today's rate."),
        N_("What was paid by card goes back by card, unless a manager allows cash."),
        N_("Before the visitor has left, the allowance is given back too."),
        N_("An exchange takes what comes back to the checkout, where it pays for other goods."),
    ),
    BLIND_RETURN: (
        N_("Scan the goods and set what is paid back for each: today's price at most."),
        N_("Somebody with the right approves it by name and PIN. The money goes back in cash."),
        N_("The allowance stays used: nobody knows whose it was."),
    ),
    REPRICE: (
        N_("Choose the goods and type by how much: each old and new price shows, with its margin, before it is set."),
        N_("All are set in one step, from a date or from now on. Until they hold they are withdrawn in one step too."),
        N_("Baskets in hand keep their prices. Labels that become untrue are due on the page of labels."),
    ),
    SETTINGS: (
        N_("Type what you look for: names, sentences and values are searched. Enter goes to the field, Enter saves."),
        N_("A change is in force at once and stands in the journal, with what it was before."),
        N_("What is in bold is not as it was delivered. What was typed and not saved stays until Esc."),
    ),
    STAFF: (
        N_("A new person gets a one-time PIN, shown once, and replaces it at the first sign-in."),
        N_("Whoever is disabled can do nothing any more: their till locks at the next step, and the basket stays."),
        N_("An approval holds for what was shown, once, for ten minutes. Nobody approves their own act."),
        N_("If no manager can sign in, the console helps: staff reset NAME. The journal says who did it."),
    ),
    RATES: (
        N_("Type what the shop pays and takes for one unit; Enter goes on. What stays empty stays as it is."),
        N_("Rates are never edited: new ones hold from now on, or from a time. Sales already made keep theirs."),
        N_("A file is shown before it counts: what changes, and what may be a mistake."),
    ),
    HISTORY: (
        N_("Any words together: part of a number, goods, an amount, a day, two days (20.11-24.11), a time (14:30)."),
        N_("A scanned document shows what its visitor bought; the journal says that he was looked up."),
        N_("The PDF of a receipt opens as it was made. Printed again it is a copy, and the journal counts it."),
    ),
    JOURNAL: (
        N_("Type words that stand in an entry: a receipt, a code, a reason. A scan is sought at once."),
        N_("A day (24.11.2026) or two of them (20.11-24.11) among the words keep to that time."),
        N_("Each entry seals the one before it. The check finds what was changed, taken out or cut off."),
    ),
    CUSTOMS: (
        N_("Goods are here that somebody was seen to leave with, or that are taken to have left with their day."),
        N_("Type a receipt, goods or the last signs of a document. A scanned receipt is sought at once."),
        N_("The file has all days and rules on show and no document number; the journal says who made it."),
    ),
    ORDERS: (
        N_("A bar is as long as the goods last at the pace of the last weeks. The mark is the reorder point."),
        N_("Enter changes a quantity, plus and minus by a carton. An order is made for each supplier on show."),
        N_("What open orders still bring counts as coming. A scan adds goods to an order by hand."),
    ),
    LABELS: (
        N_("The list on show is printed as it stands. Each scan adds a label to the chosen ones."),
        N_("A label is due when its price, its promotion or a name on it is no longer what stands on the shelf."),
        N_("Lots on the labels: those of the delivery, or the only one on hand; of several you choose one."),
        N_("Only labels that came out are remembered. A sheet that was begun: choose its first free place."),
    ),
    PRICES: (
        N_("A promotion works by itself from its first day to the end of its last one; each piece has one at most."),
        N_("What was sold stays as it was sold when a promotion ends. A scan names the product of a new one."),
    ),
}  # fmt: skip
