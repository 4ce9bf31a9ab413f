"""Sentences of refusals about the shop itself: its settings and its data."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_
from pos.languages.device_sentences import DEVICE_KINDS, DEVICE_TROUBLES
from pos.languages.feed_sentences import FEED_TROUBLES
from pos.languages.start_sentences import START, START_TROUBLES

OFFICE: Mapping[str, str] = {
    **START,
    "unknown_setting": N_("There is no setting “{name}”."),
    "setting_fixed": N_("{setting} cannot be changed: existing records depend on it."),
    "moved_meanwhile": N_("Another person has changed this in the meantime. Check it and save again."),
    "nothing_to_reprice": N_("The prices would not change."),
    "nothing_to_change": N_("No product would change."),
    "too_many_products": N_("At most {most} products can be changed at once. Choose fewer products."),
    "too_many_prices": N_("At most {most} prices can be changed at once. Choose fewer products."),
    "no_price_left": N_("{code}: the reduction is larger than the price {price}."),
    "only_in_a_demo": N_("Simulated customers are for demo shops only. Use --demo with an empty folder."),
    "only_on_a_server": N_("The database is a file: there is no connection to cut."),
    "no_such_price_change": N_("There is no scheduled price change with number {change}."),
    "needs_keys": N_("This backup needs the keys {needs}. Import them first: keys import FILE."),
    "backup_does_not_verify": N_(
        "The backup failed verification in {mismatches} places: {first}. Nothing was changed."
    ),
    "keys_in_use": N_(
        "The keys here are in use. With other keys, past sales could not be verified. Nothing was changed."
    ),
    "not_the_keys": N_("These are the keys {given}. The database needs the keys {needs}. Nothing was changed."),
    "wrong_passphrase": N_("The passphrase is wrong, or the file is damaged."),
    "no_keys_here": N_("There are no keys yet. They are created at the first start, or imported with keys import."),
    "no_rate_feed": N_("No address of a bank's rates is set. Give one, or set it: settings set rate_feed https://…"),
    "store_in_use": N_("The database {where} is open in a till. Close all its windows and try again."),
}

_BUSY = N_("The database is busy with another till. Try again.")
_AWAY = N_("The database does not respond. Nothing was recorded. Try again.")
_UNKNOWN = N_(
    "The database connection was lost during recording. Check whether this was recorded before you repeat it."
)
_FULL = N_(
    "The database server has no free connections. Nothing was recorded. Close a till or raise the connection limit "
    "on the server, then try again."
)
STORE_KINDS: Mapping[str, str] = {
    **DEVICE_KINDS,
    "Collided": _BUSY,
    "NoConnectionLeft": _FULL,
    "OutcomeUnknown": _UNKNOWN,
    "StoreUnavailable": _AWAY,
}
"""Sentences for errors of a database server or a device, by class."""

OFFICE_TROUBLES: Mapping[str, str] = {
    **START_TROUBLES,
    **DEVICE_TROUBLES,
    **FEED_TROUBLES,
    "backup_damaged": N_("The copy {where} is incomplete and was not used ({detail}). The previous data is unchanged."),
    "backup_folder": N_(
        "Backups cannot be written to the folder {where} ({detail}). Check the USB stick or the other computer."
    ),
    "backup_folder_is_first": N_("The second backup folder {where} is a folder of the shop itself. Choose another."),
    "backup_not_written": N_("The backup {where} was not written ({detail}). Check the disk and its free space."),
    "busy": _BUSY,
    "export_folder": N_(
        "Files cannot be written to the folder {where}. The Z report files will be written later ({detail})."
    ),
    "till_died": N_("A simulated till stopped unexpectedly. {where}"),
    "target_not_empty": N_("The target database is not empty ({where}). Nothing was moved. Use an empty database."),
    "not_this_version": N_(
        "The database {where} has a different version ({detail}). Open it with the matching program first."
    ),
    "copy_incomplete": N_("The move was incomplete and was cancelled ({where}: {detail}). Try again."),
    "folder_path_too_long": N_(
        "The path of the folder {where} is too long for this computer: at most {detail} characters. Choose a shorter "
        "one."
    ),
    "shared_folder_missing": N_(
        "The folder {where} of this computer's shared shop is missing. Restore it, or run the installer again with "
        "/SHARED."
    ),
    "folder_not_writable": N_("The folder {where} cannot be written to. Check its permissions and the disk."),
    "copy_differs": N_("Verification at {where} gives a different result than here ({detail}). Nothing was moved."),
    "move_unfinished": N_(
        "The move to {where} was interrupted. Tills cannot sell until it is complete. Run the same command again: "
        "migrate --to with that address."
    ),
    "moved": N_(
        "The data of this shop is now at {where}. Start with --database and that address. The file here is the "
        "state before the move."
    ),
    "login_refused": N_("The database server refused the login. Check the user name and password in the address."),
    "no_connection_left": _FULL,
    "no_such_database": N_("The server has no database with this name. Create an empty one and start again."),
    "not_unicode": N_(
        "The database {where} does not use UTF-8 ({detail}). Create another one: CREATE DATABASE shop TEMPLATE "
        "template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
    ),
    "outcome_unknown": _UNKNOWN,
    "sorted_by_language": N_(
        "The database {where} uses language-specific sorting. Create another one: CREATE DATABASE shop TEMPLATE "
        "template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
    ),
    "unreachable": _AWAY,
}
"""Sentences for failures outside the program, as TROUBLES."""

OFFICE_REASONS: Mapping[str, str] = {
    "console_only": N_("only the owner of the shop folder can do this, without --as"),
    "is_a_folder": N_("this is a folder; name the file"),
    "weight_or_price": N_("such a code would be read by its weight and by its price"),
    "is_first_backup_folder": N_(
        "this is a folder of the shop itself; choose one on another disk, USB stick or computer"
    ),
    "is_no_older_backup": N_("only an older backup of this shop can be replaced; choose another name"),
    "is_in_use": N_("another program is using this file; close it, or choose another name"),
    "is_no_file": N_("this is a device or a pipe; name a file"),
    "is_of_a_shop": N_("it contains a shop's database or keys; choose another place"),
    "is_the_store": N_("this is the database itself"),
    "no_public_key": N_("this is not a public key of a shop"),
    "not_keys": N_("this is not a key file"),
    "not_seals": N_("this is not a list of seals"),
    "not_the_same": N_("the two entries differ"),
    "passphrase_too_short": N_("use at least 10 characters"),
    "only_to_verify": N_("only for receipt verify"),
    "restore_into_file": N_("a backup can only be restored to a shop folder; migrate moves it to a server"),
}
"""As REASONS."""
