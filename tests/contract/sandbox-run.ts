/** Engine contract, part 3: bounded commands. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunLimits, Sandbox } from '../../server/sandbox/engine.ts';
import type { Fixture } from './engine-fixture.ts';
import { startSandbox } from './sandbox-support.ts';

const LIMITS: RunLimits = { timeoutMs: 20_000, maxOutputBytes: 10_000 };

export function testRun(get: () => Fixture): void {
  test('run gives the exit code, and stdout and stderr apart', async (t) => {
    const sandbox = await startSandbox(t, get());
    const result = await sandbox.run(['sh', '-c', 'echo out; echo err >&2; exit 3'], LIMITS);
    assert.deepEqual(result, { code: 3, stdout: 'out\n', stderr: 'err\n', timedOut: false });
  });

  test('run passes arguments as they are, works in the home folder, finds what the shell sees', async (t) => {
    const sandbox = await startSandbox(t, get());
    const odd = ['', ' two words ', '$HOME', "it's", '-n', 'ä€😀'];
    const args = await sandbox.run(['printf', '[%s]', ...odd], LIMITS);
    assert.equal(args.stdout, odd.map((one) => `[${one}]`).join(''));
    const home = await sandbox.run(['sh', '-c', '[ "$PWD" = "$HOME" ] && echo "$USER $TERM"'], LIMITS);
    assert.equal(home.stdout, 'student xterm-256color\n');
  });

  test('a program that does not exist is a result: code 127', async (t) => {
    const result = await (await startSandbox(t, get())).run(['no-such-program'], LIMITS);
    assert.equal(result.code, 127);
    assert.notEqual(result.stderr, '');
  });

  test('run feeds the input and closes it', async (t) => {
    const sandbox = await startSandbox(t, get());
    const input = Buffer.alloc(1_000_000, 'x');
    assert.equal((await sandbox.run(['wc', '-c'], { ...LIMITS, input })).stdout.trim(), '1000000');
    assert.equal((await sandbox.run(['cat'], { ...LIMITS, input: new Uint8Array() })).stdout, '');
    assert.equal((await sandbox.run(['true'], { ...LIMITS, input })).code, 0, 'input that is not read');
    assert.equal((await sandbox.run(['cat'], LIMITS)).stdout, '', 'no input is an empty one');
  });

  test('run keeps the first bytes of each output, drops the rest, and lets the command finish', async (t) => {
    const sandbox = await startSandbox(t, get());
    const script = 'printf begin; yes | head -c 3000000; head -c 50000 /dev/zero >&2; exit 4';
    const result = await sandbox.run(['sh', '-c', script], LIMITS);
    assert.equal(result.code, 4);
    assert.equal(result.stdout.length, LIMITS.maxOutputBytes);
    assert.ok(result.stdout.startsWith('beginy\n'));
    assert.equal(result.stderr.length, LIMITS.maxOutputBytes);
  });

  test('the deadline ends the command with all that it started', async (t) => {
    const sandbox = await startSandbox(t, get());
    const seconds = `${50_000 + Math.floor(Math.random() * 10_000)}`;
    const script = `echo begun; trap "" TERM; sleep ${seconds} & setsid sleep ${seconds} & sleep ${seconds}`;
    const began = performance.now();
    const result = await sandbox.run(['bash', '-c', script], { ...LIMITS, timeoutMs: 700 });
    assert.ok(performance.now() - began < 10_000);
    assert.deepEqual(result, { code: null, stdout: 'begun\n', stderr: '', timedOut: true });
    assert.equal(await countOf(sandbox, seconds), 0);
  });

  test('a flood ends at the deadline', async (t) => {
    const sandbox = await startSandbox(t, get());
    const result = await sandbox.run(['yes'], { ...LIMITS, timeoutMs: 700 });
    assert.equal(result.timedOut, true);
    assert.equal(result.stdout.length, LIMITS.maxOutputBytes);
  });

  test('an abort ends the command and rejects with the reason', async (t) => {
    const sandbox = await startSandbox(t, get());
    const seconds = `${60_000 + Math.floor(Math.random() * 10_000)}`;
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    const running = sandbox.run(['sleep', seconds], { ...LIMITS, signal: controller.signal });
    const rejected = assert.rejects(running, reason);
    for (let n = 0; n < 100 && (await countOf(sandbox, seconds)) === 0; n += 1);
    controller.abort(reason);
    await rejected;
    assert.equal(await countOf(sandbox, seconds), 0);
    await assert.rejects(sandbox.run(['true'], { ...LIMITS, signal: controller.signal }), reason);
  });

  test('commands run side by side', async (t) => {
    const sandbox = await startSandbox(t, get());
    const numbers = Array.from({ length: 8 }, (_, index) => index);
    const results = await Promise.all(
      numbers.map((n) => sandbox.run(['sh', '-c', `echo ${n}; exit ${n}`], LIMITS)),
    );
    assert.deepEqual(
      results.map(({ code, stdout }) => [code, stdout]),
      numbers.map((n) => [n, `${n}\n`]),
    );
  });

  test('what a command leaves running does not keep its result', async (t) => {
    const sandbox = await startSandbox(t, get());
    const began = performance.now();
    const result = await sandbox.run(
      ['sh', '-c', 'sleep 600 >/dev/null 2>&1 </dev/null & echo ready'],
      LIMITS,
    );
    assert.deepEqual(result, { code: 0, stdout: 'ready\n', stderr: '', timedOut: false });
    assert.ok(performance.now() - began < 10_000);
  });
}

/** How many processes of the sandbox are a `sleep` of that many seconds. */
async function countOf(sandbox: Sandbox, seconds: string): Promise<number> {
  const script = 'grep -lsa "^sleep.$1" /proc/[0-9]*/cmdline | wc -l';
  return Number((await sandbox.run(['bash', '-c', script, 'count', seconds], LIMITS)).stdout);
}
