"""The sentences of refusals about the shop itself: its options and what it keeps."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.words import N_
from pos.languages.device_sentences import DEVICE_KINDS, DEVICE_TROUBLES
from pos.languages.start_sentences import START, START_TROUBLES

OFFICE: Mapping[str, str] = {
    **START,
    "unknown_setting": N_("There is no setting “{name}”."),
    "setting_fixed": N_(
        "{setting}: the books were written under this setting, and another value would change what they say."
    ),
    "nothing_to_reprice": N_("No price would be another one."),
    "too_many_prices": N_("More than {most} prices cannot be changed in one step. Choose fewer goods."),
    "no_price_left": N_("{code}: so much cannot be taken off {price}."),
    "only_in_a_demo": N_("Made-up customers buy in a demo shop only. Use --demo with an empty folder."),
    "only_on_a_server": N_("The store is a file: there is no connection to cut."),
    "no_such_price_change": N_("No change of prices with the number {change} is still to come."),
    "needs_keys": N_("This backup was made with the keys {needs}. Put them here first: keys import FILE."),
    "backup_does_not_verify": N_(
        "The books in this backup do not agree with themselves, in {mismatches} places: {first}. Nothing was changed."
    ),
    "keys_in_use": N_("The keys here are in use: under others nothing that was sold would verify. Nothing changed."),
    "not_the_keys": N_("These are the keys {given}; the store knows the keys {needs}. Nothing was changed."),
    "wrong_passphrase": N_("The passphrase is wrong, or the file is damaged."),
    "no_keys_here": N_("There are no keys here yet. They are made at the shop's first start, or come by keys import."),
    "store_in_use": N_("A till has the store {where} open. Close every window of it, then try again."),
}

_BUSY = N_("The store is busy with another till. Try again.")
_AWAY = N_("The database does not answer. Nothing of this step was recorded; try again.")
_UNKNOWN = N_(
    "The database was lost while it recorded this. It is recorded whole or not at all; look before you do it again."
)
_FULL = N_(
    "The database server takes no more connections. Nothing of this step was recorded. Close a till or raise the limit"
    " of connections on the server, then try again."
)
STORE_KINDS: Mapping[str, str] = {
    **DEVICE_KINDS,
    "Collided": _BUSY,
    "NoConnectionLeft": _FULL,
    "OutcomeUnknown": _UNKNOWN,
    "StoreAway": _AWAY,
}
"""The sentences of what befalls a database server or a device, by class."""

OFFICE_TROUBLES: Mapping[str, str] = {
    **START_TROUBLES,
    **DEVICE_TROUBLES,
    "backup_damaged": N_("The copy {where} is not whole, and was not taken ({detail}). What was there before stays."),
    "backup_folder": N_("The folder {where} takes no backups now ({detail}). Is the stick in, is the computer on?"),
    "backup_folder_is_first": N_(
        "The second folder for backups, {where}, is the same as the first, so there is no second copy. Choose another"
        " folder."
    ),
    "backup_not_written": N_("The backup {where} was not written ({detail}). Check the disk and its room."),
    "busy": _BUSY,
    "export_folder": N_(
        "The folder {where} takes no files now. Those of the Z wait, and are written as soon as it does ({detail})."
    ),
    "till_died": N_("A till of the simulation ended by itself. {where}"),
    "target_not_empty": N_(
        "The other store has something in it already ({where}). Nothing was carried over; begin with an empty one."
    ),
    "not_this_version": N_("The store {where} is of another version ({detail}). Open it with its program first."),
    "copy_incomplete": N_("Not everything arrived in the other store ({where}: {detail}). It was given up; try again."),
    "folder_not_writable": N_("Nothing can be written to the folder {where}. Check its rights and the disk."),
    "copy_differs": N_("At {where} the books do not verify as they do here ({detail}). Nothing was moved."),
    "move_unfinished": N_(
        "The move of this shop to {where} was interrupted. No till may sell until it is clear whether everything"
        " arrived. Run the same command again: migrate --to with that address."
    ),
    "moved": N_(
        "The books of this shop are at {where} now. Start with --database and that address;"
        " the file here is as it was when they moved."
    ),
    "login_refused": N_(
        "The database server does not let this till in. Check the name and the password in its address."
    ),
    "no_connection_left": _FULL,
    "no_such_database": N_("The server has no database of this name. Make an empty one there, then start again."),
    "not_unicode": N_(
        "The database {where} cannot hold every letter ({detail}). Make another one:"
        " CREATE DATABASE shop TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
    ),
    "outcome_unknown": _UNKNOWN,
    "sorted_by_language": N_(
        "The database {where} sorts letters by a language. Make another one:"
        " CREATE DATABASE shop TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
    ),
    "unreachable": _AWAY,
}
"""The sentences of what fails outside the program, as TROUBLES."""

OFFICE_REASONS: Mapping[str, str] = {
    "console_only": N_("only whoever owns the shop's folder does this, without --as"),
    "is_a_folder": N_("this is a folder; name the file"),
    "is_first_backup_folder": N_(
        "the backups are in this folder already; choose one on another disk, stick or computer"
    ),
    "is_no_older_backup": N_("this file is not an older backup of this shop; choose another name"),
    "is_in_use": N_("another program uses this file; close it there, or choose another name"),
    "is_no_file": N_("this is a device or a pipe; name a file"),
    "is_of_a_shop": N_("the books or the keys of a shop are in it, and nothing else is written there"),
    "is_the_store": N_("this is the store itself"),
    "no_public_key": N_("this is no public key of a shop"),
    "not_keys": N_("this is no file of keys"),
    "not_seals": N_("this is no list of seals"),
    "not_the_same": N_("the two are not the same"),
    "passphrase_too_short": N_("take at least 10 characters"),
    "only_to_verify": N_("only receipt verify takes this"),
    "restore_into_file": N_("a backup is put back into a shop's folder; migrate moves it to a server"),
}
"""As REASONS."""
