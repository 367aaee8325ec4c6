#!/bin/bash
# Passes when REST framework is an app of harbour, and ~/page.html is its page about the ships.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -f harbour/harbour/settings.py ] || no 'The settings of harbour are gone. Reset the lab to get them back.'
[ -x env/bin/python ] || no 'There is no environment ~/env yet: that is the first task.'
found=$(cd harbour && timeout 25 ../env/bin/python -B -c 'from harbour.settings import INSTALLED_APPS; print(*INSTALLED_APPS, sep="\n")' 2>&1) || no "The settings of harbour do not load: $(tail -n 1 <<< "$found" | cut -c 1-200)"
if ! grep -Fxq rest_framework <<< "$found"; then
  grep -Eiq 'rest.?framework' <<< "$found" && no "INSTALLED_APPS has $(grep -Ei 'rest.?framework' <<< "$found" | head -n 1). The name of the app is another: the one that you import."
  no 'Django does not know yet that REST framework is an app of this project, so it does not look for templates there.'
fi
[ -f page.html ] || no 'The settings are right. Now fetch the page into ~/page.html.'
grep -q '<title>Ship List' page.html && { echo 'The same address, as a page.'; exit 0; }
grep -q 'TemplateDoesNotExist' page.html && no 'Your page.html is still the error from before. Fetch the page again.'
grep -q '^\[' page.html && no 'Your page.html holds JSON: ask for text/html with the header Accept.'
[ -s page.html ] || no 'Your page.html is empty. Perhaps the server was just starting again: fetch the page once more.'
no "Your page.html is not the page about /api/ships/. It begins: $(head -c 80 page.html | tr '\n' ' ')"
