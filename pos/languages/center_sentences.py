"""Sentences of what the center refuses, and of trouble with it, by the names of their facts."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

CENTER: Mapping[str, str] = {
    "credential_unknown": N_("The center does not know this till. Its pass was revoked or belongs to another center."),
    "too_many_lookups": N_("This till asks the center for too many visitors. It may ask again in {seconds} s."),
    "clock_differs": N_("The clocks of till and center differ by {seconds} s; {most} s is the most. Set the clock."),
    "center_visitor_not_known": N_("The center does not know this visitor. Scan the document again."),
    "rules_differ": N_("Till and center use different versions of the rules “{regime}”. Update the rules of the till."),
    "ledger_moved": N_("The visitor's purchases in the center have changed. The allowance was read again."),
    "stricter_verdict": N_("The center's verdict is stricter than the till's: {verdict}, not {shown}."),
    "key_closed": N_("The reservation {key} is closed."),
    "center_key_reused": N_("The key {key} was used before for something else."),
    "reservation_not_known": N_("The center has no reservation {key}."),
    "center_line_not_known": N_("The center has no line {line} of the sale {sale} of this shop."),
    "center_rate_exists": N_("The customs rate of {currency} for {day} is set already. A rate that is set stays."),
    "center_regime_not_known": N_("The center has no regime file {file}."),
    "center_regime_approved": N_("The regime file {file} is approved already."),
    "center_regime_same_person": N_("{person} proposed this regime file. Another person has to approve it."),
    "center_pass_ended": N_("The pass of the till {till} has ended. Enter the till's new pass."),
    "members_key_half_changed": N_("A change of the members' key broke off. Run: center members-key rotate."),
    "too_many_members_keys": N_("{most} earlier members' keys are still in use. Change the key later."),
    "center_owner_only": N_("Only the owner of the center's database can erase. Use the owner's role in the address."),
    "persons_differ": N_("These documents belong to two persons: {field} differs."),
    "center_away": N_("The center does not answer: {reason}."),
    "center_refused": N_("The center does not let this sale pass: {why}. The allowance was read again."),
    "center_call_not_taken": N_("The center does not take this: {problem}."),
    "center_not_for_practice": N_(
        "Shops are simulated at a center for practice only: name an empty database practice…, or none."
    ),
    "center_not_of_this_demo": N_("This demo shop takes part in the center of its own demo only."),
    "member_exists": N_("The shop “{member}” is a member already."),
    "member_not_known": N_("No member of the center is called “{member}”."),
    "center_till_exists": N_("The shop has a till “{till}” already. Revoke its pass first."),
    "center_till_not_known": N_("The shop has no till “{till}” with a pass."),
    "console_auditor_reads": N_("{person} is an auditor. Auditors read and change nothing."),
    "console_password_to_change": N_("Choose a password of your own first."),
    "console_sign_in_refused": N_("Name or password is wrong."),
    "console_too_many_attempts": N_("Too many wrong passwords. Try again in {seconds} s."),
    "console_session_ended": N_("Your session has ended. Sign in again."),
    "console_account_exists": N_("There is an account “{account}” already."),
    "console_account_not_known": N_("There is no account “{account}”, or it is disabled."),
    "console_password_too_weak": N_(
        "The password is too weak. Use at least {least} characters, five of them different, without your name."
    ),
    "console_wrong_password": N_("The present password is wrong."),
    "console_not_linked": N_("There is no linked document {visitor}."),
    "console_too_many_entries": N_("More than {most} entries match. Choose fewer days."),
    "console_form_not_ours": N_("This form is too old or from another site. Load the page again."),
    "console_no_such_page": N_("There is no such page."),
}

WHY_REFUSED: Mapping[str, str] = {
    "ledger_moved": N_("the visitor has just bought in another shop"),
    "stricter_verdict": N_("its verdict is stricter than the till's"),
    "clock_differs": N_("the clocks of till and center differ"),
    "rules_differ": N_("till and center use different versions of the rules"),
    "key_closed": N_("the reservation is closed"),
    "credential_unknown": N_("it does not know this till"),
    "unknown_regime": N_("it does not know these rules"),
    "rules_taken": N_("it has new rules, which hold here from now on"),
}
"""Why the center reserves nothing, by the fact of its refusal."""

AWAY_REASONS: Mapping[str, str] = {
    "no_connection": N_("there is no connection"),
    "timeout": N_("no answer in time"),
    "certificate": N_("its certificate is not trusted or has expired"),
    "not_understood": N_("something else answers at its address, or its version is newer"),
    "database_away": N_("its database is away"),
    "outcome_unknown": N_("its database was lost in the middle"),
    "busy": N_("it is busy"),
    "not_a_member": N_("this till does not take part in a center"),
    "no_document": N_("the document has to be shown again"),
    "no_rules": N_("the shop has no rules"),
    "not_asked": N_("it was not asked yet"),
    "not_reserved": N_("nothing is reserved there"),
    "too_many_lookups": N_("too many visitors were looked up"),
    "credential_unknown": N_("it does not know this till"),
    "fault": N_("a fault of its program"),
    "too_slow": N_("the line is too slow"),
    "rules_not_readable": N_("its rules need a newer program; update this till"),
    "credentials_damaged": N_("the file credentials.json of this till is damaged; its pass has to be entered again"),
    "credentials_unreadable": N_("the file credentials.json of this till cannot be read"),
}
"""Why the center does not answer."""

CENTER_TROUBLES: Mapping[str, str] = {
    "credentials_damaged": N_("The file {where} with the till's credentials is damaged. Join the center again."),
    "credentials_unreadable": N_("The file {where} with the till's credentials cannot be read."),
    "center_rules_unwritable": N_("The center's rules cannot be kept in the file {where}."),
    "credentials_unwritable": N_("The file {where} with the till's credentials cannot be written."),
    "address_taken": N_("The service cannot listen at {where}: another program uses the address, or it is not here."),
    "center_keys_differ": N_("The center's key file does not belong to its database."),
    "center_keys_missing": N_("The center's key file {where} is missing. Restore it, or make a new center."),
    "center_old_primary": N_("The standby has taken the place of the database {where}. Stop that one."),
    "center_not_prepared": N_("The database {where} has no tables of a center. Run: center init."),
    "newer_center": N_("The center's database {where} is from a newer version. Update the program."),
    "no_postgresql_here": N_("No PostgreSQL server is installed on this computer. Install the package postgresql."),
    "postgresql_does_not_start": N_("PostgreSQL does not start here. {where}"),
    "service_not_installed": N_("The service of the center is not installed. Install {where}."),
}

CENTER_REASONS: Mapping[str, str] = {
    "not_the_same_twice": N_("the two entries differ"),
    "same_as_before": N_("it is the present one"),
    "before_the_first_day": N_("it is before the first day"),
    "not_a_form": N_("it is not a form of this page"),
}
