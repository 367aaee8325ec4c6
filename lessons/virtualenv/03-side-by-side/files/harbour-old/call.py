from spellout import spell

print("Incoming:", spell("tern"))
