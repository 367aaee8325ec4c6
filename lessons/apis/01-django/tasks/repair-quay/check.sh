#!/bin/bash
# Passes when the project quay answers /berths/ with its free berths. Asks without a server, and makes no database.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd quay 2> /dev/null || no 'The folder ~/quay is gone. Reset the lab to get it back.'
[ -x ../env/bin/python ] || no 'There is no environment ~/env yet: that is the first task.'
found=$(timeout 25 ../env/bin/python -B - 2>&1 << 'END'
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "quay.settings"
import logging
logging.disable()
import django
django.setup()
import quay.urls
if not os.path.exists("db.sqlite3"):
    raise SystemExit("no such table: there is no database")
from django.test import Client
print(Client(SERVER_NAME="localhost").get("/berths/").content.decode()[:300])
END
)
code=$?
last=$(tail -n 1 <<< "$found" | cut -c 1-250)
[[ $last = *"isn't in an application in INSTALLED_APPS"* ]] && no "quay does not start: its settings do not know the app berths."
[[ $last = *'no such table'* ]] && no 'quay starts. Its database has no table for the berths yet: one more command of manage.py makes it.'
[ "$code" = 0 ] || no "quay fails: $last"
[[ $last = *'"free"'* ]] || no "/berths/ should tell which berths are free. It answers: $last"
echo "The quay answers: $last"
