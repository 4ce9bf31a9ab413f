"""How goods are searched in the first version, and what makes the label on a shelf doubtful."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

_INDEXES = {
    "sqlite": (
        "CREATE VIRTUAL TABLE product_part USING fts5(text, content='', contentless_delete=1, tokenize='trigram')",
        "CREATE VIRTUAL TABLE product_word USING fts5(text, content='', contentless_delete=1, prefix='1 2 3 4',"
        " tokenize='unicode61 remove_diacritics 2')",
    ),
    "postgresql": (
        "CREATE TABLE product_word (product_id BIGINT CONSTRAINT pk_product_word PRIMARY KEY, words TSVECTOR NOT NULL)",
        "CREATE INDEX ix_product_word_words ON product_word USING gin (words)",
        "CREATE TABLE product_part (product_id BIGINT CONSTRAINT pk_product_part PRIMARY KEY, text TEXT NOT NULL)",
    ),
}
_TRIGRAMS = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX ix_product_part_text ON product_part USING gin (text gin_trgm_ops)",
)
"""Faster where the server has it and lets the owner of a database have it; the same answers without."""

_ON_LABELS = "name, name_en, name_zh, name_ru, name_kk, price_minor, price_currency"
_DOUBTS = {
    "sqlite": (
        f"CREATE TRIGGER label_of_changed_product AFTER UPDATE OF {_ON_LABELS} ON product"
        " BEGIN UPDATE label_print SET doubtful = 1 WHERE product_id = NEW.id; END",
        *(
            f"CREATE TRIGGER label_of_price_{operation} AFTER {operation} ON product_price"
            f" BEGIN UPDATE label_print SET doubtful = 1 WHERE product_id = {row}.product_id; END"
            for operation, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
        ),
    ),
    "postgresql": (
        "CREATE FUNCTION label_of_product() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN UPDATE label_print SET doubtful = true WHERE product_id = NEW.id; RETURN NULL; END $$",
        "CREATE FUNCTION label_of_price() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE label_print"
        " SET doubtful = true WHERE product_id = COALESCE(NEW.product_id, OLD.product_id); RETURN NULL; END $$",
        f"CREATE TRIGGER label_of_changed_product AFTER UPDATE OF {_ON_LABELS} ON product"
        " FOR EACH ROW EXECUTE FUNCTION label_of_product()",
        "CREATE TRIGGER label_of_price AFTER INSERT OR UPDATE OR DELETE ON product_price"
        " FOR EACH ROW EXECUTE FUNCTION label_of_price()",
    ),
}
"""Every change of a name or a price, by whatever way, makes the label on the shelf doubtful."""


def make_search(connection: Connection) -> None:
    """Make the indexes of the search, and the triggers on names and prices."""
    for statement in (*_INDEXES[connection.dialect.name], *_DOUBTS[connection.dialect.name]):
        connection.exec_driver_sql(statement)
    if connection.dialect.name == "sqlite":
        return
    try:
        with connection.begin_nested():
            for statement in _TRIGRAMS:
                connection.exec_driver_sql(statement)
    except DBAPIError:
        pass  # the server does not have it, or does not let this role have it
