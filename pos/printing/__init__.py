"""Printed documents: receipts, labels and sheets drawn by reportlab."""
