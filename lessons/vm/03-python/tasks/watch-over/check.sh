#!/bin/bash
# Passes when both machines run and fleet.py passes over machines that run.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
export PYTHONDONTWRITEBYTECODE=1
[ -e fleet.py ] || no 'fleet.py is gone. Reset the lab, or write it anew.'
stand_in=$(mktemp -d)
trap 'rm -r "$stand_in"' EXIT
cat > "$stand_in/libvirt.py" <<'END'
import os
VIR_CONNECT_LIST_DOMAINS_INACTIVE, VIR_CONNECT_LIST_DOMAINS_ACTIVE, VIR_DOMAIN_RUNNING, VIR_DOMAIN_SHUTOFF = 2, 1, 1, 5
class libvirtError(Exception):
    def get_error_code(self): return 55
class Machine:
    def __init__(self, name, active): self._name, self._active = name, active
    def name(self): return self._name
    def isActive(self): return self._active
    def state(self, flags=0): return [1 if self._active else 5, 0]
    def info(self): return [1 if self._active else 5, 0, 0, 1, 0]
    def create(self):
        if self._active: raise libvirtError("Requested operation is not valid: domain is already running")
        self._active = 1
        with __builtins__["open"](os.environ["STARTED"], "a") as notes: notes.write(self._name + "\n")
class Connection:
    machines = [Machine("gull", 1), Machine("tern", 0), Machine("skua", 1), Machine("auk", 0)]
    def listAllDomains(self, flags=0):
        return [m for m in self.machines if flags not in (1, 2) or m.isActive() == (flags == 1)]
    def listDefinedDomains(self): return [m.name() for m in self.machines if not m.isActive()]
    def lookupByName(self, name): return next(m for m in self.machines if m.name() == name)
    def close(self): return 0
def open(uri=None): return Connection()
END
said=$(STARTED=$stand_in/started PYTHONPATH=$stand_in timeout 4 python3 fleet.py 2>&1) || no "With a machine that runs already, fleet.py still stops: $(tail -n 1 <<<"$said" | head -c 160)"
[ "$(cat "$stand_in/started" 2>/dev/null)" = "$(printf 'tern\nauk')" ] || no 'fleet.py ends without an error now, but it does not start every machine that is off.'
for name in north south; do
  grep -qs "<domstatus state='running'" ".cache/libvirt/qemu/run/$name.xml" || no "fleet.py is right now. Run it: $name is still off."
done
echo 'Run it as often as you like: it does what is missing, and nothing else.'
