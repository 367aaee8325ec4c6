for column in packages processes kernel; do python3 note.py process $column no; python3 note.py machine $column yes; done
for column in processes kernel; do python3 note.py environment $column no; done
python3 note.py environment packages yes
for column in packages processes; do python3 note.py container $column yes; done
python3 note.py container kernel no
