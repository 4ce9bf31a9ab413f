"""The till on the Windows Python, Qt and wheels, under Wine."""
