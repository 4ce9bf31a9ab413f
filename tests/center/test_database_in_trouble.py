"""What the center says when its database is in trouble."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy import make_url

from db.center.store import SqlCenterStore, open_engine
from pos.domain.errors import Collided, NoConnectionLeft, StoreError
from tests.center.shops import KEYS, Center


def test_a_step_that_finds_no_connection_free_says_so(center: Center) -> None:
    store = SqlCenterStore(open_engine(make_url(center.url), 1, 0.1), KEYS.chained, center.clock)
    with store.begin(), pytest.raises(NoConnectionLeft), store.begin():
        pass
    store.close()


def test_a_visitor_who_is_locked_for_too_long_is_tried_again_and_nothing_is_half_done(center: Center) -> None:
    till = center.till("A1")
    till.look_up("passport")
    with psycopg.connect(center.url) as other:
        other.execute("SELECT * FROM visitor FOR UPDATE")
        with pytest.raises(Collided):
            till.look_up("passport")
    assert till.look_up("passport").version == 0


def test_a_standby_or_a_database_that_only_reads_takes_nothing(center: Center) -> None:
    database = make_url(center.url).database
    center.run(f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    center.store.close()
    with pytest.raises(StoreError) as refused:
        center.till("A1").look_up("passport")
    assert refused.value.what == "not_writable"
