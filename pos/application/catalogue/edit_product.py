"""Edit and add products by hand, every field and the picture, with a check for concurrent changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.catalogue.catalogue_text import clean
from pos.application.ports.catalogue_ports import Changed, RecordedChange, StoredPicture
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.set_price import check_price, check_right, record_price
from pos.application.purchasing.suppliers import supplier_named
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.catalogue.barcode import CodeKind, ScaleLayout, read_code, with_check_digit
from pos.domain.catalogue.product_card import (
    SCALE,
    ChangedMeanwhile,
    CodeOnReceipts,
    CodeTaken,
    NotAScaleCode,
    PackCode,
    ProductCard,
    price_text,
)
from pos.domain.catalogue.product_fields import OWN, TEXTS, check_weights
from pos.domain.errors import BadField
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person
from pos.domain.vat import check_vat

RIGHT = "catalogue"
MOST_OPENING = 99_999
"""The most pieces with which a product may be added."""

LARGEST_PICTURE = 512 * 1024
"""Largest stored picture in bytes; an uncompressed PNG of 256 × 256 pixels has 260 KB."""
WIDEST_PICTURE = 256
_PNG = b"\x89PNG\r\n\x1a\n"
_SHOP_PREFIXES = tuple(str(prefix) for prefix in range(20, 30))


class EditProduct(UseCase):
    """Edits products by hand. Needs the permission `catalogue`, and `price` to change an existing price.

    A price is replaced and never removed: goods that are not for sale are put into quarantine.
    """

    def card(self, code: str, person: Person) -> tuple[int, ProductCard]:
        """The product with a code, and its id. Raises UnknownCode, BadCheckDigit, NotAllowed."""
        canonical = read_code(code).canonical
        with authorized_read(self.store, person, RIGHT) as work:
            owner = work.cards.owner_of(canonical)
            if owner is None:
                raise UnknownCode(canonical)
            return owner[0], _card(work, owner[0], self.now())

    def card_of(self, product_id: int, person: Person) -> ProductCard:
        """A product by its id. Raises UnknownCode, NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            return _card(work, product_id, self.now())

    def __call__(self, product_id: int, began: ProductCard, draft: ProductCard, person: Person) -> ProductCard:
        """Save the card; `began` is the card as it was when editing started.

        Raises ChangedMeanwhile, CodeTaken, CodeOnReceipts, BadField, BadCode, UnknownCode, NotAllowed.
        """
        at, settings = self.now(), self.settings()
        draft = _tidy(draft, settings)
        draft.check()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            current = _card(work, product_id, at)
            if current != began:
                _refuse_unseen(work, product_id, current, began)
            self._check_codes(work, product_id, current, draft)
            if draft.attributes != current.attributes:  # or a price could not be changed for a slip of before
                check_weights(draft.attributes)
            draft = _with_suppliers(work, draft)
            changes = [Changed(product_id, *one) for one in current.changes_to(draft)]
            if changes:
                work.cards.write(product_id, draft)
                work.history.write(changes, at, person.name)
                fields = list(dict.fromkeys(change.field for change in changes))
                details = {"product": product_id, "code": draft.code, "fields": fields}
                work.journal.write(at, self.till, person.name, "edit_product", details)
            self._price(work, product_id, current, draft, person, at, settings)
            work.commit()
        return self.card_of(product_id, person)

    def add(self, draft: ProductCard, person: Person, opening: int = 0) -> tuple[int, ProductCard]:
        """Add a product, of which `opening` pieces are on the floor, and return its id.

        Raises CodeTaken, BadField, BadCode, NotAllowed.
        """
        if not 0 <= opening <= MOST_OPENING:
            raise BadField("on_hand", "out_of_range", str(opening)[:40])
        at, settings = self.now(), self.settings()
        draft = _tidy(draft, settings)
        draft.check()
        check_weights(draft.attributes)
        with authorized_write(self.store, person, RIGHT) as (work, person):
            for index, pack in enumerate(draft.codes):
                _check_free(work, pack.code, None, index)
            draft = _with_suppliers(work, draft)
            product_id = work.cards.add(draft, at)
            work.history.write([Changed(product_id, "added", None, draft.name)], at, person.name)
            details = {"product": product_id, "code": draft.code} | {k: v for k, v in draft.fields().items() if v}
            if opening:
                work.stock.move_many([(product_id, opening, None)], "opening", at, person.name)
                details |= {"opening": opening}
            work.journal.write(at, self.till, person.name, "add_product", details)
            self._price(work, product_id, replace(draft, price=None), draft, person, at, settings)
            work.commit()
        return product_id, self.card_of(product_id, person)

    def history(
        self, product_id: int, person: Person, limit: int = 50, before: int | None = None
    ) -> Sequence[RecordedChange]:
        """The changes of a product, newest first; `before` is the id of the last change of the page before."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.history.of(product_id, limit, before)

    def next_code(self) -> str:
        """The next free internal code, prefix 20 to 29 without those of the shop's scales."""
        settings = self.settings()
        scales = {layout[:2] for layout in (*settings.weight_codes, *settings.price_codes)}
        with self.store.reading() as work:
            for prefix in (prefix for prefix in _SHOP_PREFIXES if prefix not in scales):
                last = work.cards.last_code(prefix)
                number = 1 if last is None or not last.isdecimal() else int(last[2:12]) + 1
                if number < 10**10:
                    return with_check_digit(f"{prefix}{number:010}")
        raise BadField("codes", "out_of_range", _SHOP_PREFIXES[-1])

    def set_picture(self, product_id: int, png: bytes | None, person: Person) -> None:
        """Set the picture of a product, a PNG of at most 256 pixels a side, or remove it (None). Raises BadField."""
        if png is not None:
            check_picture(png)
        at = self.now()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            card = _card(work, product_id, at)
            had = work.cards.set_picture(product_id, png, at)
            if had or png is not None:
                change = ("yes" if had else None, None if png is None else "yes")
                work.history.write([Changed(product_id, "picture", *change)], at, person.name)
                details = {"product": product_id, "code": card.code, "fields": ["picture"]}
                work.journal.write(at, self.till, person.name, "edit_product", details)
            work.commit()

    def pictures(self, product_ids: Sequence[int]) -> dict[int, bytes]:
        """Pictures as PNG, of the products that have one."""
        with self.store.reading() as work:
            return dict(work.cards.pictures(product_ids))

    def changed_pictures(self, known: Mapping[int, datetime | None]) -> dict[int, StoredPicture | None]:
        """The pictures that are not those of `known`, which names when the known one was set, None for no picture.

        A product whose known picture was removed is None.
        """
        with self.store.reading() as work:
            instants = work.cards.picture_instants(list(known))
            changed = [product_id for product_id, at in known.items() if instants.get(product_id) != at]
            pictures = work.cards.pictures([product_id for product_id in changed if product_id in instants])
        found = {one: StoredPicture(instants[one], png) for one, png in pictures.items()}
        return {product_id: found.get(product_id) for product_id in changed}

    def _check_codes(self, work: UnitOfWork, product_id: int, current: ProductCard, draft: ProductCard) -> None:
        known = {pack.code for pack in current.codes}
        for index, pack in enumerate(draft.codes):
            if pack.code not in known:
                _check_free(work, pack.code, product_id, index)
        if draft.code != current.code and work.cards.is_named(current.code):
            raise CodeOnReceipts(current.code)

    def _price(
        self,
        work: UnitOfWork,
        product_id: int,
        current: ProductCard,
        draft: ProductCard,
        person: Person,
        at: datetime,
        settings: Settings,
    ) -> None:
        """Set a new price, valid from now."""
        if draft.price == current.price:
            return
        if draft.price is None:
            raise BadField("price", "missing")
        check_right(person, is_first=current.price is None)
        product = work.products.by_id(product_id, at)
        assert product is not None, "it was read or added in this transaction"
        record_price(work, product, check_price(draft.price, settings.price), None, person, at, self.till)


def check_picture(png: bytes) -> None:
    """Refuse anything but a PNG of at most 256 pixels a side. Raises BadField."""
    if len(png) > LARGEST_PICTURE:
        raise BadField("picture", "too_large", str(len(png)))
    if not png.startswith(_PNG) or png[12:16] != b"IHDR":
        raise BadField("picture", "not_a_picture")
    sides = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    if not all(1 <= side <= WIDEST_PICTURE for side in sides):
        raise BadField("picture", "too_large", f"{sides[0]} × {sides[1]}")


def _card(work: UnitOfWork, product_id: int, at: datetime) -> ProductCard:
    card = work.cards.card(product_id, at)
    if card is None:
        raise UnknownCode(str(product_id))
    return card


def _refuse_unseen(work: UnitOfWork, product_id: int, current: ProductCard, began: ProductCard) -> None:
    now = {name: text or "" for name, _, text in began.changes_to(current)}
    if current.price != began.price:
        now["price"] = price_text(current.price) or ""
    newest = work.history.of(product_id, 1)
    raise ChangedMeanwhile(current.code, tuple(now), newest[0].person if newest else "", tuple(now.values()))


def _check_free(work: UnitOfWork, code: str, product_id: int | None, index: int) -> None:
    owner = work.cards.owner_of(code)
    if owner is not None and owner[0] != product_id:
        raise CodeTaken(code, owner[1], f"codes[{index}]")


def _with_suppliers(work: UnitOfWork, card: ProductCard) -> ProductCard:
    """The card with its suppliers as they are on file, typed in any case; unknown ones are added."""
    typed = filter(None, (card.supplier, *(pack.supplier for pack in card.codes)))
    found = {name: supplier_named(work, name) for name in dict.fromkeys(typed)}
    stored = {name: None if one is None else one.name for name, one in found.items()}
    codes = tuple(replace(pack, supplier=stored.get(pack.supplier or "")) for pack in card.codes)
    return replace(card, supplier=stored.get(card.supplier or ""), codes=codes)


def _tidy(card: ProductCard, settings: Settings) -> ProductCard:
    """The card as stored: names without invisible characters, codes in canonical form. Raises BadCode."""
    names = {language: cleaned for language, name in card.names.items() if (cleaned := clean(name))}
    vat = None if card.vat is None else check_vat(card.vat)
    supplier = " ".join((card.supplier or "").split()) or None
    codes = tuple(_canonical(pack, f"codes[{index}].code", settings) for index, pack in enumerate(card.codes))
    texts = {name: clean(getattr(card, name)) for name in OWN if name in TEXTS}
    name = clean(card.name) or next(iter(names.values()), "")
    return replace(card, codes=codes, name=name, names=names, vat=vat, supplier=supplier).having(texts)


def _canonical(pack: PackCode, field: str, settings: Settings) -> PackCode:
    code = read_code(pack.code, field)
    supplier = " ".join((pack.supplier or "").split()) or None
    if pack.kind == SCALE:
        layouts = (ScaleLayout(pattern) for pattern in (*settings.weight_codes, *settings.price_codes))
        layout = next((one for one in layouts if code.kind is CodeKind.IN_STORE and one.matches(code)), None)
        if layout is None:
            raise NotAScaleCode(code.canonical, field)
        code = layout.article(code)
    return replace(pack, code=code.canonical, supplier=supplier)
