[ -d env ] || python3 -m venv env
virsh domstate tiny || lab-vm-define tiny
time python3 -c pass
python3 note.py process start 0.02
time env/bin/python -c pass
python3 note.py environment start 0.02
time docker run --rm python:3.11-slim python -c pass
python3 note.py container start 0.6
time (virsh start tiny; until grep -q poweroff machines/tiny.log; do sleep 0.1; done)
python3 note.py machine start 3.2
