import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ShellTerminal, SIZE } from '../../tests/support/shell-terminal.ts';
import { furtherShell, mainShell } from './main-shell.ts';

test('each command is told when it begins and, with its code, when it ends; the prompt after it', async (t) => {
  const shell = await ShellTerminal.open(t);
  assert.deepEqual(shell.marks, [{ kind: 'prompt' }]);
  shell.marks.length = 0;
  for (const [line, code] of [
    ['true', 0],
    ['false', 1],
    ['(exit 7)', 7],
    ['no-such-command', 127],
    ['for i in 1 2; do echo $i; done', 0],
  ] as const) {
    assert.equal((await shell.enter(line)).code, code, line);
    assert.deepEqual(shell.marks, [{ kind: 'command' }, { kind: 'done', code }, { kind: 'prompt' }], line);
    shell.marks.length = 0;
  }
  const sleeping = shell.enter('sleep 60');
  await shell.until(() => shell.count('command') === 1, 'it sleeps');
  // Ctrl-C before the process is there would be lost, as in any bash.
  await sleep(300);
  shell.press('\x03');
  assert.equal((await sleeping).code, 130);
});

test('an empty line, a comment, Ctrl-C at the prompt and a syntax error are no commands', async (t) => {
  const shell = await ShellTerminal.open(t);
  for (const keys of ['\r', '# nothing\r', 'half a line\x03', ')\r']) {
    const before = shell.count('prompt');
    shell.press(keys);
    await shell.until(() => shell.count('prompt') > before, `a prompt after ${JSON.stringify(keys)}`);
  }
  assert.deepEqual([...new Set(shell.marks.map(({ kind }) => kind))], ['prompt']);
});

test('a shell is what it would be without the marks', async (t) => {
  const files = { '.profile': ". ~/.bashrc\nPS1='me$ '\n", '.bashrc': 'alias ll="ls -l"\nexport OWN=1\n' };
  const ask = [
    'shopt -p; set -o; trap; alias; echo "$- $0 $# $SHLVL $HISTFILE $HISTSIZE $MAILCHECK"; bind -v',
    'declare -p | sed "s/=.*//" | grep -vE " (__drydock|PS0|PROMPT_COMMAND|_|BASH_.*|COLUMNS|LINES|COMP_.*)$"',
    'env | grep -v "^_="; ls /proc/$$/fd | grep -x 9',
  ].join('; ');
  const answers: string[] = [];
  for (const argv of [undefined, ['bash', '--login']]) {
    const shell = await ShellTerminal.open(t, { files, ...(argv && { argv }) }, argv === undefined);
    shell.press(`(${ask}) >out 2>&1; touch ready\r`);
    const read = () =>
      readFile(path.join(shell.home, 'ready')).then(
        () => true,
        () => false,
      );
    while (!(await read())) await sleep(10);
    answers.push((await readFile(path.join(shell.home, 'out'), 'utf8')).replaceAll(shell.home, '~'));
  }
  assert.equal(answers[0], answers[1]);
  assert.match(answers[0] ?? '', /OWN=1/);
});

test('$? and $_ are the learner’s own', async (t) => {
  const shell = await ShellTerminal.open(t);
  await shell.enter('(exit 5)');
  assert.match((await shell.enter('echo "code $?"')).printed, /\ncode 5\n/);
  await shell.enter('echo one two');
  assert.match((await shell.enter('echo "last $_"')).printed, /\nlast two\n/);
  await shell.enter('true | (exit 4) | true');
  assert.match((await shell.enter('echo "${PIPESTATUS[@]}"')).printed, /\n0 4 0\n/);
});

/** What learners do to their shells, and what `sh -c 'exit 3'` then prints before the next prompt. */
const HABITS: [string, string][] = [
  ["PS1='> '", ''],
  ['unset PS1', ''],
  ['PS1="$PS1$ "', ''],
  ['PROMPT_COMMAND="echo own"', 'own\n'],
  ['PROMPT_COMMAND=()', ''],
  ['PROMPT_COMMAND=("echo a" "echo b")', 'a\nb\n'],
  ['unset PROMPT_COMMAND', ''],
  [String.raw`PS0='started\n'`, 'started\n'],
  ['set -u', ''],
  ['set -x', "+ sh -c 'exit 3'\n"],
  ['set -a', ''],
  ['set -o posix', ''],
  ['set -o vi', ''],
  ['set -C', ''],
  ['set -T', ''],
  ['shopt -s extdebug nullglob', ''],
  ['IFS=0123456789', ''],
  ['alias printf=false builtin=false local=false', ''],
  ['printf() { echo mine; }', ''],
  ['trap "echo seen" DEBUG', 'seen\n'],
  ['trap "echo seen" DEBUG; set -xT', "++ echo seen\nseen\n+ sh -c 'exit 3'\n"],
  ['trap "echo wrong" ERR', 'wrong\n'],
];

for (const [habit, printed] of HABITS) {
  test(`after ${habit} commands are told as before, and nothing strange is shown`, async (t) => {
    const shell = await ShellTerminal.open(t);
    await shell.enter(habit);
    // A hook that is gone comes back with the next command.
    await shell.enter('true');
    const prompt = shell.text.slice(shell.text.lastIndexOf('\n') + 1);
    const answer = await shell.enter("sh -c 'exit 3'");
    assert.equal(answer.code, 3);
    assert.equal(answer.printed, `sh -c 'exit 3'\n${printed}${prompt}`);
    assert.doesNotMatch(shell.text, /drydock|133;/);
  });
}

test('a prompt that cannot be changed costs its own mark only', async (t) => {
  const shell = await ShellTerminal.open(t);
  for (const line of ["readonly PS1='fixed> '", 'false', 'true']) {
    const done = shell.count('done');
    shell.press(`${line}\r`);
    await shell.until(() => shell.count('done') > done, line);
  }
  assert.deepEqual(
    shell.marks.flatMap((mark) => (mark.kind === 'done' ? mark.code : [])),
    [0, 1, 0],
  );
  assert.match(shell.text, /\nfixed> false\nfixed> true\n(fixed> )?$/);
});

test('under "set -e" the shell goes on until a command fails, and then ends as it would', async (t) => {
  const shell = await ShellTerminal.open(t, { argv: mainShell() });
  await shell.enter('set -eu');
  assert.equal((await shell.enter('echo fine')).code, 0);
  assert.deepEqual(await shell.enter('false').then(({ code }) => code), null);
  await shell.until(() => /The shell ended/.test(shell.text), 'a fresh shell');
  assert.equal((await shell.enter('(exit 4)')).code, 4);
});

test('settings of the prompt in the learner’s own files are kept, and so are the marks', async (t) => {
  const files = {
    '.bash_profile': '. ~/.bashrc\n',
    '.profile': 'echo not read\n',
    '.bashrc': "PROMPT_COMMAND=('echo hook')\nPS1='mine> '\nset -u\ntrap 'echo bye' EXIT\n",
    '.bash_logout': 'echo logout\n',
  };
  const shell = await ShellTerminal.open(t, { files });
  assert.match(shell.text, /^\n*hook\nmine> $/);
  assert.equal((await shell.enter('(exit 6)')).code, 6);
  shell.press('logout\r');
  await shell.until(() => /logout\n.*bye/s.test(shell.text), 'the files of a logout');
});

test('a start that is broken or interrupted leaves a shell with marks', async (t) => {
  const broken = await ShellTerminal.open(t, { files: { '.profile': 'if then\n' } });
  assert.equal((await broken.enter('false')).code, 1);
  const slow = await ShellTerminal.open(t, { files: { '.profile': 'echo slow; sleep 60\n' } }, false);
  await slow.until(() => slow.text.includes('slow'), 'it sleeps');
  // Ctrl-C between two commands of a file would be lost, as in any bash.
  await sleep(300);
  slow.press('\x03');
  await slow.until(() => slow.count('prompt') > 0, 'a prompt');
  assert.equal((await slow.enter('false')).code, 1);
});

test('a shell that ends at once is followed by a plain one, with marks', async (t) => {
  const shell = await ShellTerminal.open(t, { argv: mainShell(), files: { '.profile': 'exit\n' } });
  assert.match(shell.text, /without \.profile/);
  assert.equal((await shell.enter('(exit 9)')).code, 9);
});

const INSIDE = [
  'bash --norc',
  'script -qc "bash --norc" log',
  'exec bash --norc',
  'PS1="in> " python3 -q -i -c ""',
];
for (const program of INSIDE) {
  test(`inside ${program} a line that was sent and its output have come to rest: a pause`, async (t) => {
    const shell = await ShellTerminal.open(t);
    shell.press(`${program}\r`);
    await shell.until(() => /(norc-?|bash.*[#$]|>>>) $/.test(shell.text), 'it waits');
    await shell.until(() => shell.count('command') === 1, 'it was told');
    shell.press('1\r');
    await shell.until(() => shell.count('pause') === 1, 'a pause');
    await sleep(1000);
    assert.deepEqual(shell.marks, [{ kind: 'prompt' }, { kind: 'command' }, { kind: 'pause' }]);
    if (program.startsWith('exec')) return;
    shell.press('\x04');
    await shell.until(() => shell.count('prompt') === 2, 'the shell is back');
    assert.equal(shell.count('done'), 1);
  });
}

test('no process is started for a prompt', async () => {
  const script = await readFile(path.join(import.meta.dirname, 'shell-integration.bash'), 'utf8');
  const code = script.replaceAll(/^\s*#.*$/gm, '').replaceAll('$((', '');
  assert.doesNotMatch(code, /\$\(|`|<\(|[^|]\|[^|]|&\s*$/m);
});

/** Keys of a learner who edits lines. */
const EDITING: [string, string][] = [
  ['a line that wraps', `echo ${'word '.repeat(30)}`],
  ['the beginning of a line that wraps', `echo ${'word '.repeat(30)}\x01# `],
  ['deleting in a line that wraps', `echo ${'漢字 '.repeat(20)}${'\x7f'.repeat(25)}`],
  ['a command from before', 'echo first\recho second\r\x1b[A\x1b[A\x1b[B!'],
  ['a search in the history', 'echo first\recho second\r\x12fir\x1b[C'],
  ['names that are completed', 'touch abc1 abc2 abd\rls ab\t\tc\t\t'],
  ['a cleared screen', 'echo some\r\x0cecho more'],
  ['a command in several lines', 'for i in 1 2\rdo echo $i\rdone\r\x1b[A'],
  ['nothing but Enter', '\r\r\r'],
  ['Ctrl-C', 'half a line\x03other'],
];

for (const [what, keys] of EDITING) {
  test(`${what} looks as it does without marks`, async (t) => {
    const screens: string[] = [];
    for (const argv of [furtherShell(SIZE), ['bash', '--login']]) {
      const shell = await ShellTerminal.open(t, { argv, files: { '.hushlogin': '' } }, false);
      await shell.until(() => /[$#] $/.test(shell.text), 'a prompt');
      for (const part of keys.split(/(?<=\r)/)) {
        shell.press(part);
        await shell.rest();
      }
      screens.push((await shell.screen()).replaceAll(path.basename(shell.home), 'home'));
    }
    assert.equal(screens[0], screens[1]);
    assert.ok((screens[0] ?? '').length > 10, screens[0]);
  });
}
