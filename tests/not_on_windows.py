"""The tests that do not run on the Python of Windows, each with its reason; the others all do.

`python -m tools.wine test` runs them under Wine. A name is that of a folder, of a file, of a test in it, of one case
of the test, or of all its cases that begin with `[…` up to a dash.
"""

from __future__ import annotations

PERMISSION_BITS = "Windows keeps no permission bits: a file is as private as its folder, which is made for its owner"
SYMBOLIC_LINKS = "Windows lets an administrator alone make symbolic links, and Wine makes none"
DEVICE_FILES = "Windows has no files that are devices or pipes"
FORK = "Windows has no fork: there one process looks through the books"
FORKED_TILLS = (
    "Its tills are forked by the hundred, and Windows has no fork: `tools.wine journey` kills one in a payment"
)
SIGNALS = "Windows has no signals that end a program at a limit"
PSEUDO_TERMINALS = "Windows has no pseudo-terminals to stand for a port"
MOUNTS = "Windows has no table of mounts: the same promise is tried there by its kinds of drives"
HEARD_DISK = (
    "SQLite in the wheel for Windows shows no one its functions of the disk, between which the test would stand"
)
NAMES_OF_FILES = "Windows has no such names of files"
WORDS_OF_THE_SYSTEM = "Windows words it otherwise"
SPOOLER = "Windows has no lp and no xdg-open: Qt prints there, and Windows opens files itself"
PROGRAMS = "It asks a program of Linux for its judgement"
SERVER = "The PostgreSQL of these tests is that of Linux"
RUN_SCRIPT = "It is about `./run` and what it installs on Linux"
TOOLS = "It is for those who build the program, on Linux"

_TO_FILES = "tests/cli/test_files_commands_write.py"
_HOSTILE = "tests/cli/test_hostile_input.py"
_KEPT = "tests/application/maintenance/test_kept_files.py"
_WHOSE = "tests/application/maintenance/test_whose_backups.py"
_PRINTERS = "tests/devices/test_printers.py"
_SPOOLED = "tests/devices/test_raw_spool.py"
_BACKUP = "tests/db/store/test_backup.py"
_MOVE = "tests/db/store/test_move_store.py"
_PROMISE = "tests/faults/test_experiments.py::test_the_promise_is_kept"
_BREAKAGE = "tests/faults/test_experiments.py::test_a_breakage_on_purpose_is_noticed"
_BAD_LUCK = "tests/faults/test_start_after_bad_luck.py"
_EXPERIMENTS = {
    "C1": SERVER,
    "C2": SERVER,
    "C3": SERVER,
    "C4": FORKED_TILLS,
    "C5": SERVER,
    "D1": FORKED_TILLS,
    "D2": HEARD_DISK,
    "D3": HEARD_DISK,
    "D4": HEARD_DISK,
    "D6": FORKED_TILLS,
    "I1": SERVER,
    "I3": FORKED_TILLS,
    "N1": SERVER,
    "N2": SERVER,
    "N3": SERVER,
}
"""The experiments of tests/faults; the cases that break them on purpose begin with the number."""

NOT_ON_WINDOWS: dict[str, str] = {
    f"{_KEPT}::test_no_device_is_replaced_by_a_file": DEVICE_FILES,
    f"{_KEPT}::test_nothing_is_written_over_the_books_and_the_keys": SYMBOLIC_LINKS,
    f"{_WHOSE}::test_the_first_folder_is_no_second_one_under_whatever_name": SYMBOLIC_LINKS,
    f"{_WHOSE}::test_what_is_lost_with_the_shop_is_no_second_folder_either": SYMBOLIC_LINKS,
    "tests/architecture": TOOLS,
    "tests/benchmarks": TOOLS,
    f"{_TO_FILES}::test_a_file_that_cannot_be_written_is_named_with_the_reason_by_every_command": WORDS_OF_THE_SYSTEM,
    f"{_TO_FILES}::test_rows_that_were_not_taken_are_not_lost_to_a_full_disk_in_silence": DEVICE_FILES,
    f"{_HOSTILE}::test_a_device_is_no_catalogue_and_no_one_waits_for_its_end": DEVICE_FILES,
    f"{_HOSTILE}::test_a_file_whose_name_is_in_another_encoding_is_a_file_like_others": NAMES_OF_FILES,
    "tests/cli/test_key_commands.py::test_a_receipt_is_judged_by_its_text_and_the_public_key_alone": PROGRAMS,
    "tests/cli/test_move_command.py::test_the_command_tells_where_the_shop_is_and_what_came_there": SERVER,
    "tests/cli/test_private_files.py": PERMISSION_BITS,
    f"{_BACKUP}::test_in_a_folder_of_whatever_name_the_backup_itself_is_checked[what?now]": NAMES_OF_FILES,
    f"{_BACKUP}::test_in_a_folder_of_whatever_name_the_backup_itself_is_checked[tab\\there]": NAMES_OF_FILES,
    f"{_MOVE}::test_every_row_moves_and_the_next_number_comes_there": SERVER,
    f"{_MOVE}::test_no_till_sells_on_in_the_file_that_was_left": SERVER,
    f"{_MOVE}::test_while_a_till_is_open_nothing_moves": SERVER,
    f"{_MOVE}::test_a_place_that_is_taken_is_left_as_it_is": SERVER,
    f"{_MOVE}::test_a_shop_moves_back_into_a_file": SERVER,
    f"{_MOVE}::test_a_move_that_is_killed_before_anything_arrived_is_begun_again": SERVER,
    f"{_MOVE}::test_no_till_sells_on_at_the_server_that_was_left": SERVER,
    "tests/db/verify/test_two_processes.py": FORK,
    "tests/devices/test_escpos_printer.py::test_a_device_takes_the_same_bytes_and_no_file_is_one": DEVICE_FILES,
    f"{_PRINTERS}::test_the_systems_spooler_gets_the_file": SPOOLER,
    f"{_PRINTERS}::test_a_refusing_spooler_is_a_trouble_in_its_own_words": SPOOLER,
    f"{_PRINTERS}::test_a_spooler_that_hangs_does_not_hang_the_till": SPOOLER,
    f"{_PRINTERS}::test_a_name_with_characters_of_the_shell_is_only_a_name": SPOOLER,
    f"{_PRINTERS}::test_a_receipt_opens_in_the_desktops_viewer": SPOOLER,
    f"{_PRINTERS}::test_without_a_viewer_or_a_file_nothing_opens_and_it_is_said": SPOOLER,
    f"{_SPOOLED}::test_a_job_that_the_spooler_refuses_is_said_in_its_words": SPOOLER,
    f"{_SPOOLED}::test_a_printer_that_the_spooler_does_not_know_is_named": SPOOLER,
    f"{_SPOOLED}::test_a_receipt_is_one_job_of_the_bytes_that_a_printer_on_a_cable_gets": SPOOLER,
    f"{_SPOOLED}::test_looking_whether_it_is_there_prints_nothing": SPOOLER,
    f"{_SPOOLED}::test_the_drawer_behind_it_opens": SPOOLER,
    "tests/devices/test_serial_devices.py": PSEUDO_TERMINALS,
    "tests/faults/test_disk.py": HEARD_DISK,
    **{f"{_PROMISE}[{number}]": reason for number, reason in _EXPERIMENTS.items()},
    **{f"{_BREAKAGE}[{number}": reason for number, reason in _EXPERIMENTS.items()},
    "tests/faults/test_killed_while_posting.py": SIGNALS,
    f"{_BAD_LUCK}::test_a_full_disk_at_the_start_is_reported_and_the_next_start_is_well": HEARD_DISK,
    f"{_BAD_LUCK}::test_a_store_on_a_network_drive_is_refused": MOUNTS,
    f"{_BAD_LUCK}::test_each_bad_start_is_one_sentence_and_touches_nothing[a_pipe]": DEVICE_FILES,
    "tests/journeys/test_a_real_screen.py": TOOLS,
    "tests/journeys/test_pages_in_any_order.py::test_a_server_has_the_figures_of_the_file_in_any_order": SERVER,
    "tests/journeys/test_the_server_dies.py": SERVER,
    "tests/keys/test_keys.py::test_keys_whose_link_leads_nowhere_are_not_made_again": SYMBOLIC_LINKS,
    "tests/mutants": TOOLS,
    "tests/postgres": SERVER,
    "tests/regimes/test_bad_regime_files.py::test_what_is_no_file_stops_nothing_but_itself": SYMBOLIC_LINKS,
    "tests/regimes/test_regime_files.py::test_what_cannot_be_a_regime_file_is_named_and_stops_nothing": DEVICE_FILES,
    "tests/spreadsheet": PROGRAMS,
    "tests/test_bundle.py": TOOLS,
    "tests/test_center_bundle.py": TOOLS,
    "tests/test_dependencies.py": TOOLS,
    "tests/test_install.py": RUN_SCRIPT,
    "tests/test_run.py": RUN_SCRIPT,
    "tests/test_windows_bundle.py": TOOLS,
}


def reason_of(node: str) -> str | None:
    """Why a test, named as pytest names it, does not run on Windows; None where it does."""
    for name, reason in NOT_ON_WINDOWS.items():
        if node == name or node.startswith((f"{name}/", f"{name}::", f"{name}[", f"{name}-")):
            return reason
    return None
