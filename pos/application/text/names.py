"""Names of the codes of the domain: verdicts, tenders, destinations, permissions, goods; the same on all screens."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_, Translator
from pos.domain.catalogue.paper_needs import Paper

VERDICTS = {
    "ok": N_("Within the allowance"),
    "note": N_("Within the allowance, see note"),
    "unknown": N_("Unknown: data missing"),
    "duty": N_("Over: to declare"),
    "review": N_("Ask a manager"),
    "refuse": N_("Not allowed for this visitor"),
}
"""The verdict of a basket on its card."""

PARCEL_VERDICTS = {
    **VERDICTS,
    "note": N_("Customs decides about this parcel"),
    "duty": N_("Duty or tax is due"),
    "refuse": N_("Cannot be sent"),
}
"""The same of goods that are sent. With a note they are not within: its tax is not known."""

GAUGE_STATES = {
    "ok": N_("within"),
    "note": N_("see note"),
    "nearly": N_("almost used up"),
    "unknown": N_("unknown"),
    "duty": N_("over"),
    "review": N_("ask a manager"),
    "refuse": N_("not allowed"),
}
"""The state of one rule, beside its gauge; `nearly` from 85 % of what is available."""

RULES = {
    "value": N_("Value of goods"),
    "weight": N_("Weight"),
    "heavy": N_("Heavy piece"),
    "visits": N_("Visits"),
    "alcohol": N_("Alcohol"),
    "alcohol_bottles": N_("Alcohol, bottles"),
    "alcohol_frequent": N_("Alcohol, frequent trips"),
    "alcohol_value": N_("Alcohol, value"),
    "alcohol_volume": N_("Alcohol, volume"),
    "spirits": N_("Spirits"),
    "wine": N_("Wine"),
    "beer": N_("Beer"),
    "tobacco": N_("Tobacco"),
    "tobacco_frequent": N_("Tobacco, frequent trips"),
    "tobacco_old": N_("Tobacco"),
    "cigarettes": N_("Cigarettes"),
    "seeds": N_("Seeds"),
    "purchase": N_("One purchase"),
    "several_pieces": N_("Several pieces"),
    "year": N_("Purchases of the year"),
    "tax": N_("Import tax"),
    "consumption_tax": N_("Luxuries, rate not known"),
    "vape": N_("E-cigarettes"),
    "vape_devices": N_("E-cigarettes"),
    "vape_liquid": N_("Vape liquid"),
    "vape_pods": N_("Vape pods"),
    "cosmetics": N_("Cosmetics"),
    "phones": N_("Phone numbers"),
    "fur": N_("Furs, same kind"),
    "dairy": N_("Dairy"),
    "quarantine": N_("Quarantine"),
}
"""The rules of the regimes shipped with the program, for use without a regime; a shop's own rules show their ids."""

NOT_FISCAL = N_("Not a fiscal receipt")
"""The mark of a receipt of a shop without a fiscal device."""
FISCAL = N_("Fiscal receipt")
"""The mark of a receipt that a fiscal register has registered."""
FISCAL_FOLLOWS = N_("Fiscal receipt follows")
"""Of a receipt that waits for the register."""
FISCAL_AT_TERMINAL = N_("The payment terminal gives the fiscal receipt")
"""Of a receipt that a terminal registers itself."""

METHODS = {
    "cash": N_("Cash"),
    "card": N_("Card"),
    "qr": N_("QR wallet"),
    "exchange": N_("Exchange credit"),
    "deposit": N_("Deposit"),
}
BANK_NAMES = {
    "nbk": N_("National Bank of Kazakhstan"),
    "cbr": N_("Bank of Russia"),
    "ecb": N_("European Central Bank"),
}
BANK_RATE_USES = {"customs": N_("Customs rates"), "shop": N_("Buy and sell")}
"""What the rates of a central bank are taken for."""
ROLES = {"cashier": N_("Cashier"), "manager": N_("Manager"), "clerk": N_("Stock clerk")}

PERMISSION_NAMES = {
    "sell": N_("selling"),
    "discount": N_("a discount above the limit"),
    "over_quota": N_("selling over the allowance"),
    "review": N_("selling goods subject to customs review"),
    "price": N_("a price change"),
    "return": N_("a return"),
    "open_shift": N_("opening the shift"),
    "close_shift": N_("closing the shift"),
    "close_other": N_("closing another person's shift"),
    "hand_over": N_("handing over another person's shift"),
    "move_cash": N_("moving cash in or out of the drawer"),
    "pay_out": N_("paying cash out"),
    "no_sale": N_("opening the drawer without a sale"),
    "rates": N_("setting exchange rates"),
    "staff": N_("managing staff"),
    "settings": N_("changing settings"),
    "reports": N_("viewing reports"),
    "catalogue": N_("editing products"),
    "stock": N_("changing stock"),
    "expected_cash": N_("viewing expected cash"),
    "refund_cash": N_("a cash refund of a card or QR payment"),
    "for_others": N_("acting for another person"),
    "blind_return": N_("a return without a receipt"),
    "sell_unseen": N_("a sale that the center does not see"),
    "void_sale": N_("voiding a sale"),
    "pickup": N_("taking customer orders"),
}
"""Permissions as nouns, so that every language can put them into a sentence."""

RIGHTS = {**PERMISSION_NAMES, "discount": N_("giving a discount")}
"""Permissions as a table names them, without a discount."""

DISCOUNT_KINDS = {
    "percent": N_("Percentage off"),
    "amount": N_("Amount off"),
    "basket": N_("Discount on the basket"),
    "promotion": N_("Promotions"),
    "": N_("Discount"),
}
EXCHANGED = "exchange"
"""The default reason of exchanged goods."""
RETURN_REASONS = {
    "Changed mind": N_("Changed mind"),
    "Faulty": N_("Faulty"),
    "Wrong goods": N_("Wrong goods"),
    EXCHANGED: N_("Exchange"),
}
"""The usual reasons, recorded in English in every language, so that one reason is one row of a report."""

DOCUMENTS = {
    "passport": N_("Passport"),
    "cn-id": N_("Chinese identity card"),
    "cn-permit": N_("Exit-entry permit"),
    "kz-id": N_("Kazakh identity card"),
    "other": N_("Other document"),
}

ATTRIBUTES = {
    "name": N_("name"),
    "category": N_("category"),
    "price": N_("price"),
    "code": N_("code"),
    "ml": N_("volume, ml"),
    "abv": N_("alcohol, % vol."),
    "net_g": N_("net weight, g"),
    "gross_kg": N_("gross weight, kg"),
    "sticks": N_("sticks per pack"),
    "pieces": N_("pieces per pack"),
    "variant": N_("variety"),
    "birth_date": N_("date of birth"),
    "brand": N_("brand"),
    "model": N_("model or specification"),
    "origin": N_("country of origin"),
    "unit": N_("unit of measure"),
    "name_zh": N_("name in Chinese"),
}
"""Fields of a product (and of a visitor) that may be missing."""

PAPERS = {
    Paper.EAEU_DECLARATION: N_("EAEU declaration"),
    Paper.CHINA_DATA_SHEET: N_("China data sheet"),
    Paper.SINGLE_WINDOW: N_("Single window"),
}
"""Papers for the border, by what lists call them."""

LACKING_ON_PAPERS = {**ATTRIBUTES, "brand": N_("brand or model"), "gross_kg": N_("gross or net weight")}
"""What a paper lacks, by the first of the fields of which one is enough."""

PRODUCT_TITLES = {
    "name": N_("Name"),
    "name_en": N_("Name, English"),
    "name_zh": N_("Name, Chinese"),
    "name_ru": N_("Name, Russian"),
    "name_kk": N_("Name, Kazakh"),
    "category": N_("Category"),
    "price": N_("Price"),
    "ml": N_("Volume, ml"),
    "abv": N_("Alcohol, % vol."),
    "net_g": N_("Net weight, g"),
    "gross_kg": N_("Gross weight, kg"),
    "sticks": N_("Sticks per pack"),
    "pieces": N_("Pieces per pack"),
    "variant": N_("Variety"),
    "vat": N_("VAT, %"),
    "brand": N_("Brand"),
    "model": N_("Model or specification"),
    "origin": N_("Country of origin"),
    "hs_code": N_("Customs code (HS)"),
    "unit": N_("Unit of measure"),
    "supplier": N_("Supplier"),
    "reorder_point": N_("Reorder point"),
    "shelf": N_("Shelf"),
    "by_weight": N_("Sold by weight"),
    "asks_lot": N_("Lot required at receiving"),
}
"""The titles of the fields that `pos/domain/catalogue/product_fields.py` declares."""

PRODUCT_FIELDS = {
    **PRODUCT_TITLES,
    "added": N_("Added to the catalogue"),
    "price_to_come": N_("Scheduled price"),
    "code": N_("Code"),
    "first_code": N_("Main code"),
    "carton": N_("Carton code"),
    "supplier_code": N_("Supplier code"),
    "shop_code": N_("Shop code"),
    "scale_code": N_("Scale code"),
    "picture": N_("Picture"),
}
"""Fields of a product in its form and its history."""

VOID_REASONS = {
    "Rung up wrongly": N_("Rung up wrongly"),
    "Customer cancelled": N_("Customer cancelled"),
    "Payment failed": N_("Payment failed"),
}
TO_REVERSE = {"card": N_("Reverse at the terminal"), "qr": N_("Reverse in the QR wallet")}
"""What the cashier does with a payment of a voided sale, by its method."""
ALL_REASONS = {**RETURN_REASONS, **VOID_REASONS}
"""The usual reasons of returns and voids."""
CODE_KINDS = {
    "unit": N_("single item"),
    "carton": N_("carton"),
    "supplier": N_("supplier"),
    "shop": N_("shop"),
    "scale": N_("scale"),
}
"""Kinds of product codes."""

STOCK_REASONS = {
    "opening": N_("Opening stock"),
    "sale": N_("Sale"),
    "return": N_("Return"),
    "receipt": N_("Goods received"),
    "adjustment": N_("Adjustment"),
    "count": N_("Stock-take"),
    "waste": N_("Write-off"),
    "sample": N_("Sample"),
    "transfer": N_("Transfer"),
    "processed": N_("Used in the workshop"),
    "made": N_("Made in the workshop"),
}
PAPER_STATES = {
    "open": N_("open"),
    "closed": N_("closed"),
    "dropped": N_("discarded"),
    "counting": N_("in progress"),
    "posted": N_("posted"),
}
"""States of an order or a delivery."""

HISTORY_KINDS = {
    "sale": N_("Sales"),
    "return": N_("Returns"),
    "exchange": N_("Exchanges"),
    "discount": N_("With a discount"),
    "void": N_("Voided sales"),
}
"""The kinds of receipts in the history."""

ORDER_ORIGINS = {"low_stock": N_("Low-stock list"), "file": N_("File"), "hand": N_("Manual order")}
"""What an order came from."""

SALE_REFUSED = N_("the sale was refused")
WHY_OWED = {
    "quota_exceeded": N_("the basket was over the allowance"),
    "out_of_stock": N_("the goods were sold out"),
    "goods_held": N_("the goods were held for another sale"),
    "no_open_shift": N_("no shift was open"),
}
"""Why a sale was refused whose money was taken, by the fact of the refusal; of any other it is `SALE_REFUSED`."""

STOCK_LOCATIONS = {"floor": N_("Shop floor"), "store": N_("Store room"), "quarantine": N_("Set aside")}
STOCK_WHYS = {
    "miscounted": N_("Earlier miscount"),
    "unrecorded": N_("Unrecorded"),
    "damaged": N_("Broken or damaged"),
    "theft": N_("Theft"),
    "expired": N_("Expired"),
    "wrong_goods": N_("Mixed up with other products"),
    "found": N_("Found later"),
    "recalled": N_("Product recall"),
    "customs": N_("Destroyed under customs control"),
    "tasting": N_("For tasting"),
    "display": N_("For display"),
    "laboratory": N_("For the laboratory"),
    "spoiled": N_("Spoiled in the workshop"),
    "unknown": N_("Unknown"),
}
"""Reasons of adjustments, write-offs, samples and stock-take differences."""

RETURN_DISPOSITIONS = {"shelf": N_("Back to shelf"), "quarantine": N_("Set aside"), "waste": N_("To write off")}

CATEGORIES = {
    "tobacco": N_("Tobacco"),
    "tobacco.cigarette": N_("Cigarettes"),
    "tobacco.heated": N_("Heated tobacco"),
    "tobacco.cigar": N_("Cigars"),
    "tobacco.cigarillo": N_("Cigarillos"),
    "tobacco.loose": N_("Loose tobacco"),
    "vape": N_("Vapes"),
    "vape.device": N_("Vape devices"),
    "vape.pod": N_("Vape pods"),
    "alcohol": N_("Alcohol"),
    "alcohol.spirit": N_("Spirits"),
    "alcohol.wine": N_("Wine"),
    "alcohol.beer": N_("Beer"),
    "alcohol.liqueur": N_("Liqueurs"),
    "drink": N_("Drinks"),
    "food": N_("Food"),
    "food.sweets": N_("Sweets"),
    "food.honey": N_("Honey"),
    "food.dairy": N_("Dairy"),
    "food.meat": N_("Meat"),
    "food.egg": N_("Eggs"),
    "food.fresh": N_("Fruit and vegetables"),
    "food.other": N_("Other food"),
    "cosmetics": N_("Cosmetics"),
    "cosmetics.ordinary": N_("Everyday cosmetics"),
    "cosmetics.premium": N_("Premium cosmetics"),
    "perfume": N_("Perfume"),
    "clothing": N_("Clothing"),
    "footwear": N_("Footwear"),
    "fur": N_("Furs"),
    "hide": N_("Hides"),
    "bag": N_("Bags"),
    "textile": N_("Bedding and textiles"),
    "jewellery": N_("Jewellery"),
    "watch": N_("Watches"),
    "electronics": N_("Electronics"),
    "electronics.phone": N_("Phones"),
    "electronics.tablet": N_("Tablets"),
    "electronics.laptop": N_("Laptops"),
    "electronics.other": N_("Other electronics"),
    "appliance": N_("Household appliances"),
    "kitchenware": N_("Kitchenware"),
    "furniture": N_("Furniture"),
    "toy": N_("Toys"),
    "book": N_("Books"),
    "medicine": N_("Medicines"),
    "sport": N_("Sports goods"),
    "seed": N_("Seeds"),
    "souvenir": N_("Souvenirs"),
    "other": N_("Other goods"),
    "*": N_("All goods"),
}
"""Leaves and branches of the category tree."""


CHARGE_KINDS: Mapping[str, str] = {
    "freight": N_("Freight"),
    "duty": N_("Duty"),
    "other": N_("Other charges"),
}
"""Charges of a delivery beside its goods."""


_TITLES = frozenset(CATEGORIES.values())


def stated_name(name: str, tr: Translator) -> str:
    """The name of goods that were bought elsewhere, by a visitor's word: they bear the English title of their category,
    which is read in every language; a name of another program stays.
    """
    return tr(name) if name in _TITLES else name


def name_of(names: Mapping[str, str], code: str, tr: Translator) -> str:
    """The name of `code` in the language of `tr`; the code itself if it has none."""
    return tr(names[code]) if code in names else code
