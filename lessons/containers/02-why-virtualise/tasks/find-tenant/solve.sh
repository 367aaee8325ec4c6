docker run -d --name tenant busybox sleep 5000
pgrep -f 'sleep 5000' > pid.txt
grep NSpid "/proc/$(cat pid.txt)/status"
