/** What learners do in the course on virtual environments, step by step in one sandbox, and what the checks say to it. */
import type { Mistakes } from './mistakes.ts';

export const virtualenvMistakes: Mistakes = {
  'virtualenv/isolates': [
    { task: 'ask-python', type: ['mkdir box'], says: 'has no bin/python' },
    { task: 'ask-python', type: ['rm -r box', 'python3 -m venv box'], says: 'no file ~/system.txt' },
    {
      task: 'ask-python',
      type: ["python3 -c 'import sys; print(sys.prefix)' > box/system.txt"],
      says: 'I found ~/box/system.txt',
    },
    {
      task: 'ask-python',
      type: [
        "python3 -c 'import sys; print(sys.prefix)' > system.txt",
        "python3 -c 'import sys; print(sys.prefix)' > box.txt",
      ],
      says: 'the same Python answered twice',
    },
    { task: 'ask-python', type: ['python > box.txt'], says: 'box.txt is empty' },
    { task: 'ask-python', type: ['echo hi > box.txt'], says: 'but holds: hi' },
    {
      task: 'ask-python',
      type: ["box/bin/python -c 'import sys; print(sys.prefix)' >> box.txt"],
      passes: true,
    },
    { task: 'find-package', type: [], says: 'does not know spellout yet' },
    { task: 'find-package', type: ['box/bin/pip install spellout'], says: 'Write where into' },
    { task: 'find-package', type: ['> found.txt'], says: 'is empty' },
    { task: 'find-package', type: ['echo nowhere > found.txt'], says: 'nothing of that name' },
    { task: 'find-package', type: ['echo box > found.txt'], says: 'the box itself' },
    { task: 'find-package', type: ['echo box/bin/spellout > found.txt'], says: 'does not lie there' },
    { task: 'find-package', type: ["find box -name 'spellout.py' > found.txt"], passes: true },
    {
      task: 'find-package',
      type: ["echo '~/box/lib64/python3.11/site-packages/' > found.txt"],
      passes: true,
    },
    { task: 'own-module', type: [], says: 'no module named ours yet' },
    { task: 'own-module', type: ["echo 'ship = 1' > ours.py"], says: 'whoever stands in its folder' },
    {
      task: 'own-module',
      type: ['mv ours.py box/lib/python3.11/site-packages/'],
      says: 'the ship in it is 1. Yours is',
    },
    {
      task: 'own-module',
      type: ["echo 'ship: tern' > box/lib/python3.11/site-packages/ours.py"],
      says: "NameError: name 'tern' is not defined",
    },
    { task: 'repair-report', type: [], says: 'Which Python does its last line start' },
    {
      task: 'repair-report',
      type: ["sed -i 's/^python3/python/' report.sh"],
      says: 'python: command not found',
    },
    { task: 'repair-report', type: ["sed -i 's/^python/bin\\/python/' report.sh"], says: 'No such file' },
    {
      task: 'repair-report',
      type: ["sed -i 's/^.*python /source box\\/bin\\/activate; python /' report.sh"],
      passes: true,
    },
    {
      task: 'repair-report',
      type: ['pip install --break-system-packages spellout'],
      says: 'it is in ~/.local',
    },
  ],
  'virtualenv/create': [
    { task: 'install-virtualenv', type: ['mkdir tools'], says: 'has no bin/pip' },
    { task: 'install-virtualenv', type: ['rmdir tools', 'python3 -m venv tools'], says: 'is not in it yet' },
    {
      task: 'install-virtualenv',
      type: ['python3 -m venv other', 'other/bin/pip install virtualenv'],
      says: 'installed in ~/other/bin/virtualenv',
    },
    {
      task: 'install-virtualenv',
      type: ['rm -r other', 'pip install --break-system-packages virtualenv'],
      says: 'past the refusal',
    },
    { task: 'install-virtualenv', type: ['tools/bin/pip install virtualenv'], passes: true },
    {
      task: 'create-env',
      type: ['tools/bin/virtualenv tools/myenv'],
      says: 'no folder ~/myenv yet. The program',
    },
    { task: 'create-env', type: ['tools/bin/virtualenv my'], says: 'environment in ~/my, but' },
    { task: 'create-env', type: ['python3 -m venv myenv'], says: 'made by python3 -m venv' },
    { task: 'create-env', type: ['rm -r myenv', 'mkdir myenv'], says: 'no pyvenv.cfg' },
    { task: 'create-env', type: ['rmdir myenv; tools/bin/virtualenv myenv'], passes: true },
    {
      task: 'activate',
      type: ["python3 -c 'import sys; print(sys.prefix)' > inside.txt"],
      says: 'myenv was not active',
    },
    {
      task: 'activate',
      type: [
        'source tools/bin/activate',
        "python3 -c 'import sys; print(sys.prefix)' > inside.txt",
        'deactivate',
      ],
      says: 'tools was active',
    },
    {
      task: 'activate',
      type: ['source myenv/bin/activate', "python3 -c 'import sys; print(sys.prefix)' > inside.txt"],
      says: 'is right. Leave',
    },
    {
      task: 'activate',
      type: ["python3 -c 'import sys; print(sys.prefix)' > outside.txt", 'deactivate'],
      says: 'still active',
    },
    {
      task: 'renamed',
      type: ['tools/bin/virtualenv draft; draft/bin/pip install spellout'],
      says: 'give it its new name',
    },
    { task: 'renamed', type: ['mv draft harbour'], says: 'does not start. Its first line' },
    {
      task: 'renamed',
      type: ['sed -i "s|/draft/|/harbour/|" harbour/bin/pip'],
      says: 'harbour/bin/spellout does not',
    },
    {
      task: 'renamed',
      type: ['sed -i "s|/draft/|/harbour/|" harbour/bin/spellout'],
      says: 'still speaks of ~/draft',
    },
    { task: 'renamed', type: ['tools/bin/virtualenv draft'], says: 'and so is ~/draft' },
    {
      task: 'renamed',
      type: ['rm -r draft harbour; tools/bin/virtualenv harbour'],
      says: 'spellout is missing there',
    },
  ],
  'virtualenv/side-by-side': [
    { task: 'see-it-break', type: ['python3 -m venv shared'], says: 'spellout is not in it yet' },
    {
      task: 'see-it-break',
      type: ['shared/bin/pip install spellout==1.2.0'],
      says: 'still holds spellout 1.2.0',
    },
    {
      task: 'see-it-break',
      type: ['shared/bin/python harbour-new/call.py 2> error.txt'],
      says: 'complaint of harbour-new',
    },
    {
      task: 'see-it-break',
      type: ['shared/bin/pip install -U spellout', 'python3 harbour-old/call.py 2> error.txt'],
      says: 'no spellout at all',
    },
    {
      task: 'see-it-break',
      type: ['shared/bin/python harbour-old/call.py > error.txt'],
      says: 'error.txt is empty',
    },
    { task: 'see-it-break', type: ['shared/bin/python call.py 2> error.txt'], says: 'did not find the file' },
    {
      task: 'see-it-break',
      type: ['cd harbour-old; ../shared/bin/python call.py 2> error.txt; cd; rm error.txt'],
      says: 'I found ~/harbour-old/error.txt',
    },
    { task: 'two-versions', type: ['python3 -m venv harbour-old'], says: "fills the project's own folder" },
    { task: 'two-versions', type: ['python3 -m venv harbour-old/env'], says: 'spellout is not in it' },
    {
      task: 'two-versions',
      type: ['harbour-old/env/bin/pip install spellout'],
      says: 'needs spellout 1.2.0; its environment holds 2.0.0',
    },
    {
      task: 'two-versions',
      type: ['harbour-old/env/bin/pip install spellout==1.2.0'],
      says: 'harbour-new has no environment',
    },
    {
      task: 'two-versions',
      type: ['python3 -m venv harbour-new/env; harbour-new/env/bin/pip install spellout'],
      passes: true,
    },
    { task: 'accident', type: [], says: 'Cause the accident first' },
    {
      task: 'accident',
      type: ['harbour-new/env/bin/pip install radiocall==1.0.0'],
      says: 'needs spellout 2, and its environment holds spellout 1.2.0',
    },
    {
      task: 'accident',
      type: ['harbour-new/env/bin/pip install spellout==2.0.0'],
      says: 'pip check says: radiocall 1.0.0 has requirement',
    },
    { task: 'accident', type: ['harbour-new/env/bin/pip install radiocall==2.0.0'], passes: true },
    { task: 'accident', type: ['rm -r harbour-old/env'], says: 'harbour-old is broken' },
  ],
  'virtualenv/requirements': [
    { task: 'freeze', type: ['python3 -m venv lookout/env'], says: 'radiocall is not in' },
    {
      task: 'freeze',
      type: ['lookout/env/bin/pip install radiocall'],
      says: 'its environment holds: radiocall==2.0.0',
    },
    {
      task: 'freeze',
      type: ['lookout/env/bin/pip install radiocall==1.0.0', 'lookout/env/bin/pip freeze > requirements.txt'],
      says: 'belongs beside the program',
    },
    {
      task: 'freeze',
      type: ['lookout/env/bin/pip list > lookout/requirements.txt'],
      says: 'output of pip list',
    },
    { task: 'freeze', type: ['pip freeze > lookout/requirements.txt'], says: 'is empty. Which pip' },
    { task: 'freeze', type: ['> lookout/requirements.txt'], says: 'is empty. Which pip' },
    {
      task: 'freeze',
      type: ['echo radiocall==1.0.0 > lookout/requirements.txt'],
      says: 'lacks the line spellout==1.2.0',
    },
    {
      task: 'freeze',
      type: [
        'lookout/env/bin/pip freeze > lookout/requirements.txt; echo django==2.1 >> lookout/requirements.txt',
      ],
      says: 'names django==2.1',
    },
    { task: 'freeze', type: ['lookout/env/bin/pip freeze > lookout/requirements.txt'], passes: true },
    { task: 'rebuild', type: ['cp -r lookout/env second'], says: 'was copied from another' },
    { task: 'rebuild', type: ['rm -r second; ln -s lookout/env second'], says: 'copied from another' },
    { task: 'rebuild', type: ['rm second; python3 -m venv second'], says: 'empty still' },
    { task: 'rebuild', type: ['second/bin/pip install radiocall'], says: 'should hold radiocall==1.0.0' },
    {
      task: 'rebuild',
      type: ['second/bin/pip install -r lookout/requirements.txt platformdirs'],
      says: 'also holds platformdirs',
    },
    {
      task: 'inherited',
      type: ["sed -i 's/1.9.0/1.2.0/' inherited/requirements.txt"],
      says: 'Now make an environment',
    },
    { task: 'inherited', type: ['python3 -m venv inherited/env'], says: 'depends on spellout<3 and >=2' },
    {
      task: 'inherited',
      type: ["sed -i 's/2.0.0/1.0.0/' inherited/requirements.txt"],
      says: 'does not follow it yet',
    },
    {
      task: 'inherited',
      type: ['inherited/env/bin/pip install -r inherited/requirements.txt'],
      says: 'wants the function words',
    },
    {
      task: 'inherited',
      type: ["printf 'radiocall\\nspellout\\n' > inherited/requirements.txt"],
      says: 'with its exact version',
    },
    {
      task: 'inherited',
      type: ["printf 'radiocal==2.0.0\\nradiocall==2.0.0\\nspellout==2.0.0\\n' > inherited/requirements.txt"],
      says: 'cannot install from the list',
    },
    {
      task: 'inherited',
      type: [
        "printf 'radiocall==2.0.0\\nspellout==2.0.0\\n' > inherited/requirements.txt; inherited/env/bin/pip install -r inherited/requirements.txt",
      ],
      passes: true,
    },
  ],
  'virtualenv/limits': [
    { task: 'borrowed', type: ['python3 -m venv app'], says: 'missing or empty' },
    {
      task: 'borrowed',
      type: ['readlink app/bin/python > borrowed.txt'],
      says: 'does not name the program behind',
    },
    {
      task: 'borrowed',
      type: ['readlink app/bin/python3 > borrowed.txt'],
      says: 'Close, but that is a link too',
    },
    { task: 'borrowed', type: ['echo app/bin/python > borrowed.txt'], says: 'which is a link' },
    { task: 'borrowed', type: ['readlink -f app/bin/python > borrowed.txt'], says: 'module json is missing' },
    {
      task: 'borrowed',
      type: ["python3 -c 'import json; print(json.__file__)' >> borrowed.txt"],
      passes: true,
    },
    {
      task: 'python-gone',
      type: [
        'mkdir -p standin/bin; ln -s /usr/bin/python3 standin/bin/python3; standin/bin/python3 -m venv ship',
      ],
      says: 'but is empty. Load it',
    },
    {
      task: 'python-gone',
      type: ['ship/bin/pip install spellout==1.2.0'],
      says: 'still runs on the stand-in',
    },
    { task: 'python-gone', type: ['rm -r standin'], says: 'leads to /home/student/standin/bin/python3' },
    {
      task: 'python-gone',
      type: ['python3 -m venv --upgrade ship'],
      says: 'leads to /home/student/standin/bin/python3',
    },
    { task: 'python-gone', type: ['ln -sf /usr/bin/python3 ship/bin/python3'], passes: true },
    { task: 'python-gone', type: ['python3 -m venv --clear ship'], says: 'spellout is missing' },
    { task: 'python-gone', type: ['ship/bin/pip install spellout'], says: 'with spellout 2.0.0' },
    { task: 'shared-port', type: [], says: 'The second environment is missing' },
    { task: 'shared-port', type: ['python3 -m venv tools'], says: 'Nobody listens at port' },
    {
      task: 'shared-port',
      type: ['echo "OSError: [Errno 98] Address already in use" > taken.txt'],
      says: 'Nobody listens at port',
    },
    {
      task: 'who-provides',
      type: ["sed -i 's/?/environment/' who.txt"],
      says: 'interpreter: you wrote environment',
    },
    {
      task: 'who-provides',
      type: ["sed -i 's/^json.*//' who.txt; sed -i 's/^interpreter.*/Interpreter: Computer/' who.txt"],
      says: 'no answer for interpreter',
    },
    {
      task: 'who-provides',
      type: ["sed -i 's/^Interpreter.*/interpreter: the computer/' who.txt"],
      says: 'expected environment or computer, found: thecomputer',
    },
  ],
};
