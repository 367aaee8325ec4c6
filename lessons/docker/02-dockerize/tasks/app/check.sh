#!/bin/bash
# Passes when ~/app/app.py prints the greeting.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
if [ ! -e app/app.py ]; then
  [ -e app.py ] && no 'I found ~/app.py. It belongs in the folder app: mkdir -p ~/app, then mv ~/app.py ~/app/'
  [ -d app ] || no 'There is no folder ~/app yet.'
  other=$(find app -maxdepth 1 -iname '*app*' -type f | head -n 1)
  [ -n "$other" ] && no "I found ~/$other, but no ~/app/app.py. Names are taken to the letter."
  no 'The folder ~/app is there. There is no app.py in it yet.'
fi
[ -s app/app.py ] || no 'Your ~/app/app.py is empty.'
said=$(timeout 5 python3 -B app/app.py 2>&1) || no "Python cannot run ~/app/app.py: $(tail -n 1 <<< "$said")"
[ "$said" = 'Hello from Dockerized Python!' ] || no "Your app.py should print: Hello from Dockerized Python! It prints: ${said:0:80}"
echo 'The program is there, and runs.'
