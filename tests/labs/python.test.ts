/** The lab "python" on the real engine: two learners side by side make environments, each with a version of its own. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LabBench, type Learner } from './support.ts';

let bench: LabBench;
let one: Learner;
let two: Learner;

before(async () => {
  bench = await LabBench.open('python');
  [one, two] = await Promise.all([bench.learner(), bench.learner()]);
});

after(() => bench.close());

test('both make an environment with virtualenv, typed into the terminal, and hold two versions of a package', async () => {
  await Promise.all([inAnEnvironment(one, '1.2.0'), inAnEnvironment(two, '2.0.0')]);
  for (const [learner, version] of [
    [one, '1.2.0'],
    [two, '2.0.0'],
  ] as const) {
    assert.equal(await learner.ok('myenv/bin/pip freeze'), `spellout==${version}\n`);
  }
});

test('pip refuses to install into the computer’s own Python', async () => {
  const refused = await one.run('pip install virtualenv');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /externally-managed-environment/);
});

test('neither learner sees the files, the memory or the processes of the other', async () => {
  await one.ok('echo secret >~/mine; echo secret >/tmp/mine; (exec -a drydock-mine sleep 60 &>/dev/null &)');
  assert.match(await one.ok('ps -ef'), /drydock-mine/);
  assert.doesNotMatch(await two.ok('ps -ef'), /drydock-mine/);
  assert.equal(await two.ok('find / -xdev -name mine 2>/dev/null; find ~ /tmp -name mine'), '');
});

/** Types the usual steps with virtualenv, and asserts what each shows. */
async function inAnEnvironment(learner: Learner, version: string): Promise<void> {
  const typist = await learner.typist();
  await typist.type('python3 -m venv tools');
  assert.match(await typist.type('tools/bin/pip install virtualenv'), /Successfully installed .*virtualenv-/);
  assert.match(await typist.type('tools/bin/virtualenv myenv'), /^created virtual environment CPython3/);
  await typist.type('source myenv/bin/activate');
  assert.match(await typist.type('echo "$PS1"'), /^\(myenv\) /);
  assert.equal(await typist.type('which python pip'), environment('python', 'pip'));
  const installed = await typist.type(`pip install spellout==${version}`);
  assert.ok(installed.endsWith(`Successfully installed spellout-${version}`), installed);
  assert.match(
    await typist.type('python -c "import spellout; print(spellout.__file__)"'),
    /^\/home\/student\/myenv\//,
  );
  await typist.type('deactivate');
  assert.equal(await typist.type('which python3'), '/usr/bin/python3');
  assert.match(
    await typist.type('python3 -c "import spellout"'),
    /ModuleNotFoundError: No module named 'spellout'/,
  );
}

function environment(...programs: readonly string[]): string {
  return programs.map((program) => `/home/student/myenv/bin/${program}`).join('\n');
}
