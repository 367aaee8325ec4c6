#!/bin/bash
# Passes when ~/env has Django, and ~/harbour is a project of Django whose settings load.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -d env ] || no 'There is no environment ~/env yet.'
[ -x env/bin/python ] || no 'The folder ~/env is there, but has no bin/python. Remove it, and make it with python3 -m venv env.'
ls -d env/lib/python3*/site-packages/django > /dev/null 2>&1 || no 'The environment ~/env is there. Django is not installed in it yet.'
[ -f manage.py ] && [ ! -f harbour/manage.py ] && no 'manage.py lies in your home folder itself. Remove it and the folder harbour, and leave out the dot behind the name.'
[ -d harbour ] || no 'Django is installed. There is no folder ~/harbour yet.'
[ -f harbour/manage.py ] || no 'The folder ~/harbour is there, but holds no manage.py. Remove the folder: startproject makes it.'
[ -f harbour/harbour/settings.py ] || no 'The folder ~/harbour holds no harbour/settings.py. Was the project given another name?'
found=$(cd harbour && timeout 25 ../env/bin/python -B -c 'from harbour.settings import *' 2>&1) || no "The settings of harbour do not load: $(tail -n 1 <<< "$found" | cut -c 1-200)"
echo 'Django is installed and configured.'
