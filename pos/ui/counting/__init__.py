"""The stock-take: begun, counted on sheets, looked over, posted."""
