import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SandboxInfo } from '../../protocol/api.ts';
import { next } from './lab-state.ts';
import type { LabEvent, LabState } from './lab-state.ts';
import { describe } from './lab-words.ts';

const info = (state: SandboxInfo['state'], more: Partial<SandboxInfo> = {}): LabEvent => ({
  type: 'sandbox',
  info: {
    id: 'id',
    lesson: 'a/b',
    lab: 'python',
    state,
    expiresAt: '2026-01-01T00:00:00Z',
    terminals: ['main'],
    tasks: [],
    values: {},
    ...more,
  },
});

/** The states after each event, from idle. */
function run(...events: LabEvent[]): LabState[] {
  let state: LabState = { name: 'idle' };
  return events.map((event) => (state = next(state, event)));
}

const last = (...events: LabEvent[]) => run(...events).at(-1) as LabState;
const names = (...events: LabEvent[]) => run(...events).map(({ name }) => name);
const words = (...events: LabEvent[]) => describe(last(...events));

test('a cold start: starting until the screen is drawn', () => {
  const building = info('starting', { step: 'building the lab', progress: 0.4 });
  assert.deepEqual(names({ type: 'start' }, building, info('ready'), { type: 'drawn' }), [
    'starting',
    'starting',
    'starting',
    'ready',
  ]);
  assert.equal(words({ type: 'start' }, building)?.notice?.text, 'Building the lab, 40 %');
  assert.equal(words({ type: 'start' }, building)?.notice?.progress, 0.4);
});

test('a start that meets no engine says so, and goes on when it is back', () => {
  const trouble: LabEvent = { type: 'trouble', trouble: 'engine' };
  assert.match(
    words({ type: 'start' }, trouble)?.notice?.text ?? '',
    /engine that runs the labs is not answering/,
  );
  assert.equal(last({ type: 'start' }, trouble).name, 'starting');
  assert.doesNotMatch(words({ type: 'start' }, trouble, info('ready'))?.notice?.text ?? '', /engine/);
});

test('a lost connection: reconnecting until drawn, and typing in vain is said', () => {
  const ready: LabEvent[] = [{ type: 'start' }, info('ready'), { type: 'drawn' }];
  const lost: LabEvent[] = [...ready, { type: 'trouble', trouble: 'connection' }];
  assert.equal(last(...lost).name, 'reconnecting');
  assert.doesNotMatch(words(...lost)?.notice?.text ?? '', /not sent/);
  assert.match(words(...lost, { type: 'typed' })?.notice?.text ?? '', /not sent/);
  assert.match(words(...lost, { type: 'trouble', trouble: 'offline' })?.notice?.title ?? '', /offline/);
  assert.equal(last(...lost, { type: 'drawn' }).name, 'ready');
  assert.equal(last(...ready, { type: 'typed' }).name, 'ready');
});

test('a reset in another tab shows as a reset here', () => {
  const state = last({ type: 'start' }, info('ready'), { type: 'drawn' }, info('starting'));
  assert.deepEqual([state.name, 'work' in state && state.work], ['starting', 'reset']);
});

test('the reason of an end is taken from whoever knows it, once', () => {
  const ended = last(
    { type: 'start' },
    { type: 'end', cause: 'ended' },
    info('ended', { reason: 'Time is up.' }),
  );
  assert.deepEqual(ended, { name: 'ended', cause: 'ended', reason: 'Time is up.' });
  assert.equal(next(ended, { type: 'end', cause: 'gone' }), ended);
  assert.match(describe(ended)?.notice?.text ?? '', /^Time is up\./);
  assert.equal(describe(ended)?.notice?.button, 'Start again');
});

test('what the learner ended stays ended by the learner', () => {
  const ended = last(
    { type: 'start' },
    { type: 'end', cause: 'learner' },
    info('ended', { reason: 'Ended.' }),
  );
  assert.equal(describe(ended)?.notice?.title, 'You ended the lab');
});

test('after the end, late news of the connection changes nothing', () => {
  const late: LabEvent[] = [{ type: 'drawn' }, { type: 'trouble', trouble: 'server' }, { type: 'typed' }];
  for (const event of late)
    assert.equal(last({ type: 'start' }, { type: 'end', cause: 'ended' }, event).name, 'ended');
});

test('coming back to nothing is idle again, in the words of the page', () => {
  assert.deepEqual(names({ type: 'resume' }, { type: 'forget' }), ['reconnecting', 'idle']);
  assert.equal(describe({ name: 'idle' }), undefined);
});

test('every end has words without and with a reason', () => {
  for (const cause of ['ended', 'learner', 'gone', 'failed', 'busy'] as const) {
    for (const reason of [undefined, 'Because.']) {
      const notice = describe({ name: 'ended', cause, reason })?.notice;
      assert.ok(notice && notice.title !== '' && notice.text !== '', cause);
      if (reason !== undefined) assert.match(notice.text, /Because\./);
    }
  }
});
