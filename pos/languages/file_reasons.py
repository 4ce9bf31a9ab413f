"""Why a file of goods or of rules, or one row of it, was not taken, in words."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.words import N_

ROW = "row_"
"""Stands before the name of a reason for which a row was not taken."""

FILE_REASONS: Mapping[str, str] = {
    "held_by_no_rule": N_("no rule limits these goods for every traveller, and the file does not call them free"),
    "too_many_versions": N_("there are more rules than can be checked"),
    "broken_workbook": N_("the workbook is damaged; open it in a spreadsheet and save it again"),
    "encoding": N_("it is not written in this encoding"),
    "no_sheet": N_("the workbook has no sheet that can be seen"),
    "no_such_column": N_("the file has no column of this name"),
    "not_a_catalogue": N_("this kind of file holds no catalogue; save it as CSV or XLSX"),
    "not_a_workbook": N_("it is no workbook; save it as CSV or XLSX"),
    "old_workbook": N_("it is an old workbook (.xls); save it as .xlsx or CSV"),
    "protected": N_("it is protected by a password; save it without one"),
    "unknown_column": N_("the catalogue has no such column"),
    "web_page": N_("it is a web page under the name of a table; open it in a spreadsheet and save it as .xlsx or CSV"),
    "workbook_bomb": N_("it would grow beyond measure when it is unpacked"),
    "workbook_entities": N_("it holds definitions that no workbook needs"),
    "workbook_too_large": N_("the workbook is too large; save it as CSV, which may be of any size"),
    ROW + "ambiguous_figure": N_("could mean two figures: choose the decimal sign"),
    ROW + "bad_carton": N_("a carton is written code:pieces, with 2 to 9999 pieces"),
    ROW + "bad_check_digit": N_("the code’s last digit is wrong"),
    ROW + "bad_code": N_("this cannot be a code"),
    ROW + "cell_too_long": N_("a cell is longer than any name"),
    ROW + "code_missing": N_("the code is missing"),
    ROW + "code_twice": N_("a carton has the code of the goods"),
    ROW + "codes_of_several": N_("its codes belong to several products"),
    ROW + "duplicate": N_("an earlier row has this code"),
    ROW + "encoding": N_("bytes that are no text"),
    ROW + "error_cell": N_("an error of a formula stands in a cell"),
    ROW + "name_missing": N_("new goods without a name"),
    ROW + "negative": N_("a figure is below zero"),
    ROW + "not_a_number": N_("this is not a number"),
    ROW + "not_positive": N_("a price must be above zero"),
    ROW + "not_yes_or_no": N_("write yes or no"),
    ROW + "out_of_range": N_("a figure is outside what is possible"),
    ROW + "price_not_allowed": N_("goods have another price; a manager changes it"),
    ROW + "too_long": N_("a text is too long"),
    ROW + "too_many_cells": N_("more cells than the header has"),
    ROW + "too_many_codes": N_("more than 100 codes"),
    ROW + "too_many_decimals": N_("too many decimals"),
    ROW + "unclosed_quote": N_("a quotation mark is never closed"),
    ROW + "unknown_category": N_("there is no such category of goods"),
    ROW + "unknown_currency": N_("the shop does not know this currency"),
    ROW + "wrong_currency": N_("the price is in another currency than the shop’s"),
}
