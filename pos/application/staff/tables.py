"""The table of people and their permissions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.application.ports.staff_ports import StaffRecord
from pos.application.staff.manage_staff import ManageStaff
from pos.application.tables.listing import Listing, ListReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.formatting import instant_text
from pos.application.text.names import RIGHTS, ROLES, name_of
from pos.application.text.words import N_
from pos.domain.staff.staff import ACTS, may
from pos.domain.staff.staff import ROLES as ALL_ROLES


def staff(step: ManageStaff) -> Listing:
    """All persons ever added, and the permissions of each role."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Person")),
            Column(words("Signs in as")),
            Column(words("Role")),
            Column(words("State")),
            Column(words("Last sign-in"), CellKind.INSTANT),
        ]

        def rows() -> Iterator[Sequence[Cell]]:
            for record in step.records(reader.person):
                yield _person(record, reader)

        rights = [Column(words("Right")), *(Column(name_of(ROLES, role, words)) for role in ALL_ROLES)]
        allowed = (
            [name_of(RIGHTS, act, words), *(words("yes") if may(role, act) else "" for role in ALL_ROLES)]
            for act in ACTS
        )
        return [
            reader.table("staff", words("Staff"), columns, rows()),
            reader.table("rights", words("Roles and rights"), rights, allowed),
        ]

    return Listing("staff", N_("Staff"), "staff", make)


def _person(record: StaffRecord, reader: ListReader) -> Sequence[Cell]:
    words, person = reader.words, record.person
    state = words("Active") if person.active else words("Disabled")
    if person.active and record.locked_until is not None:
        until = instant_text(record.locked_until, reader.settings.zone, words.language)
        state = f"{words('Locked')} · {words('until {when}', when=until)}"
    elif person.active and record.one_time_since is not None:
        state = words("One-time PIN")
    return person.title, person.name, name_of(ROLES, person.role, words), state, record.signed_in_at
