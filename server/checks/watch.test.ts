import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Verdict } from '../../protocol/api.ts';
import { Watch } from './watch.ts';

const WAITING: Verdict = { status: 'failed', message: 'Not yet.', waiting: true, durationMs: 1 };
const FAILED: Verdict = { status: 'failed', message: 'Not yet.', durationMs: 1 };
const MINUTE = 60_000;

test('a start waits for the prompt, a command for what follows at once', () => {
  const watch = new Watch(1);
  assert.equal(watch.next(), undefined);
  watch.want('start', 1000);
  assert.equal(watch.next(), 2500);
  watch.want('command', 1100);
  assert.equal(watch.next(), 1250);
});

test('causes that come together are due once', () => {
  const watch = new Watch(1);
  watch.want('command', 0);
  watch.want('command', 100);
  watch.want('pause', 140);
  assert.equal(watch.next(), 150);
  assert.equal(watch.take(150).all, true);
  assert.equal(watch.next(), undefined);
});

test('the first look is quiet unless something was done before it', () => {
  const quiet = new Watch(1);
  quiet.want('start', 0);
  assert.equal(quiet.take(1500).quietly, true);
  quiet.want('command', 2000);
  assert.equal(quiet.take(2150).quietly, false);
  const busy = new Watch(1);
  busy.want('start', 0);
  busy.want('command', 10);
  busy.want('start', 20);
  assert.equal(busy.take(160).quietly, false);
  busy.want('checked', 200);
  assert.equal(busy.take(350).quietly, true, 'what a pass has opened');
});

test('after a round there is a pause, as long as the round took, within bounds', () => {
  for (const [took, pause] of [
    [10, 150],
    [700, 700],
    [9000, 2000],
  ] as const) {
    const watch = new Watch(1);
    watch.paused(0, took);
    watch.want('command', took);
    assert.equal(watch.next(), took + pause);
  }
});

test('a task that waits is due at a growing interval, for ten minutes', () => {
  const watch = new Watch(1);
  watch.learned('web', WAITING, { now: 0, anew: true });
  const times: number[] = [];
  for (let now = watch.next(); now !== undefined; now = watch.next()) {
    times.push(now / 1000);
    const due = watch.take(now);
    assert.deepEqual([due.all, due.wants('web'), due.wants('other')], [false, true, false]);
    watch.learned('web', WAITING, { now, anew: false });
  }
  assert.deepEqual(times.slice(0, 8), [1, 3, 7, 15, 30, 60, 90, 120]);
  assert.ok((times.at(-1) ?? 0) <= 600 && (times.at(-1) ?? 0) > 560, String(times.at(-1)));
});

test('who does something meanwhile is looked at soon again; another verdict ends the waiting', () => {
  const watch = new Watch(1);
  watch.learned('web', WAITING, { now: 0, anew: true });
  for (let n = 0; n < 6; n++) watch.learned('web', WAITING, { now: n * 1000, anew: false });
  watch.learned('web', WAITING, { now: MINUTE, anew: true });
  assert.equal(watch.next(), MINUTE + 1000);
  watch.learned('web', FAILED, { now: MINUTE, anew: false });
  assert.equal(watch.next(), undefined);
});

test('a look that came to no verdict does not make a waiting task due without end', () => {
  const watch = new Watch(1);
  watch.learned('web', WAITING, { now: 0, anew: true });
  watch.take(1000);
  watch.paused(1000, 1100);
  assert.equal(watch.next(), 3100);
});

test('a task whose check is too slow or faulty rests, the others do not', () => {
  for (const status of ['timeout', 'error'] as const) {
    const watch = new Watch(1);
    watch.learned('slow', { status, message: '', durationMs: 1 }, { now: 0, anew: true });
    watch.want('command', 0);
    const due = watch.take(150);
    assert.deepEqual([due.wants('slow'), due.wants('other')], [false, true]);
    watch.want('command', 30_000);
    assert.equal(watch.take(30_150).wants('slow'), true);
  }
});
