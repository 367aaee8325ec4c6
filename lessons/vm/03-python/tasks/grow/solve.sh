cat > grow.py <<'END'
import libvirt

machine = libvirt.open("qemu:///session").lookupByName("north")
config = libvirt.VIR_DOMAIN_AFFECT_CONFIG
machine.setMemoryFlags(160 * 1024, config | libvirt.VIR_DOMAIN_MEM_MAXIMUM)
machine.setMemoryFlags(160 * 1024, config)
END
python3 grow.py
virsh dominfo north
