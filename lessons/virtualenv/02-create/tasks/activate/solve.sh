source myenv/bin/activate
python -c 'import sys; print(sys.prefix)' > inside.txt
deactivate
python3 -c 'import sys; print(sys.prefix)' > outside.txt
