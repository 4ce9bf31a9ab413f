"""Reasons for which a file of goods or rules, or one of its rows, was rejected."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

ROW = "row_"
"""Prefix of the name of a reason for a rejected row."""

FILE_REASONS: Mapping[str, str] = {
    "held_by_no_rule": N_("no rule covers these goods for all visitors, and the file does not list them as free"),
    "of_an_example": N_("the rules of an example have low confidence"),
    "of_an_example_only": N_("a rule without a source stands in an example only"),
    "too_many_versions": N_("there are too many rules to check"),
    "document_type": N_("it contains a document type, which no file of rates needs"),
    "no_bank_rates": N_("the till knows no rates in this form"),
    "no_rate_of_the_shop": N_("it has no rate for a currency of this shop"),
    "no_rates_of_the_day": N_("it has no rates for this day"),
    "not_a_number_of_units": N_("a rate is for 1 to 10,000 units"),
    "not_whole": N_("it is incomplete or damaged"),
    "only_for_banks": N_("only the file of a central bank can be used so"),
    "several_days": N_("it has rates of several days"),
    "broken_workbook": N_("the workbook is damaged; open it in a spreadsheet and save it again"),
    "encoding": N_("the file has a different encoding"),
    "no_sheet": N_("the workbook has no visible sheet"),
    "no_such_column": N_("the file has no column with this name"),
    "not_a_catalogue": N_("this file type is not supported; save it as CSV or XLSX"),
    "not_a_workbook": N_("the file is not a workbook; save it as CSV or XLSX"),
    "old_workbook": N_("the file is in the old .xls format; save it as .xlsx or CSV"),
    "protected": N_("the file has a password; save it without one"),
    "spreadsheet_number": N_("a spreadsheet has rounded the code"),
    "unknown_column": N_("the catalogue has no such column"),
    "web_page": N_("the file is a web page; open it in a spreadsheet and save it as .xlsx or CSV"),
    "workbook_bomb": N_("the file is too large when unpacked"),
    "workbook_entities": N_("the file contains unsafe definitions"),
    "workbook_too_large": N_("the workbook is too large; save it as CSV"),
    ROW + "ambiguous_figure": N_("the number is ambiguous: choose the decimal separator"),
    ROW + "bad_carton": N_("write a carton as code:pieces, with 2 to 9999 pieces"),
    ROW + "bad_check_digit": N_("the check digit of the code is wrong"),
    ROW + "bad_code": N_("the code is not valid"),
    ROW + "cell_too_long": N_("a cell is too long"),
    ROW + "code_missing": N_("the code is missing"),
    ROW + "code_twice": N_("a carton has the same code as the product"),
    ROW + "codes_of_several": N_("the codes belong to several products"),
    ROW + "duplicate": N_("an earlier row has this code"),
    ROW + "encoding": N_("the row contains bytes that are not text"),
    ROW + "error_cell": N_("a cell contains a formula error"),
    ROW + "name_missing": N_("the new product has no name"),
    ROW + "negative": N_("a number is below zero"),
    ROW + "no_such_country": N_("the country of origin is unknown; write its name or its code, such as KZ"),
    ROW + "not_a_customs_code": N_("a customs code has 4, 6, 8 or 10 digits"),
    ROW + "not_a_unit": N_("the unit is not in the customs list; write its code, such as 007, or leave it empty"),
    ROW + "not_a_number": N_("a value is not a number"),
    ROW + "not_positive": N_("a price must be above zero"),
    ROW + "not_yes_or_no": N_("write yes or no"),
    ROW + "out_of_range": N_("a number is out of range"),
    ROW + "price_not_allowed": N_("the price is different; only a manager can change it"),
    ROW + "template_row": N_("an example of the template"),
    ROW + "too_long": N_("a text is too long"),
    ROW + "too_many_cells": N_("more cells than the header"),
    ROW + "too_many_codes": N_("more than 100 codes"),
    ROW + "too_many_decimals": N_("too many decimals"),
    ROW + "unclosed_quote": N_("a quotation mark is not closed"),
    ROW + "unknown_category": N_("the category does not exist"),
    ROW + "unknown_currency": N_("the currency is unknown"),
    ROW + "wrong_currency": N_("the price is not in the shop currency"),
}
