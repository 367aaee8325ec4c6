ps -eo rss,comm --sort -rss | head -n 4
echo qemu-system-x86_64 > player.txt
