uname -r > host.txt
virsh start tiny
until grep -q kernel machines/tiny.log; do sleep 1; done
sed -n 's/^ *kernel \([^,]*\),.*/\1/p' machines/tiny.log | tail -n 1 > guest.txt
cat host.txt guest.txt
