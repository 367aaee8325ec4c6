#!/bin/bash
# Passes when who.txt says of each thing whether the environment or the computer provides it.
no() {
  printf '%s\n' "$*"
  exit 1
}

# expect NAME ANSWER QUESTION: ends the check with the question where the file says otherwise.
expect() {
  local found
  found=$(sed -n "s/^[[:space:]]*$1[[:space:]]*:[[:space:]]*//p" who.txt | tail -n 1 | tr -d '[:space:]' | tr '[:upper:]' '[:lower:]')
  case $found in
    "$2") ;;
    '') no "who.txt has no answer for $1. Expected a line such as  $1: environment" ;;
    '?') no "who.txt still has a question mark for $1." ;;
    environment | computer) no "$1: you wrote $found. $3" ;;
    *) no "$1: expected environment or computer, found: ${found:0:40}" ;;
  esac
}

cd || exit 2
# A check leaves no trace, not even in the caches of Python.
export PYTHONDONTWRITEBYTECODE=1
[ -f who.txt ] || no 'Your ~/who.txt is gone. "Reset lab" brings it back.'
expect spellout environment 'Where did pip put it: under /usr, or under the environment?'
expect pip environment 'You started it as ship/bin/pip, and pip list names it. Whose folder is that?'
expect interpreter computer 'Where did readlink -f lead you?'
expect json computer 'Look again into borrowed.txt: where does its file lie?'
expect database computer 'pip installs Python packages. Could it install a server that runs beside your program?'
expect kernel computer 'The kernel runs every program of the machine. Does an environment start one of its own?'
echo 'That is the border: Python packages on one side, everything else on the other.'
