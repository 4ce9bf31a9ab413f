"""Files for other programs: CSV, safe against formulas."""
