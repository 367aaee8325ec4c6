from spellout import words

print("Ship in sight:", *words("tern"))
