from radiocall import call
from spellout import words

print(call("Fulmar"))
print("Flags to hoist:", len(words("Fulmar")))
