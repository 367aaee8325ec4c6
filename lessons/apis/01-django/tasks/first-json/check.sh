#!/bin/bash
# Passes when the project harbour answers /ships/ with JSON that has the ship of the learner. Asks without a server.
no() {
  printf '%s\n' "$*"
  exit 1
}

{ cd harbour && [ -f manage.py ]; } 2> /dev/null || no 'There is no project ~/harbour yet: that is the first task.'
[ -f harbour/urls.py ] || no 'The file ~/harbour/harbour/urls.py is gone.'
found=$(timeout 25 ../env/bin/python -B - 2>&1 << 'END'
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "harbour.settings"
import logging
logging.disable()
import django
django.setup()
from django.test import Client
answer = Client(SERVER_NAME="localhost").get("/ships/")
print(answer.status_code, answer.get("Content-Type", ""))
print(answer.content.decode()[:300])
END
) || no "harbour fails: $(tail -n 1 <<< "$found" | cut -c 1-200)"
read -r status type <<< "$(head -n 1 <<< "$found")"
body=$(tail -n +2 <<< "$found")
[ "$status" = 404 ] && no '/ships/ is not found. It needs a path("ships/", …) in the list urlpatterns of harbour/harbour/urls.py.'
[ "$status" = 301 ] && no '/ships/ is sent elsewhere. Write the path as "ships/".'
[ "$status" = 200 ] || no "/ships/ answers with the status $status; it should be 200."
[[ $type = application/json* ]] || no "/ships/ answers with $type, not with JSON. JsonResponse gives the right type."
names=$(../env/bin/python -c 'import json, sys; print(*json.load(sys.stdin)["ships"], sep="\n")' <<< "$body" 2> /dev/null) || no "The answer should be an object with a list \"ships\". It is: ${body:0:120}"
grep -Fxq -- "$LESSON_SHIP" <<< "$names" || no "The list has no ship $LESSON_SHIP. It has: $(xargs <<< "$names" | cut -c 1-120)"
echo 'A program can read that.'
