python3 note.py process disk 0
python3 note.py environment disk "$(du -sm env | cut -f 1)"
python3 note.py container disk $(($(docker image inspect -f '{{ .Size }}' python:3.11-slim) / 1000000))
python3 note.py machine disk "$(du -cm machines/tiny.qcow2 /usr/share/lab-vm | tail -n 1 | cut -f 1)"
