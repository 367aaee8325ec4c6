/** What a lesson's scripts may do wrong: each is found in a real sandbox, in time, and told so that its author learns. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { writeNewLesson } from '../../cli/lesson/new-command.ts';
import { LessonLab } from '../../cli/lesson/proof/lesson-lab.ts';
import { prove, type Half } from '../../cli/lesson/proof/prove.ts';
import { failuresOf, formatFailure } from '../../cli/lesson/proof/result.ts';
import { runCommand } from '../../cli/setup/command.ts';
import { copyLessons, type Copy } from './copy.ts';
import { folders, root } from './folders.ts';

const LESSON = 'lessons/quay/01-ropes';
const TASK = `${LESSON}/tasks/say-hello`;

let lab: LessonLab;
let copy: Copy;
before(async () => {
  lab = await LessonLab.open(folders.labs);
});
after(() => lab.close());
beforeEach(() => {
  copy = copyLessons();
  writeNewLesson({ name: 'new', id: 'quay/ropes', lab: 'python' }, copy.folders);
});
afterEach(() => copy.remove());

/** Everything that is told of a half of the proof, as one text. */
async function told(half: Half, signal: AbortSignal): Promise<string> {
  const lessons = [copy.lesson('quay/ropes')];
  const limits = { lineMs: 6000, waitingMs: 4000 };
  const [result] = await prove({
    lab,
    lessons,
    rounds: 1,
    root: copy.root,
    signal,
    halves: [half],
    ...limits,
  });
  assert.ok(result);
  return failuresOf(result)
    .map((failure) => formatFailure(failure))
    .join('\n');
}

const CHECKS: readonly { what: string; script: string; says: RegExp }[] = [
  {
    what: 'prints megabytes',
    script: '[ -s hello.txt ] || { head -c 5000000 /dev/zero | tr "\\0" x; exit 1; }\n',
    says: /say-hello: expected a message of at most 2000 characters, found more: the rest was cut; send the output/,
  },
  {
    what: 'never ends',
    script: 'while true; do sleep 1; done\n',
    says: /check\.sh:1: say-hello: expected a check that passes or fails, found that it never ended: it was stopped .*; look for a loop/,
  },
  {
    what: 'kills its own shell',
    script: 'kill -9 $$\n',
    says: /expected a check that passes or fails, found its end by signal 9; a check must not end its own shell/,
  },
  {
    what: 'has a syntax error',
    script: 'if [ -s hello.txt ]; then\n',
    says: /found exit code 2: ".*syntax error.*"; exit with 0 \(passed\), 1 \(not yet\) or 75/,
  },
  {
    what: 'says nothing',
    script: '[ -s hello.txt ]\n',
    says: /expected a message that says what is missing, found none; print what is missing before "exit 1"/,
  },
  {
    what: 'leaves traces',
    script: 'echo seen >> seen.txt\n[ -s hello.txt ] || { echo No file; exit 1; }\n',
    says: /expected a check that changes nothing in the learner's home, found changes at seen\.txt; use mktemp/,
  },
  {
    what: 'waits for what never comes',
    script: 'echo The crane is under way\nexit 75\n',
    says: /expected that it passes in time after its solution, found exit code 75: "The crane is under way"/,
  },
  {
    what: 'passes while nothing is done',
    script: 'exit 0\n',
    says: /expected exit code 1 or 75 while nothing is done, found exit code 0: "Passed"; let it look at/,
  },
];

for (const { what, script, says } of CHECKS) {
  test(`a check that ${what}`, async (t) => {
    copy.write(`${TASK}/check.sh`, script);
    copy.edit(`${LESSON}/index.mdx`, 'title: Say hello', 'title: Say hello\n    timeoutSeconds: 2');
    assert.match(await told('tasks', t.signal), says);
  });
}

test('a check that forks ends all the same, and one that is not executable is fine', async (t) => {
  copy.write(`${TASK}/check.sh`, 'sleep 600 &\n[ -s hello.txt ] || { echo No file yet; exit 1; }\n');
  chmodSync(path.join(copy.root, TASK, 'check.sh'), 0o600);
  assert.equal(await told('tasks', t.signal), '');
});

test('what a program that the learner has left running writes meanwhile is no trace of the check', async (t) => {
  copy.write(`${TASK}/check.sh`, '[ -s hello.txt ] || { echo No file yet; exit 1; }\nsleep 0.3\n');
  copy.write(
    `${TASK}/solve.sh`,
    'echo hello > hello.txt\n(while sleep 0.02; do echo x; done) > noise.txt &\n',
  );
  assert.equal(await told('tasks', t.signal), '');
});

test('a check that has to wait passes when its time has come', async (t) => {
  copy.write(`${TASK}/check.sh`, '[ -e late.txt ] || { echo Still to come; exit 75; }\n');
  copy.write(`${TASK}/solve.sh`, '(sleep 1; touch late.txt) &\n');
  assert.equal(await told('tasks', t.signal), '');
});

test('a solution that waits for input', async (t) => {
  copy.write(`${TASK}/solve.sh`, 'echo hello > hello.txt\nread -p "Sure? "\n');
  const text = await told('tasks', t.signal);
  assert.match(
    text,
    /solve\.sh:2: say-hello: expected the prompt after "read -p "Sure\? "", found "Sure\?" 6 s after/,
  );
  assert.match(text, /if it waits for input, give the answer as a further line/);
  assert.match(text, /│ .*\$ read -p "Sure\? "\n {2}│ Sure\?/);
});

test('a solution that answers a question, and one that leaves a program and comes back', async (t) => {
  copy.write(
    `${TASK}/solve.sh`,
    `read -p "Word? " w\nHello, harbour\npython3 -i -q\nopen("hello.txt", "w").write("Hello, harbour")\nexit()\necho "$w"\n`,
  );
  assert.equal(await told('tasks', t.signal), '');
});

test('a hint script that fails', async (t) => {
  copy.write(`${TASK}/hint.sh`, 'grep -q hello hello.txt\n');
  const says =
    /hint\.sh:1: say-hello: expected exit code 0 from the hint script, .*, found exit code 2: "grep: hello\.txt/;
  assert.match(await told('tasks', t.signal), says);
});

test('a fence to run that fails, one with a typo, and one that waits', async (t) => {
  const text = `${LESSON}/index.mdx`;
  copy.edit(text, /```console run[^]*?```/, '```bash run\ncd nowhere\necho fine\n```');
  assert.match(
    await told('text', t.signal),
    /index\.mdx:21: expected exit code 0 from "cd nowhere", found exit code 1; mend/,
  );
  copy.edit(text, 'cd nowhere', 'cat');
  assert.match(
    await told('text', t.signal),
    /index\.mdx:21: expected the prompt after "cat", found .* 6 s after the line/,
  );
});

test('values are put into solutions, fences and checks', async (t) => {
  copy.edit(`${LESSON}/index.mdx`, '---\n\nAfter', 'values:\n  ship: word\n  pid: script\n---\n\nAfter');
  copy.edit(
    `${LESSON}/index.mdx`,
    '$ echo "Ships ahoy"\nShips ahoy',
    '$ echo "{{ship}} ahoy"\n{{ship}} ahoy',
  );
  copy.write(`${LESSON}/values/pid.sh`, '[ -e hello.txt ] && wc -l < hello.txt\n');
  copy.write(
    `${TASK}/check.sh`,
    'grep -qx "$LESSON_SHIP" hello.txt || { echo "Expected $LESSON_SHIP"; exit 1; }\n',
  );
  copy.write(`${TASK}/solve.sh`, 'echo {{ship}} > hello.txt\n');
  assert.equal(await told('tasks', t.signal), '');
  assert.equal(await told('text', t.signal), '');
  copy.write(`${LESSON}/values/pid.sh`, 'exit 1\n');
  assert.match(
    await told('tasks', t.signal),
    /values\/pid\.sh:1: expected the value "pid" on the first line of stdout/,
  );
});

describe('the command', () => {
  test('a wrong path is an error, since nothing was tested', async () => {
    const argv = [path.join(root, 'cli', 'lesson.ts'), 'test', 'quay/nothing'];
    await assert.rejects(promisify(execFile)(process.execPath, argv, { timeout: 30_000 }), {
      code: 1,
      stderr: /found "quay\/nothing"\. The lessons are:\n[^]*docker\/install/,
    });
  });

  test('Ctrl-C leaves no sandbox behind', async () => {
    const format = '{{.Label "drydock.instance"}}';
    const sandboxes = async (pid: number): Promise<string> => {
      const names = await runCommand(['docker', 'ps', '--format', format], { timeoutMs: 30_000 });
      return names
        .split('\n')
        .filter((name) => name.startsWith(`lessons-${pid}-`))
        .join();
    };
    const child = spawn(
      process.execPath,
      [path.join(root, 'cli', 'lesson.ts'), 'test', 'virtualenv/create'],
      { stdio: 'ignore' },
    );
    const pid = child.pid ?? 0;
    for (let tries = 0; (await sandboxes(pid)) === '' && tries < 100; tries++) await sleep(100);
    assert.notEqual(await sandboxes(pid), '', 'it has started a sandbox');
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 130);
    assert.equal(await sandboxes(pid), '');
  });
});
