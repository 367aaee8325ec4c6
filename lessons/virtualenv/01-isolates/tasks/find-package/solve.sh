box/bin/pip install spellout
box/bin/python -c 'import spellout; print(spellout.__file__)' > found.txt
