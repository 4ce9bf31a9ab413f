"""Files for other programs: CSV and workbooks, safe against formulas."""
