"""`center …`: the ledger that the shops of a cooperation center share, its members and its books."""

from __future__ import annotations

import shlex
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from pos.application.center.office import CenterOffice, CenterPlace, ServicePlace
from pos.application.center_console.steps import CenterDemo
from pos.application.membership.simulate_center import CenterSimulation
from pos.application.settings.options import read_date
from pos.cli.center_place import Database, Keys
from pos.cli.center_rules import add_rules
from pos.cli.center_users import add_users
from pos.cli.options import check_count, whole
from pos.cli.runtime import DONE, FAULTS_FOUND, Run, print_json, read_file
from pos.domain.errors import BadField

_Shop = Annotated[str, typer.Argument(metavar="SHOP", help="The name of a member.")]
_Till = Annotated[str, typer.Argument(metavar="TILL", help="The name of its till.")]


_MOST_SHOPS, _MOST_TILLS, _MOST_CUSTOMERS = 1_000, 20, 1_000_000
_CUSTOMERS_A_PERSON = 5
_HAPPENED = {
    "sold": "sales", "sold_unseen": "sold_unseen", "over": "over_the_allowance", "moved_on": "judged_again",
    "left": "left", "returned": "returned", "moved": "moved", "departed": "departed", "given_back": "given_back",
}  # fmt: skip
"""What is reported of a simulation, by the events of its tills."""


def _window(run: Run, folder: Path, till: str) -> str:
    """What a person types to open the window of a till."""
    return shlex.join((*run.wiring.program, "--data", str(folder), "--till", till))


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="One allowance for a visitor in every shop: the center's service and its members.")
    members = typer.Typer(help="The shops that take part.")
    tills = typer.Typer(help="Their tills, each with a credential of its own.")
    members_key = typer.Typer(help="The key under which tills send documents.")
    program.add_typer(group, name="center")
    group.add_typer(members_key, name="members-key")
    group.add_typer(members, name="member")
    group.add_typer(tills, name="till")

    def office(database: str, keys: Path) -> AbstractContextManager[CenterOffice]:
        return run.wiring.center(run.options).open(CenterPlace(database, keys))

    add_rules(group, run, office)
    add_users(group, run)

    @group.command()
    def init(
        database: Database,
        keys: Keys,
        role: Annotated[str | None, typer.Option(help="The role of the service: it may change no ledger.")] = None,
    ) -> None:
        """Make the tables and the keys, as the owner of the database; run again, it migrates the tables."""
        run.wiring.center(run.options).prepare(CenterPlace(database, keys), role)
        print_json({"center": "ready", "keys": str(keys), "role": role})

    @group.command()
    def serve(
        database: Database,
        keys: Keys,
        host: Annotated[str, typer.Option(help="Where it listens; beyond this machine only with TLS.")] = "127.0.0.1",
        port: Annotated[int, typer.Option(min=0, max=65535)] = 8443,
        tls_cert: Annotated[Path | None, typer.Option(help="The certificate with its chain (PEM).")] = None,
        tls_key: Annotated[Path | None, typer.Option(help="Its private key (PEM).")] = None,
        regimes: Annotated[Path | None, typer.Option(help="A folder with regime files of the center.")] = None,
    ) -> None:
        """Answer the tills until the process is stopped."""
        if (tls_cert is None) != (tls_key is None):
            raise BadField("tls_key" if tls_key is None else "tls_cert", "missing")
        service = ServicePlace(host, port, tls_cert, tls_key, regimes)
        run.wiring.center(run.options).serve(
            CenterPlace(database, keys), service, lambda address: print_json({"address": address})
        )

    @members.command("add")
    def add_member(shop: _Shop, database: Database, keys: Keys) -> None:
        """Let a shop take part."""
        with office(database, keys) as center:
            center.add_member(shop, run.wiring.login())
        print_json({"member": shop})

    @members.command("list")
    def list_members(database: Database, keys: Keys) -> None:
        """Every till with its last contact."""
        with office(database, keys) as center:
            tills = center.members()
        print_json(
            [
                {
                    "member": till.member_name,
                    "enabled": till.is_enabled,
                    "till": till.name,
                    "revoked_at": till.revoked_at,
                    "last_contact": till.last_contact,
                    "members_key": till.members_key,
                    "awaits_new_pass": till.awaits_new_pass,
                }
                for till in tills
            ]
        )

    @members.command()
    def disable(shop: _Shop, database: Database, keys: Keys) -> None:
        """Answer no till of a shop any more."""
        with office(database, keys) as center:
            center.disable_member(shop, run.wiring.login())
        print_json({"member": shop, "enabled": False})

    @tills.command("add")
    def add_till(
        shop: _Shop,
        till: _Till,
        database: Database,
        keys: Keys,
        address: Annotated[str, typer.Option(help="Where the till reaches the center: https://…")],
    ) -> None:
        """Print the pass of a till: address, credential and members' key. It is shown once."""
        with office(database, keys) as center:
            given = center.add_till(shop, till, address, run.wiring.login())
        print_json({"member": shop, "till": till, "pass": given.to_text()})

    @tills.command()
    def renew(
        shop: _Shop,
        till: _Till,
        database: Database,
        keys: Keys,
        address: Annotated[str, typer.Option(help="Where the till reaches the center: https://…")],
    ) -> None:
        """Print a new pass of a till; its old one ends once the new one is used. It is shown once."""
        with office(database, keys) as center:
            given = center.renew_till(shop, till, address, run.wiring.login())
        print_json({"member": shop, "till": till, "pass": given.to_text()})

    @tills.command()
    def revoke(shop: _Shop, till: _Till, database: Database, keys: Keys) -> None:
        """Let the credential of a till be worth nothing from now on."""
        with office(database, keys) as center:
            center.revoke_till(shop, till, run.wiring.login())
        print_json({"member": shop, "till": till, "revoked": True})

    @members_key.command()
    def rotate(
        database: Database,
        keys: Keys,
        until: Annotated[str, typer.Option(help="The last day on which the passes of before are answered.")],
    ) -> None:
        """Make a new members' key, and name the tills that need a new pass (till renew)."""
        day = read_date(until, "until")
        with office(database, keys) as center:
            rotated = center.rotate_members_key(day, run.wiring.login())
        tills = [{"member": member, "till": till} for member, till in rotated.tills]
        print_json(
            {
                "members_key": rotated.number,
                "old_passes_until": rotated.old_passes_until,
                "former_sent_until": rotated.former_sent_until,
                "renew": tills,
            }
        )

    @members_key.command("list")
    def list_keys(database: Database, keys: Keys) -> None:
        """The members' keys by number, with the days on which they end; never the keys themselves."""
        with office(database, keys) as center:
            found = center.members_keys()
        print_json(
            [
                {"members_key": each.number, "by": each.by, "at": each.at, "old_passes_until": each.ends_at}
                for each in found
            ]
        )

    @group.command()
    def simulate(
        shops: Annotated[int, typer.Option(parser=whole, help="Number of made-up shops.")] = 3,
        tills: Annotated[int, typer.Option(parser=whole, help="Number of tills of each.")] = 2,
        visitors: Annotated[
            int | None, typer.Option(parser=whole, help="Number of visitors; default: a fifth of the customers.")
        ] = None,
        sales: Annotated[int, typer.Option(parser=whole, help="Number of customers of each till.")] = 50,
        seed: Annotated[int, typer.Option(parser=whole, help="Random seed: the same one makes the same day.")] = 1,
        database: Annotated[
            str | None,
            typer.Option(help="An empty PostgreSQL database named practice…; default: a server of its own, deleted."),
        ] = None,
        keys: Annotated[Path | None, typer.Option(help="The file for the keys of that database.")] = None,
    ) -> None:
        """Let made-up shops trade at a center for practice, then verify its books; exit code 1 where they are wrong."""
        check_count("shops", shops, _MOST_SHOPS)
        check_count("tills", tills, _MOST_TILLS)
        check_count("sales", sales, _MOST_CUSTOMERS)
        people = max(2, shops * tills * sales // _CUSTOMERS_A_PERSON) if visitors is None else visitors
        check_count("visitors", people, _MOST_CUSTOMERS)
        check_count("seed", seed, _MOST_CUSTOMERS, least=0)
        if database is not None and keys is None:
            raise BadField("keys", "missing")
        place = None if database is None or keys is None else CenterPlace(database, keys)
        plan = CenterSimulation(shops, tills, people, sales, seed)
        found = run.wiring.center(run.options).simulate(place, plan)
        print_json(
            {
                "shops": shops,
                "tills": shops * tills,
                "visitors": people,
                "customers": shops * tills * sales,
                **{name: found.happened.get(event, 0) for event, name in _HAPPENED.items()},
                "flags": dict(sorted(found.flags.items())),
                "exceeded_without_flag": found.exceeded_without_flag,
                "broken": found.broken,
                "verify": found.findings,
            }
        )
        raise typer.Exit(FAULTS_FOUND if found.broken or found.findings else DONE)

    @group.command()
    def demo(
        port: Annotated[int, typer.Option(min=0, max=65535, help="Where the service listens; 0: any free one.")] = 0,
    ) -> None:
        """Show a center with three demo shops until Ctrl+C: a PostgreSQL of its own, the console, and tills to open."""

        def started(center: CenterDemo) -> None:
            print_json(
                {
                    "address": center.address,
                    "console": f"{center.address}/console",
                    "account": center.account,
                    "password": center.password,
                    "members": [
                        {"member": each.name, "tills": {till: _window(run, each.folder, till) for till in each.tills}}
                        for each in center.members
                    ],
                    "stop": "Ctrl+C",
                }
            )

        run.wiring.center(run.options).demo(port, started)

    @group.command()
    def doubts(database: Database, keys: Keys) -> None:
        """List the reservations that are over and not settled: they use allowance until their tills report."""
        with office(database, keys) as center:
            found = center.in_doubt()
        print_json([{"key": each.key, "regime": each.regime, "in_doubt_since": each.ends_at} for each in found])

    @group.command()
    def release(
        key: Annotated[str, typer.Argument(metavar="KEY", help="The key of a reservation.")],
        database: Database,
        keys: Keys,
        reason: Annotated[str, typer.Option(help="Why; it stands in the journal.")],
    ) -> None:
        """Free what a till has reserved and never settled."""
        with office(database, keys) as center:
            center.release(key, reason, run.wiring.login())
        print_json({"key": key, "released": True})

    @group.command()
    def flags(
        database: Database,
        keys: Keys,
        first: Annotated[str | None, typer.Option("--from", help="From this day; default: the last seven.")] = None,
    ) -> None:
        """List what a person has to look at, of tills and of visitors."""
        day = None if first is None else read_date(first, "from")
        with office(database, keys) as center:
            found = center.flags(day)
        print_json(
            [
                {
                    "at": each.at,
                    "kind": each.kind,
                    "member": each.shop,
                    "till": each.till,
                    "visitor": each.reference,
                    "key": each.key,
                    "facts": each.facts,
                }
                for each in found
            ]
        )

    @group.command()
    def reconcile(
        file: Annotated[str, typer.Argument(metavar="FILE", help="What the shop's `export center` wrote; - is stdin.")],
        database: Database,
        keys: Keys,
        shop: Annotated[str, typer.Option("--member", metavar="SHOP", help="The shop whose books they are.")],
    ) -> None:
        """Hold a shop's books against the center's; exit code 1 where a difference is not explained."""
        text = read_file(file)
        with office(database, keys) as center:
            found = center.reconcile(shop, text)
        print_json(
            {
                "in_shop": found.in_shop,
                "at_center": found.at_center,
                "differences": [
                    {
                        "kind": each.kind.value,
                        "sale": each.line.sale,
                        "line": each.line.line,
                        "shop": each.shop,
                        "center": each.center,
                        "explained": None if each.explained is None else each.explained.value,
                    }
                    for each in found.differences
                ],
            }
        )
        raise typer.Exit(DONE if found.is_explained else FAULTS_FOUND)

    @group.command()
    def erase(database: Database, keys: Keys) -> None:
        """Erase what no rule can ask for any more, as the owner of the database; meant for every night."""
        with office(database, keys) as center:
            erased = center.erase(run.wiring.login())
        print_json(
            {
                "before": erased.before,
                "visitors": erased.visitors,
                "entries": erased.entries,
                "reservations": erased.reservations,
            }
        )

    @group.command()
    def verify(database: Database, keys: Keys) -> None:
        """Check the journal, the ledgers and that no excess is silent; exit code 1 where something is wrong."""
        with office(database, keys) as center:
            verified = center.verify()
        print_json(
            {
                "journal_entries": verified.entries,
                "visitors": verified.visitors,
                "findings": [{"kind": each.kind.value, "where": each.where} for each in verified.findings],
            }
        )
        raise typer.Exit(FAULTS_FOUND if verified.findings else DONE)
