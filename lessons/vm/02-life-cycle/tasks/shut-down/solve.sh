virsh domstate box || lab-vm-define box
virsh domstate box | grep running || virsh start box
until grep -q poweroff machines/box.log; do sleep 1; done
sleep 2
virsh shutdown box
until virsh domstate box | grep 'shut off'; do sleep 1; done
