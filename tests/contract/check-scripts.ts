/** What becomes of checks that misbehave. Run by a test of each engine, since the engine enforces the bounds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCheck, type ScriptFault } from '../../server/checks/run-check.ts';
import type { Sandbox } from '../../server/sandbox/engine.ts';

const FAULTY = 'This check is faulty; it is not your fault.';

interface Misbehaviour {
  readonly title: string;
  readonly script: string;
  readonly timeoutMs?: number;
  readonly status: string;
  readonly message: RegExp;
  /** What its author reads, where it is faulty. */
  readonly fault?: RegExp;
}

const MISBEHAVIOURS: readonly Misbehaviour[] = [
  {
    title: 'prints megabytes',
    script: 'yes "far too much" | head -c 20000000; exit 1',
    status: 'failed',
    message: /^(far too much\n)+far[^\n]*…$/,
  },
  {
    title: 'prints megabytes in one line, not all of it text',
    script: 'head -c 5000000 /dev/urandom; exit 1',
    status: 'failed',
    message: /^[\s\S]{1,2000}$/,
  },
  {
    title: 'never ends',
    script: 'echo begun; sleep 5000',
    timeoutMs: 700,
    status: 'timeout',
    message: /longer than 0\.7 s/,
  },
  {
    title: 'prints without end',
    script: 'yes',
    timeoutMs: 700,
    status: 'timeout',
    message: /longer than 0\.7 s/,
  },
  {
    title: 'waits for input',
    script: 'read -r line; echo "got <$line>"; exit 1',
    status: 'failed',
    message: /^got <>$/,
  },
  {
    title: 'kills its own shell',
    script: 'echo half; kill -KILL $$',
    status: 'error',
    message: new RegExp(`^${FAULTY}$`),
    fault: /"code":(137|null)/,
  },
  {
    title: 'kills all that it may',
    script: 'trap "" TERM; echo before; kill -TERM $$; echo after; exit 1',
    status: 'failed',
    message: /^before\nafter$/,
  },
  {
    title: 'closes its output',
    script: 'echo "Not there."; exec >&- 2>&-; echo lost; exit 1',
    status: 'failed',
    message: /^Not there\.$/,
  },
  {
    title: 'names a program that there is not',
    script: 'nosuchprogram',
    status: 'error',
    message: new RegExp(`^${FAULTY}$`),
    fault: /nosuchprogram: command not found/,
  },
  {
    title: 'names an interpreter that there is not and is not executable, which makes no difference',
    script: '#!/no/such/interpreter\necho "Works."\n',
    status: 'passed',
    message: /^Works\.$/,
  },
];

/** Declares the suite. `get` gives a running sandbox that all tests share. */
export function testCheckScripts(get: () => Sandbox): void {
  for (const { title, script, timeoutMs = 20_000, status, message, fault } of MISBEHAVIOURS) {
    test(`a check that ${title}: ${status}`, async () => {
      const faults: ScriptFault[] = [];
      const began = performance.now();
      const check = { script, timeoutMs, onFault: (found: ScriptFault) => faults.push(found) };
      const verdict = await runCheck(get(), check, AbortSignal.timeout(60_000));
      assert.equal(verdict.status, status, verdict.message);
      assert.match(verdict.message, message);
      assert.ok(verdict.message.length <= 2000);
      assert.ok(performance.now() - began < 20_000);
      if (fault) assert.match(JSON.stringify(faults), fault);
      else assert.deepEqual(faults, []);
      await requireUsable(get());
    });
  }

  test('a check that forks without end is stopped with all that it started', async () => {
    const script = 'bomb() { bomb | bomb & }; bomb; wait; sleep 5000';
    const verdict = await runCheck(get(), { script, timeoutMs: 1500 }, AbortSignal.timeout(60_000));
    assert.equal(verdict.status, 'timeout');
    await requireUsable(get());
    const left = 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " " | grep -c "norc [/]dev/fd" || true';
    const { stdout } = await get().run(['bash', '-c', left], { timeoutMs: 20_000, maxOutputBytes: 1000 });
    assert.equal(stdout.trim(), '0');
  });

  test('what a check leaves running does not keep its verdict beyond its time, nor outlives it', async () => {
    const seconds = `${70_000 + Math.floor(Math.random() * 10_000)}`;
    const script = `sleep ${seconds} & echo "Done."; exit 0`;
    const verdict = await runCheck(get(), { script, timeoutMs: 1500 }, AbortSignal.timeout(60_000));
    assert.deepEqual([verdict.status, verdict.message], ['passed', 'Done.']);
    const find = `grep -lsa "^sleep.${seconds}" /proc/[0-9]*/cmdline | wc -l`;
    const { stdout } = await get().run(['bash', '-c', find], { timeoutMs: 20_000, maxOutputBytes: 1000 });
    assert.equal(stdout.trim(), '0');
  });
}

/** The learner goes on working: a command is run at once, and finds room for processes. */
async function requireUsable(sandbox: Sandbox): Promise<void> {
  const result = await sandbox.run(['sh', '-c', 'echo well'], { timeoutMs: 15_000, maxOutputBytes: 100 });
  assert.deepEqual(result, { code: 0, stdout: 'well\n', stderr: '', timedOut: false });
}
