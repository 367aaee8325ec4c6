#!/bin/bash
# Passes when strangers may read the ships and not write. Asks with an empty ship, which is never stored.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd harbour 2> /dev/null || no 'The folder ~/harbour is gone. Reset the lab to get it back.'
[ -x ../env/bin/python ] || no 'There is no environment ~/env yet: that is the first task.'
[ -s db.sqlite3 ] || no 'harbour has no database yet. An earlier task makes it.'
found=$(timeout 25 ../env/bin/python -B - 2>&1 << 'END'
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "harbour.settings"
import logging
logging.disable()
import django
django.setup()
from django.test import Client
client = Client(SERVER_NAME="localhost")
print(client.get("/api/ships/").status_code, client.post("/api/ships/").status_code)
END
) || no "harbour fails: $(tail -n 1 <<< "$found" | cut -c 1-250)"
read -r reads writes <<< "$(tail -n 1 <<< "$found")"
[ "$reads" = 403 ] && no 'Now strangers may not even read. IsAuthenticated locks all doors; look for the one that is ReadOnly for them.'
[ "$reads" = 200 ] || no "Reading /api/ships/ answers with the status $reads; it should be 200."
[ "$writes" = 405 ] && no 'Nobody may write any more: the status is 405. Those who have signed in still should.'
[ "$writes" = 403 ] || no "Strangers may still write: an empty ship is refused for being empty (status $writes), not for coming from a stranger (403)."
echo 'Strangers may look, and not touch.'
