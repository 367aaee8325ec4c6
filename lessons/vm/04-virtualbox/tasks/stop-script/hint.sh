#!/bin/bash
# Says which of the two faults is the next one.
if grep -qs 'find_machine("Quay")' stop.py; then
  echo 'The name in find_machine is written otherwise than in VBoxManage list vms.'
elif ! grep -qsE 'create_session|lock_machine' stop.py; then
  echo 'The machine is found. The line with Session() is the next to look at.'
fi
