import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallError } from './api.ts';
import { conflictOf } from './lesson-api.ts';
import { conflictWords, failureWords, missingWords } from './run-words.ts';

const refused = (details: unknown) => new CallError('refused', 'No.', { code: 'conflict', details });

test('a busy prompt is told from other refusals', () => {
  assert.deepEqual(conflictOf(refused({ reason: 'running', line: 'sleep 9' })), {
    reason: 'running',
    line: 'sleep 9',
  });
  assert.equal(conflictOf(refused({ state: 'starting' })), undefined);
  assert.equal(conflictOf(refused(undefined)), undefined);
  assert.equal(conflictOf(new CallError('timeout', 'Too late.')), undefined);
});

test('each reason has its own question, which shows what stands at the prompt', () => {
  const texts = (['running', 'line-not-empty', 'typing'] as const).map((reason) =>
    conflictWords({ reason, line: 'ls' }),
  );
  assert.equal(new Set(texts.map(({ text }) => text)).size, 3);
  assert.equal(texts[1]?.code, 'ls');
});

test('without an answer the learner is told to look before pressing again', () => {
  assert.match(failureWords(new CallError('timeout', '')), /may not have been typed.*press again/);
  assert.match(failureWords(new CallError('offline', '')), /offline/);
  assert.match(failureWords(new CallError('refused', 'No such lab.')), /No such lab\./);
});

test('a missing value: first the lab, then the value by its name', () => {
  assert.match(missingWords(['web_port'], false), /^Start the lab first/);
  assert.match(missingWords(['web_port'], true), /web port/);
});
