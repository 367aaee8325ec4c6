from spellout import words

print("Incoming:", ", ".join(words("tern")))
