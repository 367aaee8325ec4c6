docker ps -a | grep idle || docker run -d --name idle python:3.11-slim python -c "import time; time.sleep(3600)"
virsh suspend tiny
python3 note.py process memory 9
python3 note.py environment memory 9
python3 note.py container memory 9
python3 note.py machine memory $(($(ps -C qemu-system-x86_64 -o rss=) / 1024))
