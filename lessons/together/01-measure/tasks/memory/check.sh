#!/bin/bash
# Passes when the noted memory fits to what runs.
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
numbers memory
m=$(noted machine memory)
rss=$(ps -C qemu-system-x86_64 -o rss= | sort -n | tail -n 1 | tr -d ' ')
[ -n "$rss" ] || no 'There is no machine to compare with: tiny is off. Start it.'
more "$m" $((rss * 2 / 1024)) && no "For the machine you noted $m MB, but QEMU holds about $((rss / 1024)) MB. ps counts in KiB: divide by 1024."
more $((rss / 2 / 1024)) "$m" && no "For the machine you noted $m MB, but QEMU holds about $((rss / 1024)) MB."
for row in process environment container; do
  value=$(noted "$row" memory)
  if more "$value" 100 || more 1 "$value"; then no "For $row you noted $value MB. A Python that sleeps takes some 10 MB; ps counts in KiB, so divide by 1024."; fi
done
echo 'A container holds what its process holds; a machine holds a whole system.'
