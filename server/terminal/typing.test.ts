import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ShellTerminal } from '../../tests/support/shell-terminal.ts';
import { DrydockError } from '../errors.ts';

/** The error that typing is refused with. */
async function refusal(typing: Promise<void>): Promise<DrydockError> {
  const error = await typing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DrydockError, `expected a refusal, found ${String(error)}`);
  return error;
}

test('lines are typed one by one, each at a free prompt, and the history has them', async (t) => {
  const shell = await ShellTerminal.open(t);
  await shell.type('mkdir -p a/b\ncd a/b\n\nsleep 0.3; (exit 2)\n# a remark\necho "here: $?" >out\n');
  await shell.until(() => shell.count('done') === 4, 'all commands');
  assert.equal(await readFile(path.join(shell.home, 'a/b/out'), 'utf8'), 'here: 2\n');
  assert.match(
    shell.text,
    /me:~[#$] mkdir -p a\/b\nme:~[#$] cd a\/b\nme:b[#$] sleep 0\.3; \(exit 2\)\nme:b[#$] # a remark\nme:b[#$] echo/,
  );
  assert.match((await shell.enter('history')).printed, / mkdir -p a\/b\n.* cd a\/b\n.* sleep/);
});

test('commands of several lines and here-documents, with tabs and empty lines', async (t) => {
  const shell = await ShellTerminal.open(t);
  const text =
    'for i in 1 2\ndo\n\techo "$i" >>n\ndone\ncat >doc <<EOF\none\n\n\ttwo $HOME\nEOF\ntouch ready\n';
  await shell.type(text);
  await shell.until(() => shell.count('done') === 3, 'all commands');
  assert.equal(await readFile(path.join(shell.home, 'n'), 'utf8'), '1\n2\n');
  assert.equal(await readFile(path.join(shell.home, 'doc'), 'utf8'), `one\n\n\ttwo ${shell.home}\n`);
});

test('a program that asks gets the next line, and so does a shell within the shell', async (t) => {
  const shell = await ShellTerminal.open(t);
  await shell.type(
    'read -p "Name: " name\nAnn\nbash --norc\necho "in $BASHPID" >in\nexit\necho "$name" >out\n',
  );
  await shell.until(() => shell.count('done') === 3, 'all commands');
  assert.equal(await readFile(path.join(shell.home, 'out'), 'utf8'), 'Ann\n');
  assert.match(await readFile(path.join(shell.home, 'in'), 'utf8'), /^in \d+\n$/);
});

test('the same id types once', async (t) => {
  const shell = await ShellTerminal.open(t);
  const once = { id: 'once-only-please' };
  await Promise.all([shell.type('echo x >>out', once), shell.type('echo x >>out', once)]);
  await shell.until(() => shell.count('done') === 1, 'it is done');
  await shell.type('echo x >>out', once);
  await shell.type('echo y >>out');
  await shell.until(() => shell.count('done') === 2, 'the other is done');
  assert.equal(await readFile(path.join(shell.home, 'out'), 'utf8'), 'x\ny\n');
});

test('while something runs or stands at the prompt it is refused, saying what, unless it is wanted anyway', async (t) => {
  const shell = await ShellTerminal.open(t);
  const request = { id: 'refused-at-first' };
  shell.press('echo b');
  await shell.until(() => shell.text.endsWith('echo b'), 'the echo');
  const standing = await refusal(shell.type('c', request));
  assert.equal(standing.code, 'conflict');
  assert.deepEqual(standing.details, { reason: 'line-not-empty', line: 'echo b' });
  await shell.type('c', { ...request, anyway: true });
  await shell.until(() => /\nbc\n/.test(shell.text), 'both were run');

  shell.press('cat\r');
  await shell.until(() => shell.count('command') === 2, 'cat runs');
  assert.deepEqual((await refusal(shell.type('ls'))).details, { reason: 'running', line: '' });
  await shell.type('to cat', { anyway: true });
  await shell.until(() => /to cat\nto cat\n/.test(shell.text), 'cat has it');
  shell.press('\x04');
  await shell.until(() => shell.count('done') === 2, 'cat has ended');

  shell.press('for i in 1; do\r');
  await shell.until(() => shell.text.endsWith('> '), 'the rest is asked for');
  assert.equal(((await refusal(shell.type('ls'))).details as { reason: string }).reason, 'line-not-empty');
});

test('a cursor that was moved, blanks, and a line that wraps stand at the prompt too', async (t) => {
  const shell = await ShellTerminal.open(t);
  for (const [keys, line] of [
    ['echo x\x01', 'echo x'],
    ['   ', ''],
    [`echo ${'wrap '.repeat(30)}end`, `echo ${'wrap '.repeat(30)}end`],
  ] as const) {
    const prompts = shell.count('prompt');
    shell.press(keys);
    await shell.rest();
    assert.deepEqual((await refusal(shell.type('ls'))).details, { reason: 'line-not-empty', line });
    shell.press('\x05\x15');
    await shell.rest();
    await shell.type('true');
    await shell.until(() => shell.count('prompt') > prompts, 'free again');
  }
});

test('two texts do not mix; a learner’s keystroke ends what is typed', async (t) => {
  const shell = await ShellTerminal.open(t);
  await shell.type('sleep 0.5\necho never >out\n');
  assert.deepEqual(((await refusal(shell.type('ls'))).details as { reason: string }).reason, 'typing');
  // What the viewer's terminal answers by itself is no keystroke.
  shell.press('\x1b[1;1R');
  shell.press('\x1b[I');
  assert.deepEqual(((await refusal(shell.type('ls'))).details as { reason: string }).reason, 'typing');
  shell.press('x');
  await shell.until(() => shell.count('prompt') === 2, 'the prompt');
  await sleep(100);
  assert.doesNotMatch(shell.text, /never/);
});

test('too much text is refused', async (t) => {
  const shell = await ShellTerminal.open(t);
  assert.equal((await refusal(shell.type('true\n'.repeat(201)))).code, 'invalid');
  assert.equal((await refusal(shell.type('x'.repeat(8001)))).code, 'invalid');
  assert.equal(
    (await refusal(shell.terminals.type('box/2/main', { text: 'x', id: 'a', anyway: true }))).code,
    'not-found',
  );
  assert.equal(shell.count('command'), 0);
});

test('control characters of a text are not sent', async (t) => {
  const shell = await ShellTerminal.open(t);
  await shell.type('echo a\x03\x1b[2J\x7fb >out\r\n');
  await shell.until(() => shell.count('done') === 1, 'it is done');
  assert.equal(await readFile(path.join(shell.home, 'out'), 'utf8'), 'a[2Jb\n');
});

test('after a restart of the server the free prompt is known, and nothing of before is told again', async (t) => {
  const shell = await ShellTerminal.open(t, { journal: true });
  await shell.enter('seq 30');
  shell.marks.length = 0;
  await shell.restart();
  await shell.type('echo typed >out');
  await shell.until(() => shell.count('done') === 1, 'it is done');
  shell.press('half');
  await shell.until(() => shell.text.endsWith('half'), 'the echo');
  await shell.restart();
  assert.deepEqual((await refusal(shell.type('ls'))).details, { reason: 'line-not-empty', line: 'half' });
  assert.deepEqual(shell.marks.slice(0, 3), [
    { kind: 'command' },
    { kind: 'done', code: 0 },
    { kind: 'prompt' },
  ]);
  assert.equal(shell.marks.length, 3);
});

test('after a restart during a command it is told when that has ended', async (t) => {
  const shell = await ShellTerminal.open(t, { journal: true });
  shell.press('read -p "go? "; (exit 8)\r');
  await shell.until(() => shell.count('command') === 1 && shell.text.endsWith('go? '), 'it waits');
  await shell.restart();
  assert.deepEqual((await refusal(shell.type('ls'))).details, { reason: 'running', line: 'go?' });
  shell.press('\r');
  await shell.until(() => shell.count('prompt') === 2, 'the prompt');
  assert.deepEqual(shell.marks.slice(-2), [{ kind: 'done', code: 8 }, { kind: 'prompt' }]);
});

test('a pause comes once for an Enter, when the output has come to rest', async (t) => {
  const shell = await ShellTerminal.open(t);
  shell.press('while read -r n; do for i in {1..16}; do sleep 0.1; echo "$n"; done; done\r');
  await shell.until(() => shell.count('command') === 1, 'it runs');
  await sleep(900);
  assert.equal(shell.count('pause'), 0, 'Enter was followed by the mark');
  shell.press('a\r');
  await sleep(1500);
  assert.equal(shell.count('pause'), 0, 'while it prints');
  await shell.until(() => shell.count('pause') === 1, 'the pause');
  await sleep(1000);
  assert.equal(shell.count('pause'), 1);
});

test('a shell that has lost its marks is heard by pauses, and typed at where it looks idle', async (t) => {
  const shell = await ShellTerminal.open(t);
  await shell.enter('unset PS0 PROMPT_COMMAND');
  shell.press("PS1='own$ '\r");
  await shell.until(() => shell.count('pause') === 1, 'a pause');
  await shell.type('cat >out <<EOF\none\nEOF');
  await shell.until(() => shell.count('pause') === 2 && shell.text.endsWith('own$ '), 'the prompt');
  assert.equal(await readFile(path.join(shell.home, 'out'), 'utf8'), 'one\n');
  shell.press('half');
  await shell.until(() => shell.text.endsWith('half'), 'the echo');
  assert.deepEqual((await refusal(shell.type('ls'))).details, { reason: 'running', line: 'own$ half' });
});
