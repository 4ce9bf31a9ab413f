"""`keys show|export|import|public`: the keys on this computer, and their transfer to another till or a safe."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import Annotated

import typer

from pos.application.files.atomic_write import write_atomically
from pos.application.maintenance.key_ports import SHORTEST_PASSPHRASE, KeyDetails
from pos.application.maintenance.protected_files import check_free
from pos.application.text.file_names import file_name_of
from pos.cli.runtime import DONE, Run, print_json
from pos.domain.errors import BadField, InfrastructureError

_File = Annotated[Path, typer.Argument(metavar="FILE", help="The key file, protected by a passphrase.")]
_LONGEST = 64 * 1024


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="The keys of the shop: shared by all tills, never in a backup.")
    program.add_typer(group, name="keys")

    @group.command()
    def show() -> None:
        """Print which keys exist, never the keys themselves."""
        run.person()
        print_json(_keys_json(run.wiring.keys(run.options).show()))

    @group.command()
    def export(file: _File) -> None:
        """Write the keys to a file protected by a passphrase (BORDER_POS_PASSPHRASE, or prompted)."""
        key_file, person = run.wiring.keys(run.options), run.person()
        details = key_file.show()
        content = key_file.export(_passphrase(new=True))
        run.shop.office.log_key_export(
            person, file_name_of(file), details.keys
        )  # log first: an unlogged export could not be traced
        _write(file, content)
        print_json({"file": str(file), **_keys_json(details)})

    @group.command("import")
    def import_(file: _File) -> None:
        """Import the shop keys from such a file, before the first sale of this till."""
        run.person()
        content = _read(file)
        print_json(
            {"file": str(file), **_keys_json(run.wiring.keys(run.options).take(content, _passphrase(new=False)))}
        )

    @group.command()
    def public(
        out: Annotated[Path, typer.Argument(metavar="OUT", help="The file, OUT.pub (PEM).")],
    ) -> None:
        """Write the public key for checking receipts and seals."""
        run.person()
        details = run.wiring.keys(run.options).show()
        _write(out, run.wiring.signatures().pem(details.public), secret=False)
        print_json({"file": str(out), **_keys_json(details)})
        raise typer.Exit(DONE)


def _keys_json(details: KeyDetails) -> dict[str, str]:
    return {"keys": details.keys, "public": details.public_name}


def _passphrase(*, new: bool) -> str:
    """From the environment or the terminal, never from the arguments, which the process list shows."""
    given = os.environ.get("BORDER_POS_PASSPHRASE")
    if given is None:
        given = getpass.getpass("Passphrase: ")
        if new and given != getpass.getpass("Once more: "):
            raise BadField("passphrase", "not_the_same")
    if new and len(given) < SHORTEST_PASSPHRASE:
        raise BadField("passphrase", "passphrase_too_short")
    return given


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_LONGEST)
    except OSError as error:
        raise BadField("FILE", "not_readable", f"{file}: {error.strerror}") from error


def _write(file: Path, content: bytes, *, secret: bool = True) -> None:
    """Write a new file, readable by the owner only if it is secret."""
    if not file.name or file.is_dir():
        raise BadField("FILE", "is_a_folder", str(file))
    check_free(file, is_replaced=True)
    try:
        write_atomically(file, content, mode=0o600 if secret else 0o644)
    except OSError as error:
        raise InfrastructureError("file_not_writable", str(file), error.strerror or "") from error
