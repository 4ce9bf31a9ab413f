"""Goods that are sent: the form of the parcel, and its card beside the basket."""
