#!/bin/bash
# Passes when harbour answers /api/ships/ with the ships as JSON. Asks without a server, and makes no database.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd harbour 2> /dev/null || no 'The folder ~/harbour is gone. Reset the lab to get it back.'
[ -x ../env/bin/python ] || no 'There is no environment ~/env yet: that is the first task.'
found=$(timeout 25 ../env/bin/python -B - 2>&1 << 'END'
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "harbour.settings"
import logging
logging.disable()
import django
django.setup()
import harbour.urls
from django.test import Client
from django.urls import Resolver404, resolve
try:
    resolve("/api/ships/")
except Resolver404:
    raise SystemExit("/api/ships/ is not found")
if not os.path.exists("db.sqlite3"):
    raise SystemExit("no such table: there is no database")
answer = Client(SERVER_NAME="localhost").get("/api/ships/", HTTP_ACCEPT="application/json")
print(answer.status_code, answer.content.decode()[:300])
END
)
code=$?
last=$(tail -n 1 <<< "$found" | cut -c 1-250)
[[ $last = *'is not found'* ]] && no 'There is no address /api/ships/ yet. In harbour/harbour/urls.py, register the view set as "ships" and include the router below "api/".'
[[ $last = *'no such table'* ]] && no 'The code is in order. Its database has no table for the ships yet: migrate makes it.'
[ "$code" = 0 ] || no "harbour fails: $last"
[[ $last = 200* ]] || no "/api/ships/ should answer with the status 200. It answers: $last"
[[ $last = *'"id"'*'"name"'*'"length"'* || $last = '200 []' ]] || no "Each ship should have id, name and length. The answer is: $last"
echo 'Read, write, change, delete: all of it is there now.'
