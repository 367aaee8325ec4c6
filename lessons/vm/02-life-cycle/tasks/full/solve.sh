[ -e machines/old.qcow2 ] || bash old-machine.sh
virsh undefine old
virsh snapshot-delete old before-update
virsh undefine old
rm machines/old.qcow2
