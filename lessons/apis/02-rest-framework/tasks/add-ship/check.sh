#!/bin/bash
# Passes when the database of harbour has the ship of the learner, 80 metres long.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -s harbour/db.sqlite3 ] || no 'harbour has no database yet. The task before this one makes it.'
found=$(python3 - "$LESSON_SHIP" 2>&1 << 'END'
import sqlite3
import sys
ships = sqlite3.connect("file:harbour/db.sqlite3?mode=ro", uri=True)
row = ships.execute("SELECT length FROM ships_ship WHERE name = ?", [sys.argv[1]]).fetchone()
print(row[0] if row else "none of " + ", ".join(name for name, in ships.execute("SELECT name FROM ships_ship")))
END
) || no "The database cannot be read: $(tail -n 1 <<< "$found" | cut -c 1-150)"
[[ $found = 'none of'* ]] && no "There is no ship $LESSON_SHIP yet. There are: ${found#none of }"
[ "$found" = 80 ] || no "$LESSON_SHIP is there, with a length of $found. It should be 80. PATCH its address, or DELETE it and post it again."
echo "$LESSON_SHIP has come in."
