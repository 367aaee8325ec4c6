import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { PtyEvents } from './pty-events.ts';

const bytes = (text: string) => Buffer.from(text);

/** Records what an event source tells, in order. */
function record(events: PtyEvents): string[] {
  const seen: string[] = [];
  events.onExit(({ code }) => seen.push(`exit ${code}`));
  events.onData((data) => seen.push(Buffer.from(data).toString()));
  return seen;
}

test('output before the first subscriber comes first, then the rest, then the exit', async () => {
  const events = new PtyEvents();
  events.push(bytes('a'));
  const seen = record(events);
  events.push(bytes('b'));
  assert.deepEqual(seen, [], 'not before the subscription has returned');
  await turn();
  events.push(bytes('c'));
  events.end({ code: 0, lost: false });
  events.push(bytes('after the end'));
  assert.deepEqual(seen, ['a', 'b', 'c', 'exit 0']);
});

test('a subscriber after the end gets the kept output, then the exit, whichever it asked for first', async () => {
  const events = new PtyEvents();
  events.push(bytes('kept'));
  events.end({ code: 3, lost: false });
  events.end({ code: 4, lost: true });
  const seen = record(events);
  await turn();
  await turn();
  assert.deepEqual(seen, ['kept', 'exit 3']);
});

test('an exit in the turn of the subscription does not overtake the kept output', () => {
  const events = new PtyEvents();
  events.push(bytes('kept'));
  const seen = record(events);
  events.end({ code: 0, lost: false });
  assert.deepEqual(seen, ['kept', 'exit 0']);
});

test('the newest 64 KiB are kept', async () => {
  const events = new PtyEvents();
  events.push(Buffer.alloc(50_000, 'a'));
  events.push(Buffer.alloc(50_000, 'b'));
  events.push(bytes('c'));
  let text = '';
  events.onData((data) => (text += Buffer.from(data).toString()));
  await turn();
  assert.equal(text, 'a'.repeat(65_536 - 50_001) + 'b'.repeat(50_000) + 'c');
});

test('after the first subscriber has left nothing is kept', async () => {
  const events = new PtyEvents();
  events.onData(() => {})();
  events.push(bytes('kept, since the first left before anything was delivered'));
  const off = events.onData(() => {});
  await turn();
  off();
  events.push(bytes('dropped'));
  const seen = record(events);
  await turn();
  assert.deepEqual(seen, []);
});

test('a listener that was removed while others are told hears nothing', async () => {
  const events = new PtyEvents();
  const seen: string[] = [];
  const off = events.onExit(() => seen.push('late'));
  events.end({ code: 0, lost: false });
  const offLate = events.onExit(() => seen.push('after the end'));
  off();
  offLate();
  await turn();
  await turn();
  assert.deepEqual(seen, ['late']);
});

test('mute ends everything', async () => {
  const events = new PtyEvents();
  events.push(bytes('kept'));
  const seen = record(events);
  events.mute();
  events.push(bytes('more'));
  events.end({ code: 0, lost: false });
  await turn();
  assert.deepEqual(seen, []);
});
