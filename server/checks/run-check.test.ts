import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Verdict } from '../../protocol/api.ts';
import { localSandbox, type LocalSandbox } from '../../tests/fakes/local-run.ts';
import { DrydockError } from '../errors.ts';
import { runCheck, type ScriptFault } from './run-check.ts';

function sandboxFor(t: TestContext): LocalSandbox {
  const sandbox = localSandbox();
  t.after(() => sandbox.destroy());
  return sandbox;
}

const never = new AbortController().signal;

async function verdictOf(t: TestContext, script: string): Promise<Verdict & { faults: ScriptFault[] }> {
  const faults: ScriptFault[] = [];
  const check = { script, timeoutMs: 20_000, onFault: (fault: ScriptFault) => faults.push(fault) };
  return { ...(await runCheck(sandboxFor(t), check, never)), faults };
}

test('exit code 0 is passed, with what the check says', async (t) => {
  const verdict = await verdictOf(t, 'echo "The environment is there."');
  assert.equal(verdict.status, 'passed');
  assert.equal(verdict.message, 'The environment is there.');
  assert.ok(verdict.durationMs >= 0);
});

test('a silent success says Passed, a silent failure Not yet', async (t) => {
  assert.equal((await verdictOf(t, 'true')).message, 'Passed');
  assert.deepEqual(await verdictOf(t, 'exit 1').then(({ status, message }) => ({ status, message })), {
    status: 'failed',
    message: 'Not yet.',
  });
});

test('exit code 1 is failed, with stdout as the message and without stderr', async (t) => {
  const verdict = await verdictOf(t, 'echo "There is no folder env."; ls /no/such; exit 1');
  assert.equal(verdict.status, 'failed');
  assert.equal(verdict.message, 'There is no folder env.');
});

for (const [title, script] of [
  ['another code', 'echo half; echo "why" >&2; exit 3'],
  ['an unknown command', 'nosuchcommand'],
  ['a syntax error', 'echo half\nif true'],
  ['a syntax error on the only line', 'echo )'],
] as const) {
  test(`${title} is the fault of the check and is told to the author only`, async (t) => {
    const verdict = await verdictOf(t, script);
    assert.equal(verdict.status, 'error');
    assert.equal(verdict.message, 'This check is faulty; it is not your fault.');
    assert.equal(verdict.faults.length, 1);
    assert.notEqual(verdict.faults[0]?.stderr, '');
  });
}

test('the script has an empty stdin and is not in the process list', async (t) => {
  const verdict = await verdictOf(
    t,
    'read -r line && exit 3\ngrep -al needle-in-hay /proc/[0-9]*/cmdline | wc -l',
  );
  assert.equal(verdict.status, 'passed');
  // The one that is found is grep itself.
  assert.equal(verdict.message, '1');
});

test('a script may be longer than an argument can be', async (t) => {
  const script = `${'# a long comment line that says nothing at all\n'.repeat(4000)}echo end`;
  assert.ok(script.length > 128 * 1024);
  assert.equal((await verdictOf(t, script)).message, 'end');
});

test('it works in the home folder of the sandbox', async (t) => {
  const sandbox = sandboxFor(t);
  await runCheck(sandbox, { script: 'touch here', timeoutMs: 20_000 }, never);
  assert.ok(existsSync(path.join(sandbox.home, 'here')));
});

test('a check that takes too long is a timeout', async (t) => {
  const verdict = await runCheck(sandboxFor(t), { script: 'sleep 60', timeoutMs: 300 }, never);
  assert.equal(verdict.status, 'timeout');
  assert.match(verdict.message, /longer than 0.3 s/);
});

test('messages are plain and bounded: failed keeps the beginning, passed the end', async (t) => {
  const coloured = await verdictOf(
    t,
    String.raw`printf '\e[1;31mred\e[0m \e]0;title\a\u202eback\x07\r\nnext\n'; exit 1`,
  );
  assert.equal(coloured.message, 'red back\nnext');
  const failed = await verdictOf(t, 'seq 1 5000; exit 1');
  assert.ok(failed.message.length <= 2000);
  assert.match(failed.message, /^1\n2\n/);
  assert.match(failed.message, /…$/);
  const passed = await verdictOf(t, 'seq 1 900');
  assert.ok(passed.message.length <= 2000);
  assert.match(passed.message, /^…\d+\n[\s\S]*\n900$/);
});

test('output that is not text does no harm', async (t) => {
  const verdict = await verdictOf(t, 'head -c 100000 /dev/urandom; exit 1');
  assert.equal(verdict.status, 'failed');
  assert.ok(verdict.message.length <= 2000);
  // oxlint-disable-next-line no-control-regex
  assert.doesNotMatch(verdict.message, /[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
});

test('checks of one sandbox run one after the other, in order, and too many are refused', async (t) => {
  const sandbox = sandboxFor(t);
  const script = (n: number): string =>
    `mkdir lock || exit 3; echo ${n} >> order; sleep 0.1; rmdir lock; cat order`;
  const runs = [1, 2, 3, 4, 5].map((n) => runCheck(sandbox, { script: script(n), timeoutMs: 20_000 }, never));
  const results = await Promise.allSettled(runs);
  assert.deepEqual(
    results.slice(0, 4).map((result) => result.status === 'fulfilled' && result.value.message),
    ['1', '1\n2', '1\n2\n3', '1\n2\n3\n4'],
  );
  const last = results[4];
  assert.ok(
    last?.status === 'rejected' && last.reason instanceof DrydockError && last.reason.code === 'busy',
  );
  // All places are free again.
  assert.equal(
    (await runCheck(sandbox, { script: 'echo again', timeoutMs: 20_000 }, never)).message,
    'again',
  );
});

test('one that gives up waiting leaves its place, without letting others overtake', async (t) => {
  const sandbox = sandboxFor(t);
  const leaving = new AbortController();
  const first = runCheck(sandbox, { script: 'sleep 0.3; touch first', timeoutMs: 20_000 }, never);
  const second = runCheck(sandbox, { script: 'touch second', timeoutMs: 20_000 }, leaving.signal);
  const third = runCheck(sandbox, { script: '[ -e first ] && [ ! -e second ]', timeoutMs: 20_000 }, never);
  leaving.abort(new Error('left'));
  await assert.rejects(second, /left/);
  assert.equal((await first).status, 'passed');
  assert.equal((await third).status, 'passed');
});

test('an abort ends a running check', async (t) => {
  const leaving = new AbortController();
  const run = runCheck(sandboxFor(t), { script: 'sleep 60', timeoutMs: 60_000 }, leaving.signal);
  setTimeout(() => leaving.abort(new Error('left')), 50);
  await assert.rejects(run, /left/);
});

test('exit code 75 is not yet, but it will come by itself', async (t) => {
  const { faults, ...verdict } = await verdictOf(t, 'echo "The container starts."; exit 75');
  assert.deepEqual(
    { ...verdict, durationMs: 0 },
    { status: 'failed', message: 'The container starts.', waiting: true, durationMs: 0 },
  );
  assert.deepEqual(faults, []);
  assert.equal((await verdictOf(t, 'exit 1')).waiting, undefined);
});

test('a check sees the values of the learner, whatever they contain, and counts its lines as its author', async (t) => {
  const values = { web_port: '20001', odd: `it's $HOME "and" \`id\`\\`, empty: '' };
  const script = '#!/bin/bash\nprintenv LESSON_WEB_PORT LESSON_ODD LESSON_EMPTY\necho "$LINENO"';
  const verdict = await runCheck(sandboxFor(t), { script, timeoutMs: 20_000, values }, never);
  assert.equal(verdict.message, `20001\n${values.odd}\n\n3`);
});
