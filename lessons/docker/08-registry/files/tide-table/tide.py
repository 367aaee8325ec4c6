"""Tells when the water is high."""
print("High tide at 06:12")
