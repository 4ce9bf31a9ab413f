"""The table of people and their permissions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.application.ports.staff_ports import StaffRecord
from pos.application.staff.manage_staff import ManageStaff
from pos.application.tables.listing import ColumnOf, Listing, ListReader
from pos.application.tables.table import CellKind, Table
from pos.application.text.formatting import instant_text, number_text
from pos.application.text.names import RIGHTS, ROLES, name_of
from pos.application.text.translator import N_, Translator
from pos.domain.staff.rights import PERMISSIONS, RoleRights
from pos.domain.staff.rights import ROLES as ALL_ROLES


def staff(step: ManageStaff) -> Listing:
    """All persons ever added, and the permissions of each role."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator
        columns: list[ColumnOf[StaffRecord]] = [
            ColumnOf(tr("Person"), lambda record: record.person.title),
            ColumnOf(tr("Signs in as"), lambda record: record.person.name),
            ColumnOf(tr("Role"), lambda record: name_of(ROLES, record.person.role, tr)),
            ColumnOf(tr("State"), lambda record: _state(record, reader)),
            ColumnOf(tr("Last sign-in"), lambda record: record.signed_in_at, CellKind.INSTANT),
        ]

        def records() -> Iterator[StaffRecord]:
            yield from step.records(reader.person)

        def of_role(role: str) -> ColumnOf[str]:
            rights = reader.settings.rights.of(role)
            return ColumnOf(name_of(ROLES, role, tr), lambda permission: right_text(rights, permission, tr))

        right: ColumnOf[str] = ColumnOf(tr("Right"), lambda permission: name_of(RIGHTS, permission, tr))
        return [
            reader.table_of("staff", tr("Staff"), columns, records()),
            reader.table_of("rights", tr("Roles and rights"), [right, *map(of_role, ALL_ROLES)], PERMISSIONS),
        ]

    return Listing("staff", N_("Staff"), "staff", make)


def right_text(rights: RoleRights, permission: str, tr: Translator) -> str:
    """Whether a role may do it, and how much; empty if not."""
    if not rights.may(permission):
        return ""
    if permission != "discount":
        return tr("yes")
    return tr("up to {percent} %", percent=number_text(rights.discount_limit, tr.language, 0))


def _state(record: StaffRecord, reader: ListReader) -> str:
    tr = reader.translator
    if not record.person.active:
        return tr("Disabled")
    if record.locked_until is not None:
        until = instant_text(record.locked_until, reader.settings.zone, tr.language)
        return f"{tr('Locked')} · {tr('until {when}', when=until)}"
    return tr("Active") if record.one_time_since is None else tr("One-time PIN")
