"""Actions, flags and facts of the center's journal in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.application.text.names import VERDICTS, name_of
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled, noted, strung

ACTIONS: Mapping[str, str] = {
    "look_up": N_("Visitor looked up"),
    "reserve": N_("Allowance reserved"),
    "extend": N_("Reservation extended"),
    "give_back": N_("Reservation cancelled"),
    "sale": N_("Sale booked"),
    "unseen_sale": N_("Sale without the center booked"),
    "return": N_("Return booked"),
    "move": N_("Lines moved to another visitor"),
    "departure": N_("Departure booked"),
    "declared": N_("Declared goods booked"),
    "entries": N_("Days of entry booked"),
    "link": N_("Documents linked"),
    "unlink": N_("Documents unlinked"),
    "release": N_("Reservation released"),
    "rate_differs": N_("Customs rates differ"),
    "many_unknown_documents": N_("Many unknown documents"),
    "many_lookups_without_sale": N_("Many look-ups without a sale"),
    "new_pass": N_("New pass used"),
    "add_member": N_("Member added"),
    "disable_member": N_("Member disabled"),
    "add_till": N_("Till added"),
    "renew_till": N_("Pass of a till renewed"),
    "revoke_till": N_("Pass of a till revoked"),
    "rotate_members_key": N_("Members' key changed"),
    "set_rate": N_("Customs rate set"),
    "propose_regime": N_("Regime file proposed"),
    "approve_regime": N_("Regime file approved"),
    "erase": N_("Old data erased"),
    "add_account": N_("Account added"),
    "reset_password": N_("Password reset"),
    "disable_account": N_("Account disabled"),
    "change_password": N_("Own password changed"),
    "sign_in": N_("Signed in"),
    "sign_in_refused": N_("Sign-in refused"),
    "sign_out": N_("Signed out"),
}

FLAG_KINDS: Mapping[str, str] = {
    "over": N_("Over the allowance"),
    "approved_over": N_("Over the allowance, approved in the shop"),
    "late": N_("After the reservation had ended"),
    "beyond_reservation": N_("More than was reserved"),
    "unseen": N_("Sold without the center"),
    "return_after_departure": N_("Returned after departure"),
    "person_differs": N_("Details of the visitor differ"),
    "rate_differs": N_("Customs rates differ"),
    "many_unknown_documents": N_("Many unknown documents"),
    "many_lookups_without_sale": N_("Many look-ups without a sale"),
}

_FACTS: Mapping[str, str] = {
    "account": N_("Account"),
    "address": N_("Address"),
    "base": N_("Base currency"),
    "before": N_("Older than"),
    "by": N_("Person"),
    "center": N_("Center"),
    "currency": N_("Currency"),
    "day": N_("Day"),
    "digest": N_("Digest"),
    "document": N_("Document"),
    "documents": N_("Documents"),
    "entries": N_("Entries"),
    "evaluator": N_("Evaluator"),
    "field": N_("Field"),
    "file": N_("File"),
    "flags": N_("Flags"),
    "from": N_("In force from"),
    "key": N_("Key"),
    "line": N_("Line"),
    "login": N_("Login"),
    "member": N_("Member"),
    "number": N_("Number"),
    "rate": N_("Rate"),
    "rates": N_("Rates"),
    "reason": N_("Reason"),
    "regime": N_("Rules"),
    "reservations": N_("Reservations"),
    "role": N_("Role"),
    "sale": N_("Sale"),
    "state": N_("State"),
    "till": N_("Till"),
    "until": N_("Until"),
    "verdict": N_("Verdict"),
    "visitor": N_("Visitor"),
    "visitors": N_("Visitors"),
    "without_sale": N_("Without a sale"),
}

ROLES_AT_CONSOLE: Mapping[str, str] = {"administrator": N_("Administrator"), "auditor": N_("Auditor")}
_PERSON_FIELDS: Mapping[str, str] = {"birth_date": N_("Date of birth"), "residence": N_("Residence")}
RESERVATION_STATES: Mapping[str, str] = {
    "open": N_("in doubt"),
    "sold": N_("sold"),
    "closed": N_("cancelled"),
    "released": N_("released"),
}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "field": _PERSON_FIELDS,
    "flags": FLAG_KINDS,
    "role": ROLES_AT_CONSOLE,
    "state": RESERVATION_STATES,
    "verdict": VERDICTS,
}


def facts_text(facts: Mapping[str, object], tr: Translator) -> str:
    """The facts of an entry, each with its name; those without a value are left out."""
    said = [(name, _value_text(name, value, tr)) for name, value in facts.items()]
    return strung(tr, [labelled(tr, _fact_name(name, tr), text) for name, text in said if text])


def _fact_name(name: str, tr: Translator) -> str:
    if name == "joined":
        return tr.context("documents", "Linked document")
    return name_of(_FACTS, name, tr)


def _value_text(name: str, value: object, tr: Translator) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return noted_values(value, tr)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tr(", ").join(_value_text(name, one, tr) for one in value)
    return name_of(_VALUES.get(name, {}), str(value), tr)


def noted_values(values: Mapping[str, object], tr: Translator) -> str:
    """Values below a fact: CNY (Till: 72, Center: 73)."""
    parts = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            parts.append(noted(tr, name, noted_values(value, tr)))
        else:
            parts.append(labelled(tr, _fact_name(name, tr), _value_text(name, value, tr)))
    return strung(tr, parts)
