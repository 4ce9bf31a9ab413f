"""Any list of the window as CSV, XLSX or PDF: columns, cells, sums and the file.

A shelf: every room may import it. The lists themselves are in the `tables.py` of their room.
"""
