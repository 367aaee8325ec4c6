import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import type { Verdict } from '../protocol/api.ts';
import { FakeProgress, FakeRegistry, fakeCatalog } from '../tests/fakes/http-deps.ts';
import { until } from '../tests/http/client.ts';
import { startChecking } from './checking.ts';
import { EventHub } from './http/event-hub.ts';
import { terminalKey } from './http/terminal-lifecycle.ts';

/** More than the pause after a command, less than that after an attach. */
const SOON_MS = 500;

async function scene(t: TestContext) {
  const folder = mkdtempSync(path.join(tmpdir(), 'drydock-checking-'));
  const registry = new FakeRegistry();
  const catalog = fakeCatalog(folder, { quizzes: [], values: [], hints: {} });
  const checked: string[] = [];
  const state = {
    watched: true,
    verdict: { status: 'failed', message: 'Not yet.', durationMs: 1 } as Verdict,
  };
  const checking = startChecking({
    catalog: () => catalog,
    registry,
    progress: new FakeProgress(),
    hub: new EventHub(),
    watched: () => state.watched,
    runCheck: async (_sandbox, { script }) => {
      checked.push(script.replace('echo ', ''));
      return state.verdict;
    },
    secret: Buffer.alloc(32, 1),
    log: pino({ level: 'silent' }),
  });
  t.after(async () => {
    await checking.close();
    rmSync(folder, { recursive: true });
  });
  const [lesson] = catalog.lessons;
  assert.ok(lesson);
  state.watched = false;
  const { entry } = await registry.start('ann', lesson);
  state.watched = true;
  return { registry, checking, checked, state, entry };
}

test('a command that has ended, and a line to a program, are causes; a prompt and a beginning are none', async (t) => {
  const { checking, checked, entry } = await scene(t);
  const key = terminalKey(entry, 'main');
  for (const kind of ['prompt', 'command']) checking.onMark(key, { kind });
  await sleep(SOON_MS);
  assert.deepEqual(checked, []);
  for (const kind of ['done', 'pause']) {
    checking.onMark(key, { kind });
    await until(() => checked.length === 2, `both tasks are checked after ${kind}`);
    assert.deepEqual(checked.splice(0), ['create-env', 'use-env']);
    await sleep(SOON_MS);
  }
});

test('marks of another generation, of an unknown sandbox, and what is no key do nothing', async (t) => {
  const { checking, checked, entry } = await scene(t);
  for (const key of [`${entry.id}/2/main`, 'other/1/main', entry.id, '', `${entry.id}/x/main`]) {
    checking.onMark(key, { kind: 'done' });
  }
  await sleep(SOON_MS);
  assert.deepEqual(checked, []);
});

test('a sandbox that becomes ready while somebody watches is looked at', async (t) => {
  const { registry, checked, entry } = await scene(t);
  registry.change({ ...entry, state: 'starting', generation: 2 });
  registry.change({ ...entry, state: 'ready', generation: 2 });
  await until(() => checked.length === 2, 'both tasks are checked');
});

test('what was told is forgotten with the sandbox', async (t) => {
  const { registry, checking, entry, state } = await scene(t);
  state.verdict = { status: 'passed', message: 'Well done.', durationMs: 1 };
  await checking.check(entry, 'create-env', new AbortController().signal);
  assert.equal(checking.told(entry, 'create-env')?.message, 'Well done.');
  registry.markEnded(entry.id, 'Over.');
  assert.equal(checking.told(entry, 'create-env'), undefined);
});

test('close ends the following', async (t) => {
  const { registry, checking, checked, entry } = await scene(t);
  await checking.close();
  assert.equal(registry.listeners, 0);
  checking.onMark(terminalKey(entry, 'main'), { kind: 'done' });
  await sleep(SOON_MS);
  assert.deepEqual(checked, []);
});
