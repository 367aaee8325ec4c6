tools/bin/virtualenv draft
draft/bin/pip install spellout
mv draft harbour
harbour/bin/pip --version
head -n 1 harbour/bin/pip
rm -r harbour
tools/bin/virtualenv harbour
harbour/bin/pip install spellout
