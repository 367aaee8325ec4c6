#!/bin/bash
# Passes when the noted sizes fit to what lies on the disk.
no() {
  printf '%s\n' "$*"
  exit 1
}

# The number or word that was noted down, empty where there is none.
noted() {
  python3 -c 'import json, sys; print(json.load(open("table.json")).get(sys.argv[1], {}).get(sys.argv[2], ""))' "$1" "$2" 2>/dev/null
}

# All four of a column are numbers.
numbers() {
  local row value
  for row in process environment container machine; do
    value=$(noted "$row" "$1")
    [ -n "$value" ] || no "Your table has no number for $row, $1 yet: python3 note.py $row $1 NUMBER"
    [[ $value =~ ^[0-9]+(\.[0-9]+)?$ ]] || no "For $row, $1 I expected a number such as 12.5, found: ${value:0:30}"
  done
}

# Whether the first number is larger.
more() {
  awk -v a="$1" -v b="$2" 'BEGIN { exit !(a + 0 > b + 0) }'
}

cd || exit 2
export PYTHONDONTWRITEBYTECODE=1
numbers disk
[ -d env ] || no 'There is no environment env. Make it as shown above.'
[ "$(noted process disk)" = 0 ] || no 'A process alone needs no disk of its own: note 0.'
check() {
  local value
  value=$(noted "$1" disk)
  if more "$value" $(($2 * 3 / 2 + 2)) || more $(($2 / 2)) "$value"; then no "For $1 you noted $value MB; I find about $2 MB."; fi
}
check environment "$(du -sm env | cut -f 1)"
check machine "$(du -cm machines/tiny.qcow2 /usr/share/lab-vm | tail -n 1 | cut -f 1)"
size=$(docker image inspect -f '{{.Size}}' python:3.11-slim 2>/dev/null) || no 'Docker does not know the image python:3.11-slim.'
check container $((size / 1000000))
echo 'All noted. Was the machine as large as you thought?'
