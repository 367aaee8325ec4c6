virsh start north
python3 fleet.py
cat > fleet.py <<'END'
import libvirt

conn = libvirt.open("qemu:///session")
for machine in conn.listAllDomains():
    if not machine.isActive():
        machine.create()
        print("started", machine.name())
END
python3 fleet.py
python3 fleet.py
