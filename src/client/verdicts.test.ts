import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Verdict } from '../../protocol/api.ts';
import { UNTOUCHED, afterState, afterVerdict, isNews, spoken } from './verdicts.ts';

const verdict = (status: Verdict['status'], message = '', waiting?: boolean): Verdict => ({
  status,
  message,
  durationMs: 1,
  ...(waiting !== undefined && { waiting }),
});
const passed = afterVerdict(UNTOUCHED, verdict('passed', 'Done.'));

test('a verdict gives status, message and tone; without words of its own it gets some', () => {
  assert.deepEqual(passed, { status: 'passed', message: 'Done.', tone: 'passed', waiting: false });
  assert.equal(afterVerdict(passed, verdict('broken', 'The folder is gone.')).status, 'broken');
  assert.notEqual(afterVerdict(UNTOUCHED, verdict('failed', '  ')).message, '');
});

test('a check that came to no end leaves the status as it was', () => {
  for (const status of ['timeout', 'error'] as const) {
    assert.equal(afterVerdict(passed, verdict(status)).status, 'passed');
    assert.equal(afterVerdict(UNTOUCHED, verdict(status)).status, 'not-yet');
  }
});

test('the same verdict again is no news, another message or tone is', () => {
  const failed = afterVerdict(UNTOUCHED, verdict('failed', 'No file.'));
  assert.equal(isNews(failed, afterVerdict(failed, verdict('failed', 'No file.'))), false);
  assert.equal(isNews(failed, afterVerdict(failed, verdict('failed', 'An empty file.'))), true);
  assert.equal(isNews(failed, afterVerdict(failed, verdict('timeout', 'No file.'))), true);
  assert.equal(isNews(failed, afterVerdict(failed, verdict('failed', 'No file.', true))), false);
});

test('only a task that is not done yet is waited for', () => {
  assert.equal(afterVerdict(UNTOUCHED, verdict('failed', 'Starting.', true)).waiting, true);
  assert.equal(afterVerdict(UNTOUCHED, verdict('passed', 'Up.', true)).waiting, false);
});

test('what the server tells after a reload is shown, and changes nothing that is shown already', () => {
  const shown = afterState(UNTOUCHED, { id: 'a', status: 'broken', message: 'It is gone.' });
  assert.deepEqual(shown, { status: 'broken', message: 'It is gone.', tone: 'broken', waiting: false });
  const waiting = afterVerdict(UNTOUCHED, verdict('failed', 'Starting.', true));
  assert.equal(afterState(waiting, { id: 'a', status: 'not-yet', message: 'Starting.' }), waiting);
  assert.equal(afterState(waiting, { id: 'a', status: 'not-yet' }), waiting, 'a server that forgot');
  assert.equal(afterState(waiting, { id: 'a', status: 'passed' }).message, '', 'words of another status go');
});

test('a verdict is told in words', () => {
  const waiting = afterVerdict(UNTOUCHED, verdict('failed', 'Starting.', true));
  assert.equal(
    spoken('Task 1 Run it', waiting),
    'Task 1 Run it: Not yet. Starting. It is looked at again by itself.',
  );
  assert.equal(spoken('Task 1 Run it', passed), 'Task 1 Run it: Passed. Done.');
});
