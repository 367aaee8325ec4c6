#!/bin/bash
# Passes when fleet.yaml wants two, two run, none is left over, and keeper.py knows how to remove.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
for file in keeper.py fleet.yaml; do
  [ -f "$file" ] || no "$file is gone. Reset the lab to get it back."
done
wanted=$(python3 -B -c 'import yaml; print(yaml.safe_load(open("fleet.yaml"))["spec"]["replicas"])' 2>&1) || no "fleet.yaml cannot be read: $(tail -n 1 <<< "$wanted" | cut -c 1-150)"
running=$(docker ps --quiet --filter label=app=fleet | wc -l)
all=$(docker ps --all --quiet --filter label=app=fleet | wc -l)
[ "$wanted" = 2 ] || no "fleet.yaml wants $wanted containers, and $running run. Ask for 2 in the file."
[ "$all" -gt 0 ] || no 'No container of the fleet is there. Run python3 keeper.py.'
[ "$running" -gt 2 ] && no "2 are wanted, but $running run. keeper.py must remove the surplus."
[ "$running" -lt 2 ] && no "2 are wanted, but only $running run. Run python3 keeper.py once more; does it remove too many?"
[ "$all" -gt "$running" ] && no "2 run, but $((all - running)) that ended still lie about: docker ps --all. A container is removed with remove()."
grep -Eq 'remove *\(|remove *= *True|auto_remove' keeper.py || no 'Two run, but keeper.py did not do it: it has no line that removes a container.'
echo 'It starts what is missing and removes what is too much. That is a controller.'
