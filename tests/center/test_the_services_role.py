"""The role of the service does everything that tills ask, and can change nothing that is written once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from db.center.prepare import check_center, prepare_center
from db.center.store import open_engine
from pos.application.center.verify_center import VerifyCenter
from pos.application.center_console.account import ConsoleRole
from pos.application.center_console.journal_search import JournalFilter, SearchJournal, usual_days
from pos.application.center_console.manage_accounts import AddAccount, ChangePassword
from pos.application.center_console.ports import ConsoleContext
from pos.application.center_console.refusals import SessionEnded
from pos.application.center_console.session import FindSession, SignIn, SignOut
from pos.application.center_console.today import ShowToday
from pos.domain.errors import BadField, StoreError
from pos.keys.console_passwords import ConsolePasswords
from tests.center.shops import Center, TillAtCenter, open_center, perfume
from tests.postgres_server import Server

ROLE = "center_service"


@pytest.fixture
def served(center: Center, server: Server) -> Iterator[Center]:
    """The same center, by the role of its service."""
    if not server.sql("SELECT 1 FROM pg_roles WHERE rolname = %s", ROLE):
        server.sql(f"CREATE ROLE {ROLE} LOGIN")
    prepare_center(make_url(center.url), ROLE)
    url = make_url(center.url).set(username=ROLE)
    made = open_center(url.render_as_string(hide_password=False), center.context.regimes(), {})
    made.tills = {name: TillAtCenter(made.context, till.caller, till.credential) for name, till in center.tills.items()}
    yield made
    made.store.close()


def test_it_books_sales_and_verifies_the_books(served: Center) -> None:
    served.till("A1").sell("passport", perfume("5000"))
    assert len(served.till("B1").look_up("passport").lines) == 1
    assert VerifyCenter(served.context)().findings == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET content = '{}'",
        "DELETE FROM ledger_entry",
        "UPDATE journal SET facts = '{}'",
        "DELETE FROM flag",
        "TRUNCATE journal",
        "DROP TABLE flag",
        "ALTER TABLE journal DISABLE TRIGGER USER",
    ],
)
def test_it_changes_nothing_that_is_written_once(served: Center, statement: str) -> None:
    served.till("A1").sell("passport", perfume("5000"))
    engine = open_engine(make_url(served.url), 1)
    with engine.connect() as connection, pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        connection.exec_driver_sql(statement)
    engine.dispose()


def test_it_lets_people_sign_in_and_decide_at_the_console(served: Center) -> None:
    context = ConsoleContext(center=served.context, books=served.store, passwords=ConsolePasswords(8, 1))
    AddAccount(context)("aigul", ConsoleRole.ADMINISTRATOR, "a first password", "en", "owner")
    token = SignIn(context)("aigul", "a first password", "192.0.2.1")
    account = FindSession(context)(token)
    ChangePassword(context)(account, token, "a first password", "another password")
    served.till("A1").sell("passport", perfume("5000"))
    assert ShowToday(context)().figures.sales == 1
    assert len(SearchJournal(context)(JournalFilter(usual_days(context))).rows) > 5
    SignOut(context)(account, token)
    with pytest.raises(SessionEnded):
        FindSession(context)(token)
    assert VerifyCenter(served.context)().findings == []


def test_what_is_not_prepared_or_no_name_of_a_role_is_refused(server: Server, center: Center) -> None:
    empty = server.create("center_empty")
    with pytest.raises(StoreError) as refused:
        check_center(make_url(empty))
    assert refused.value.what == "center_not_prepared"
    with pytest.raises(BadField):
        prepare_center(make_url(center.url), 'x"; DROP TABLE journal; --')
