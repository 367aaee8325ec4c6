lab-vm-define trial
virsh start trial
until grep -q poweroff machines/trial.log; do sleep 1; done
virsh snapshot-create-as trial clean
virsh snapshot-revert trial clean
