"""The tables of the center. No document number, name, product or receipt of anyone stands in them.

Ledger entries and the journal are written once: the database itself refuses any change of them.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

INSTANT = DateTime(timezone=True)

member = Table(
    "member",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("is_enabled", Boolean, nullable=False),
    Column("added_at", INSTANT, nullable=False),
)

till = Table(
    "till",
    metadata,
    Column("id", BigInteger, primary_key=True),  # 0 is the console: it has a chain in the journal, and no credential
    Column("member_id", ForeignKey("member.id")),
    Column("name", Text, nullable=False),
    Column("credential", LargeBinary, unique=True),
    Column("added_at", INSTANT, nullable=False),
    Column("revoked_at", INSTANT),
    Column("last_contact", INSTANT),
    Column("lookups", BigInteger, nullable=False),  # millionths of a look-up that the till may make
    Column("lookups_at", INSTANT, nullable=False),
    Column("entry", BigInteger, nullable=False),  # the number of its last entry in the journal, and its hash
    Column("hash", LargeBinary, nullable=False),
    Column("members_key", BigInteger, nullable=False),  # the number of the one in its pass
    Column("next_credential", LargeBinary, unique=True),  # of a new pass that was not used yet
    Column("next_members_key", BigInteger),
)

members_key = Table(
    "members_key",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("fingerprint", Text, nullable=False, unique=True),
    Column("by", Text, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("ends_at", INSTANT),
    Column("sent_until", INSTANT),
)
"""The members' keys are in no database: until when passes with each are answered, and documents sent under it."""

visitor = Table(
    "visitor",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("version", BigInteger, nullable=False),
    Column("alias_of", ForeignKey("visitor.id")),
    Column("secret", LargeBinary, nullable=False),  # the visitor's own key; destroyed when they are erased
    Column("person", LargeBinary),
    Column("added_at", INSTANT, nullable=False),
    Index(None, "alias_of"),
)

identity = Table(
    "identity",
    metadata,
    Column("hidden", LargeBinary, primary_key=True),
    Column("visitor_id", ForeignKey("visitor.id"), nullable=False),
    Column("added_at", INSTANT, nullable=False),
    Index(None, "visitor_id"),
)

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("visitor_id", ForeignKey("visitor.id"), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("written_at", INSTANT, nullable=False),
    Column("shop", BigInteger, nullable=False),
    Column("till", BigInteger, nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("content", Text, nullable=False),
    UniqueConstraint("visitor_id", "version"),
)

line_place = Table(
    "line_place",
    metadata,
    Column("shop", BigInteger, primary_key=True),
    Column("sale", Text, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("visitor_id", ForeignKey("visitor.id"), nullable=False),
    Index(None, "visitor_id"),
)
"""On whose ledger a line stands."""

reservation = Table(
    "reservation",
    metadata,
    Column("key", Text, primary_key=True),
    Column("sale", Text, nullable=False),
    Column("shop", BigInteger, nullable=False),
    Column("till", BigInteger, nullable=False),
    Column("regime", Text, nullable=False),
    Column("received_at", INSTANT, nullable=False),
    Column("ends_at", INSTANT, nullable=False),
    Column("state", Text, nullable=False),
    Column("settled_at", INSTANT),
    Column("effects", Text, nullable=False),
    CheckConstraint("state IN ('open', 'sold', 'closed', 'released')", name="state"),
    Index("ix_reservation_open", "ends_at", postgresql_where="state = 'open'"),
    Index(None, "received_at"),
)

reserved_goods = Table(
    "reserved_goods",
    metadata,
    Column("key", ForeignKey("reservation.key"), primary_key=True),
    Column("visitor_id", ForeignKey("visitor.id"), primary_key=True),
    Column("lines", Text, nullable=False),
    Column("filled", Integer),  # per cent of the fullest allowance with these lines; null where none is one sum
    Index(None, "visitor_id"),
)

request = Table(
    "request",
    metadata,
    Column("key", Text, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("answer", Text),
    Column("at", INSTANT, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("till", BigInteger, primary_key=True),
    Column("entry", BigInteger, primary_key=True),
    Column("at", INSTANT, nullable=False),
    Column("action", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index(None, "at"),
)

flag = Table(
    "flag",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("at", INSTANT, nullable=False),
    Column("visitor_id", ForeignKey("visitor.id")),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("till", BigInteger),
    Column("once", Text, unique=True),
    Index(None, "visitor_id"),
    Index(None, "at"),
)
"""Of a visitor, of a till, or of both. What bears the same `once` is flagged once."""

customs_rate = Table(
    "customs_rate",
    metadata,
    Column("day", Date, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("base", Text, nullable=False),
    Column("per_unit", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", INSTANT, nullable=False),
)
"""What one unit of a currency is worth in `base` from a day on."""

regime_file = Table(
    "regime_file",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("regime", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", INSTANT, nullable=False),
)

regime_approval = Table(
    "regime_approval",
    metadata,
    Column("file_id", ForeignKey("regime_file.id"), primary_key=True),
    Column("by", Text, nullable=False),
    Column("at", INSTANT, nullable=False),
)

lookup_of_day = Table(
    "lookup_of_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("till", BigInteger, primary_key=True, autoincrement=False),
    Column("visitor", Text, primary_key=True),  # as the journal calls them
    Column("at", INSTANT, nullable=False),
    Column("is_new", Boolean, nullable=False),
    Column("has_bought", Boolean, nullable=False),
    Index(None, "till", "at"),
)
"""Whom a till has looked up, for alarms; erased after two days."""

account = Table(
    "account",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # Argon2id
    Column("has_own_password", Boolean, nullable=False),
    Column("language", Text, nullable=False),
    Column("is_enabled", Boolean, nullable=False),
    Column("added_at", INSTANT, nullable=False),
    Column("last_sign_in", INSTANT),
    CheckConstraint("role IN ('administrator', 'auditor')", name="role"),
)
Index("uq_account_name", func.lower(account.c.name), unique=True)
"""People who may open the console."""

console_session = Table(
    "console_session",
    metadata,
    Column("token", LargeBinary, primary_key=True),  # its SHA-256: the browser alone has the token
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("last_at", INSTANT, nullable=False),
    Column("ends_at", INSTANT, nullable=False),
    Index(None, "account_id"),
)

wrong_passwords = Table(
    "wrong_passwords",
    metadata,
    Column("subject", LargeBinary, primary_key=True),  # a name or an address, hidden: people type passwords there
    Column("count", Integer, nullable=False),
    Column("last_at", INSTANT, nullable=False),
)

WRITTEN_ONCE = ("ledger_entry", "journal", "flag", "customs_rate", "regime_file", "regime_approval")
"""Tables whose rows no one changes; the owner of the database erases what is old."""

CONSOLE = 0
"""The row of `till` that stands for people."""
