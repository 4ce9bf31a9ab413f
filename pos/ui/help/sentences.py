"""Sentences of help about each page."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_
from pos.ui.input.actions import (
    BLIND_RETURN,
    CHECKOUT,
    CLOSE_SHIFT,
    COUNT,
    CUSTOMS,
    DECLARATION,
    FIRST_START,
    GAPS,
    HAND_OVER,
    HISTORY,
    IMPORT,
    JOURNAL,
    LABELS,
    NOTHING_HERE,
    OPEN_SHIFT,
    ORDERS,
    OTHER_CASHIERS_SHIFT,
    PAID,
    PARKED,
    PAYMENT,
    PRICES,
    PRODUCTS,
    QUICK_KEYS,
    RATES,
    RECEIVE,
    RECONCILIATION,
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
    VOID_SALE,
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
    DECLARATION: N_("Customs declaration"),
    SHIFT: N_("Shift"),
    CLOSE_SHIFT: N_("Close the shift"),
    OTHER_CASHIERS_SHIFT: N_("Another person's shift"),
    HAND_OVER: N_("Take over the shift"),
    RETURNS: N_("Returns"),
    PARKED: N_("Parked"),
    STAFF: N_("Staff"),
    RATES: N_("Exchange rates"),
    REPORTS: N_("Reports"),
    PRICES: N_("Promotions"),
    BLIND_RETURN: N_("Without receipt"),
    VOID_SALE: N_("Void sale"),
    PRODUCTS: N_("Products"),
    QUICK_KEYS: N_("Quick keys"),
    RECEIVE: N_("Receive"),
    ORDERS: N_("Orders"),
    COUNT: N_("Stock-take"),
    STOCK: N_("Stock"),
    LABELS: N_("Labels"),
    IMPORT: N_("Import"),
    HISTORY: N_("History"),
    JOURNAL: N_("Journal"),
    SETTINGS: N_("Settings"),
    REPRICE: N_("Bulk price change"),
    CUSTOMS: N_("For customs"),
    RECONCILIATION: N_("Reconciliation"),
    NOTHING_HERE: N_("No pages for your role"),
    WELCOME: N_("Getting started"),
}

SENTENCES: Mapping[str, tuple[str, ...]] = {
    CHECKOUT: (
        N_("Start a sale here. Goods, visitor and allowance are on one page before payment."),
        N_("Scan at any time. The cursor position and the keyboard layout do not matter."),
        N_("For several pieces, type the quantity and *, then scan: 5 * and a scan adds five."),
        N_("Discount: type a percentage. Press the key again for an amount. With Shift, it applies to the whole "
           "basket."),
        N_("Scan a passport or identity card to add the visitor and see the allowance."),
        N_("Scan another document to add a companion. New scans go to the visitor selected last."),
        N_("To be sent is for goods that leave in a parcel. They are judged by the rules for parcels."),
        N_("Split assigns the goods for the lowest duty. The circle in a line moves it to another visitor."),
        N_("The bar shows earlier use in grey, this basket in colour, and the remaining allowance."),
        N_("Green: within the allowance. Amber: check it. Red: over. An icon and a word show the same."),
        N_("The verdict is an estimate. Customs decides at the border."),
        N_("In a shop of a center, goods bought in its other shops count, too. The bar shows them in a darker shade."),
        N_("The card says when the center answered. Until then no sum is certain. The till asks again automatically."),
        N_("A warning in the top line shows a problem. Point at it for details."),
    ),
    PAYMENT: (
        N_("Take payment here, in any currency and in any number of parts."),
        N_("Type the amount in the selected currency and press Enter. The remainder is shown in every currency."),
        N_("When the total is paid, the change is shown. Press Enter again to complete the sale."),
        N_("Goods and allowance are held during payment. Esc releases them."),
        N_("The center has two seconds to answer. Without an answer, the sale is refused or a manager approves it."),
        N_("The till asks about an unusual amount. Enter it again to accept it."),
        N_("Payment by phone: scan the payment code on the customer's phone, here or at the checkout."),
        N_("While a provider is asked, the page says what the customer has to do. Esc cancels that payment."),
        N_("If the provider cannot say whether it is paid, look at the terminal or in its app, then answer."),
    ),
    PAID: (
        N_("The sale is recorded. The receipt prints automatically; you do not have to wait."),
        N_("Scanning a document or product also starts the next sale."),
    ),
    SEARCH: (
        N_("Check the price, stock and allowance of any product."),
        N_("Type part of a name in any language, or part of a code. This page does not sell."),
    ),
    PRODUCTS: (
        N_("All products: codes, names, prices and customs data."),
        N_("Type part of a name in any language, part of a code, or its last digits. Enter opens the fields."),
        N_("Scan a product to open it. An unknown code starts a new product or is added to the open one."),
        N_("Mark products by the box or with Ins, then change category, supplier or weights of all at once."),
        N_("A new price is valid immediately. Press Esc twice to discard unsaved changes."),
    ),
    QUICK_KEYS: (
        N_("The buttons below the basket: for goods without a barcode, and for those that sell most."),
        N_("Scan or search a product to add its key. Drag a key to its place, or onto a folder."),
        N_("Choose a key to name, colour, move or remove it. Its page can be for some roles only."),
        N_("Most sold proposes a page of the goods that sold most in the last four weeks."),
        N_("Nothing changes at the tills until you save. Undo reverses one step at a time."),
    ),
    GAPS: (
        N_("These products have no data for a limit, or no category or price, so they cannot be sold."),
        N_("Scan a product, type the value from its label or the scale, and press Enter for the next one."),
    ),
    COUNT: (
        N_("Count the stock and compare it with the recorded stock."),
        N_("Scan along the shelf. Each scan counts immediately. 5 * and a scan counts five. A number alone sets "
           "the quantity."),
        N_("Sales can continue. Sales before or after the count of a product cause no difference."),
        N_("Several people can count at the same time, each on their own sheet. Uncounted products stay unchanged."),
        N_("After the last sheet, the differences are shown with their value. Each one needs a reason before posting."),
    ),
    STOCK: (
        N_("Record goods that are moved, damaged or found without a sale."),
        N_("Scan the goods, choose the action, and record them as one document."),
        N_("Without a lot, the first to expire are used. Stock at a place cannot go below zero."),
        N_("Scan a product in the movements to see its stock by place. Press Enter on a lot for its history."),
    ),
    RECEIVE: (
        N_("Receive deliveries here, with or without an order."),
        N_("Choose an order and scan. Counting starts at zero, and each scan is saved immediately."),
        N_("A carton counts all its pieces. 5 * before a scan counts five. Ctrl+Z undoes the last scan."),
        N_("Goods in red were not ordered. Set them aside, or add them with a reason."),
        N_("Posting adds the goods to stock and prints the goods receipt. Missing goods stay on the order or are "
           "closed as short."),
        N_("Add a late invoice to its goods receipt in the list of posted deliveries."),
    ),
    SIGN_IN: (
        N_("Sign in here with your PIN. The till then works under your name."),
        N_("The last person to sign in is preselected. Use the arrow keys to choose another."),
        N_("Five wrong PINs lock a person for 15 minutes."),
        N_("With a one-time PIN, choose your own PIN here. You can change your PIN below the keypad."),
        N_("An open basket stays unchanged when another person signs in."),
        N_("Anyone can train on a copy of the shop in a separate window. Nothing there is real."),
    ),
    FIRST_START: (
        N_("The first manager has all rights. Add other staff later, each with their own PIN."),
        N_("The border decides currencies, destinations and rules. It can be chosen only here."),
        N_("The time zone sets the end of the business day. It can be changed later."),
        N_("A shop that takes part in a center can paste the pass of this till. It can also join later."),
    ),
    OPEN_SHIFT: (
        N_("A shift starts with the cash in the drawer: the float."),
        N_("Count the drawer by note, or type one total for each currency. Zero is also a total."),
        N_("Use the arrow keys to move between notes. With counted notes, the till suggests change from the notes "
           "in the drawer."),
        N_("At closing, the till compares the drawer with the expected cash."),
    ),
    REGIMES: (
        N_("How much a visitor can take out, with the source of each rule."),
        N_("Today's rules are shown. Choose another day to see its rules."),
        N_("Rules are files. A file with an error is shown here and is not used."),
        N_("Rules of a center replace the shop's. They come by themselves and hold from the next sale on."),
    ),
    VISITORS: (
        N_("Check a visitor's purchases and remaining allowance without a sale."),
        N_(
            "Scan a document to see purchases, linked documents and remaining allowances. Every look-up is "
            "recorded in the journal."
        ),
        N_("Document numbers are masked. The visitor is cleared when you leave the page."),
        N_(
            "For a sale to the wrong visitor, select it or scan its receipt, then scan the correct visitor's "
            "document. A manager must approve."
        ),
    ),
    DECLARATION: (
        N_("The page as it will be printed: the goods to declare, and a sheet with all pieces and the estimate."),
        N_("Scan the visitor's document to fill in number and name. They go to the printer and are not kept."),
        N_("A saved paper has blank lines for them. Each print and each saved paper is recorded in the journal."),
        N_("Goods of visitors under 16 stand on the paper of an adult."),
    ),
    SHIFT: (
        N_("Totals of the current shift. Expected cash is shown to managers only."),
        N_("Record cash paid in or out without a sale, here or at the checkout, with a reason."),
    ),
    CLOSE_SHIFT: (
        N_("Close the shift: count the drawer, then print the Z report."),
        N_("Type the number of each note. Enter moves on. Enter on an empty field means zero."),
        N_("The till shows the expected cash after the count. A currency with a difference is counted again."),
        N_("The second confirmation closes the shift and prints the Z report, with or without a difference."),
    ),
    PARKED: (
        N_("Parked sales of all tills. Resume one to continue it at today's prices."),
        N_("Goods and allowance are held until the time expires. After that, the basket stays here, but its goods "
           "can be sold."),
        N_("Card or QR payments of refused sales stay here until they are refunded."),
        N_("Payments at providers that no sale has, or about which a person has to look, stay here until settled."),
        N_("Nothing is reserved at the center for a parked sale: another shop can use the allowance."),
    ),
    OTHER_CASHIERS_SHIFT: (
        N_("A shift belongs to one person. They are responsible for its sales and drawer."),
        N_("Count the drawer together with them to take over the shift. Or a manager closes it."),
    ),
    HAND_OVER: (
        N_("Count together: one hands over, one takes over. The till shows the expected cash after the count."),
        N_("The outgoing cashier confirms with a PIN. If they are absent, a manager approves."),
        N_("Differences are recorded permanently. The shift continues with the counted cash."),
    ),
    REPORTS: (
        N_("An overview of the day, compared with the same weekday before, with shifts, cash and details."),
        N_("Left and right change the day. Tab moves between charts; the arrow keys select in a chart."),
        N_("Press Enter or click a bar, segment or row to list its receipts. Press Enter on a receipt to open it."),
        N_("Files for accounting: the day voucher of each closed shift, or its retail sales for 1C."),
        N_("Exchange gain or loss is the value of foreign currency at customs rates minus the amount credited."),
    ),
    RETURNS: (
        N_("Scan the receipt, then the goods: each scan returns one. Or type the quantity for the selected line."),
        N_("Refunds use the original payment method and rates. Another currency uses today's rate."),
        N_("Card payments are refunded to the card, unless a manager approves cash."),
        N_("If the visitor has not left, the allowance is restored as well."),
        N_("An exchange moves the returned goods to the checkout as payment for other goods."),
    ),
    BLIND_RETURN: (
        N_("Scan the goods and set the refund for each: at most today's price."),
        N_("A manager approves with a PIN. The refund is in cash."),
        N_("The allowance is not restored because the visitor is unknown."),
    ),
    VOID_SALE: (
        N_("A sale of the running shift is voided as a whole. Afterwards, or for a part, use a return."),
        N_(
            "Money goes back as it came. Reverse card and QR payments at the terminal or in the wallet, by the "
            "reference shown."
        ),
        N_("Goods and allowance are restored. The receipt stays in the history, marked as voided."),
    ),
    REPRICE: (
        N_("Choose the products and type the change. Old price, new price and margin are shown before you apply it."),
        N_("All prices change together, now or from a date. Scheduled prices can be cancelled together."),
        N_("Open baskets keep their prices. Outdated labels appear on the Labels page."),
    ),
    SETTINGS: (
        N_("Settings of the shop and its tills: names, printing, limits and devices."),
        N_("Type to search names, descriptions and values. Press Enter to edit, and Enter again to save."),
        N_("Changes apply immediately and are recorded in the journal with the previous value."),
        N_("Bold values differ from the default. Unsaved input stays until Esc."),
        N_("With a fiscal register: its login, and the receipts that wait or were refused. Send again, or set aside."),
        N_("The row Center lets this till take part in a center by its pass, tests the line, and leaves it again."),
    ),
    STAFF: (
        N_("Staff, their roles, and the rights of each role."),
        N_("A new staff member gets a one-time PIN, shown only once. They replace it at the first sign-in."),
        N_("A disabled person has no access. Their till locks at the next step, and the basket is kept."),
        N_("An approval is valid once, for ten minutes, for what was shown. You cannot approve your own action."),
        N_("If no manager can sign in, use the console: staff reset NAME. It is recorded in the journal."),
    ),
    RATES: (
        N_("Exchange rates at this shop."),
        N_("Type the buying and selling rate for one unit; Enter moves on. Currencies left empty keep their rates."),
        N_("Rates cannot be edited. New rates are valid now or from a set time. Past sales keep their rates."),
        N_("A file is shown for review first: changes and possible mistakes."),
        N_("A central bank's file gives customs rates, or the middle of buying and selling with the shop's spread."),
        N_("A file in the folder that the settings name is offered here. It is taken only when you save it."),
        N_("A customs rate that differs from the center's by over 1 % is named in a notice until it is set again."),
    ),
    HISTORY: (
        N_("All receipts of the shop."),
        N_("Search by any combination: part of a number, goods, amount, day, period (20.11-24.11), time (14:30)."),
        N_("Scan a document to see the visitor's purchases. The look-up is recorded in the journal."),
        N_("The PDF shows the original receipt. A reprint is marked as a copy and recorded in the journal."),
    ),
    JOURNAL: (
        N_("All actions with person and time. Entries cannot be removed."),
        N_("Search for words in the entries: a receipt, a code, a reason. A scan starts the search."),
        N_("Add a day (24.11.2026) or a period (20.11-24.11) to limit the search."),
        N_("Each entry seals the previous one. The check finds changed, removed or missing entries."),
    ),
    IMPORT: (
        N_("Import products from a file: review the changes first, then import."),
        N_("CSV, TSV or XLSX from a supplier or another till. Nothing changes before your review."),
    ),
    WELCOME: (
        N_("Completed steps are ticked automatically. You can skip steps and change everything later."),
        N_("Open the shift, count the drawer, and start scanning. F1 explains every page."),
    ),
    NOTHING_HERE: (N_("Use the commands in a terminal for your work. Lock the till when you leave."),),
    CUSTOMS: (
        N_("Goods of visitors who have departed, and goods assumed to have left at the end of their day."),
        N_("Type a receipt, goods or the last characters of a document. Scanning a receipt starts the search."),
        N_("The file contains the days and rules shown, without document numbers. The export is recorded in the "
           "journal."),
    ),
    RECONCILIATION: (
        N_("A payment provider's file of a day beside the payments and refunds of all tills. Nothing is changed."),
        N_("Download the file from the provider's portal. Its days are recognised, also of a whole month."),
        N_("No difference: every row is on both sides with the same amount, and no payment of these days is open."),
        N_("Choose a difference to read what to do next. Enter opens its receipt, Esc leads back."),
        N_("A payment that is not settled is answered on the page Parked. Then the file is compared again."),
    ),
    ORDERS: (
        N_("Low stock and purchase orders."),
        N_("The bar shows how long the stock lasts at recent sales. The mark is the reorder point."),
        N_("Enter changes the quantity; plus and minus change it by a carton. One order is created for each "
           "supplier shown."),
        N_("Quantities on open orders count as coming. Scan to add goods manually."),
        N_("The proposed cost is that of the supplier's last delivery. While a line has no cost, the total is the "
           "least that the order comes to."),
    ),
    LABELS: (
        N_("Price labels for the shelves: due, new, or scanned."),
        N_("The list shown is printed. Each scan adds a label to the selected ones."),
        N_("A label is due when its price, promotion or name has changed."),
        N_("Lots on labels: from the delivery, or the only lot on hand. With several lots, choose one."),
        N_("Only printed labels are marked as printed. For a partly used sheet, choose the first free position."),
    ),
    PRICES: (
        N_("Promotions and their periods."),
        N_("A promotion applies automatically from its first day to the end of its last day. Each piece gets at "
           "most one."),
        N_("Past sales do not change when a promotion ends. Scan a product to use it in a new promotion."),
        N_("A promotion can be changed until it begins, and copied at any time. After that it can only be ended."),
    ),
}  # fmt: skip
