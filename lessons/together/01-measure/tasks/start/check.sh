#!/bin/bash
# Passes when the start-up times are noted and are of a likely size.
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
numbers start
[ -s machines/tiny.log ] || no 'Your table has four numbers, but the machine tiny has never been started.'
p=$(noted process start) e=$(noted environment start) c=$(noted container start) m=$(noted machine start)
more "$p" 3 && no "A process that takes $p s to start? Note seconds: 0m0.023s is 0.023."
more "$e" 3 && no "An environment's Python that takes $e s to start? Note seconds: 0m0.023s is 0.023."
more "$m" 300 && no "A machine that takes $m s? Note seconds."
more "$c" "$p" || no "By your numbers the container ($c s) starts faster than a mere process ($p s). Measure both again."
more "$m" "$c" || no "By your numbers the machine ($m s) is there before the container ($c s). virsh start comes back at once; measure until the guest greets."
echo 'From hundredths of a second to seconds.'
