"""Paper: receipts and labels drawn by reportlab."""
