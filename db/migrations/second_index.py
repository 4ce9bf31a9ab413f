"""The search index of SQLite since prices have a date: prefixes of up to four letters."""

from __future__ import annotations

SEARCH_INDEXES = (
    "CREATE VIRTUAL TABLE product_part USING fts5(text, content='', contentless_delete=1, tokenize='trigram')",
    "CREATE VIRTUAL TABLE product_word USING fts5(text, content='', contentless_delete=1, prefix='1 2 3 4',"
    " tokenize='unicode61 remove_diacritics 2')",
)
