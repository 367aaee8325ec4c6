#!/bin/bash
# Passes when the last three columns are right.
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
right='process packages no
process processes no
process kernel no
environment packages yes
environment processes no
environment kernel no
container packages yes
container processes yes
container kernel no
machine packages yes
machine processes yes
machine kernel yes'
while read -r row column wanted; do
  value=$(noted "$row" "$column")
  [ -n "$value" ] || no "Your table says nothing about $row, $column yet: python3 note.py $row $column yes (or no)"
  case ${value,,} in yes | no) ;; *) no "For $row, $column I expected yes or no, found: ${value:0:30}" ;; esac
  [ "${value,,}" = "$wanted" ] || no "For $row, $column your table says $value. Look once more: does it have its own $column?"
done <<<"$right"
echo 'Each step keeps one more thing apart.'
