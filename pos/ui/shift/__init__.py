"""The screens of a shift: the count of the drawer, the close, the report, and cash that goes in and out."""
