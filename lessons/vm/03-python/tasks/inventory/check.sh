#!/bin/bash
# Passes when inventory.py prints name and memory of every machine.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
export PYTHONDONTWRITEBYTECODE=1
definitions=.config/libvirt/qemu
for name in north south; do
  [ -e "$definitions/$name.xml" ] || no "There is no machine $name yet. lab-vm-define makes it."
done
[ -e inventory.py ] || no 'Both machines are there. There is no inventory.py in your home folder yet.'
grep -qE '(north|south)' inventory.py && no 'inventory.py has the name of a machine in it. Let libvirt tell the names: conn.listAllDomains()'
# It runs with a module of the check's own in place of libvirt: other machines, and nothing of yours is touched.
stand_in=$(mktemp -d)
trap 'rm -r "$stand_in"' EXIT
cat > "$stand_in/libvirt.py" <<'END'
class libvirtError(Exception): pass
class Machine:
    def __init__(self, name, mib, active): self._ = (name, mib, active)
    def name(self): return self._[0]
    def maxMemory(self): return self._[1] * 1024
    def info(self): return [1 if self._[2] else 5, self._[1] * 1024, self._[1] * 1024, 1, 0]
    def isActive(self): return self._[2]
class Connection:
    def listAllDomains(self, flags=0): return [Machine("gull", 64, 0), Machine("tern", 256, 1)]
    def lookupByName(self, name): return next(m for m in self.listAllDomains() if m.name() == name)
    def close(self): return 0
def open(uri=None): return Connection()
openReadOnly = open
END
said=$(PYTHONPATH=$stand_in timeout 4 python3 inventory.py 2>&1) || no "inventory.py stops with: $(tail -n 1 <<<"$said" | head -c 160)"
wanted=$(printf 'gull 64\ntern 256')
[ "$said" = "$wanted" ] && { echo 'One line each, whatever machines there are.'; exit 0; }
[ "$said" = "$(printf 'gull 65536\ntern 262144')" ] && no 'The memory is in KiB. The task asks for MiB: divide by 1024 with //.'
grep -q 'gull' <<<"$said" || no "inventory.py does not list all machines. With two others, gull and tern, it printed: $(head -c 120 <<<"$said")"
no "I ran it with two other machines and expected: gull 64 / tern 256. It printed: $(tr '\n' '/' <<<"$said" | head -c 120)"
