"""The value of a product's field, as a file or the history has it, in the words of the reader."""

from __future__ import annotations

from pos.application.catalogue.typed_codes import code_words
from pos.application.text.names import CATEGORIES, name_of
from pos.application.text.translator import Translator
from pos.domain.catalogue.product_fields import BY_NAME, Kind

_YES_NO = frozenset({"picture", *(name for name, field in BY_NAME.items() if field.kind is Kind.YES_NO)})


def value_words(field: str, text: str, tr: Translator) -> str:
    """The value as it is read: a category, a country and a unit by their names, yes and no of a choice."""
    if field in _YES_NO and text in ("yes", "no"):
        return tr("yes") if text == "yes" else tr("no")
    return name_of(CATEGORIES, text, tr) if field == "category" and text else code_words(field, text, tr)
