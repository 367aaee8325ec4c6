#!/bin/bash
# Passes when plan.txt has the right word for each set-up.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -s plan.txt ] || no 'There is no plan.txt yet. Copy the three lines into it and correct them.'
while read -r name wanted; do
  said=$(sed -n "s/^$name: *//p" plan.txt | head -n 1 | tr -d ' \r')
  [ -n "$said" ] || no "plan.txt has no line for $name yet."
  case $said in inside | beside | docker) ;; *) no "$name: expected inside, beside or docker, found: ${said:0:30}" ;; esac
  [ "$said" = "$wanted" ] || no "$name: $said does not fit. Ask what is there already, and what needs a full system."
done <<'END'
rented-server inside
own-server-with-old-windows-program beside
own-linux-laptop-with-a-web-service docker
END
echo 'A plan with reasons.'
