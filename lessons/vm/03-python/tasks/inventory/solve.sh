lab-vm-define south 128
cat > inventory.py <<'END'
import libvirt

conn = libvirt.open("qemu:///session")
for machine in conn.listAllDomains():
    print(machine.name(), machine.maxMemory() // 1024)
END
virsh domstate north || lab-vm-define north 96
python3 inventory.py
