from radiocall import call

print(call("Petrel"))
