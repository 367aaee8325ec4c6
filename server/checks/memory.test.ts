import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Verdict } from '../../protocol/api.ts';
import { Memories, SandboxMemory } from './memory.ts';

const verdict = (status: Verdict['status'], message: string = status): Verdict => ({
  status,
  message,
  durationMs: 1,
});

test('only what differs from the last verdict is news', () => {
  const memory = new SandboxMemory(1);
  assert.equal(memory.learn('a', verdict('failed', 'nothing there'), true), false, 'the untouched scene');
  assert.equal(memory.learn('a', { ...verdict('failed', 'nothing there'), durationMs: 99 }, false), false);
  assert.equal(memory.learn('a', verdict('failed', 'half of it'), true), true);
  assert.equal(memory.learn('a', { ...verdict('failed', 'half of it'), waiting: true }, false), true);
  assert.equal(memory.learn('a', verdict('passed'), false), true);
  assert.equal(memory.learn('a', verdict('passed'), false), false);
  assert.equal(memory.learn('b', verdict('failed'), false), true, 'after something was done');
});

test('what is not failed is news from the first', () => {
  for (const status of ['passed', 'timeout', 'error'] as const) {
    assert.equal(new SandboxMemory(1).learn('a', verdict(status), true), true, status);
  }
});

test('what has passed here and fails is broken, until it passes again', () => {
  const memory = new SandboxMemory(1);
  assert.equal(memory.judge('a', verdict('failed')).status, 'failed');
  memory.learn('a', verdict('passed'), false);
  const broken = memory.judge('a', verdict('failed', 'it is gone'));
  assert.deepEqual(broken, verdict('broken', 'it is gone'));
  memory.learn('a', broken, false);
  assert.deepEqual([memory.isBroken('a'), memory.hasPassed('a')], [true, true]);
  assert.equal(memory.judge('a', verdict('timeout')).status, 'timeout');
  memory.learn('a', verdict('passed'), false);
  assert.equal(memory.isBroken('a'), false);
});

test('a task that waits for something is news, also where it is found quietly', () => {
  const memory = new SandboxMemory(1);
  assert.equal(memory.learn('a', verdict('failed'), true), false);
  assert.equal(memory.learn('b', { ...verdict('failed'), waiting: true }, true), true);
});

test('what was learnt quietly was not told', () => {
  const memory = new SandboxMemory(1);
  memory.learn('a', verdict('failed'), true);
  assert.equal(memory.told('a'), undefined);
  memory.tell('a', verdict('failed', 'told'));
  assert.equal(memory.told('a')?.message, 'told');
});

test('a reset forgets, a late word of the old generation changes nothing, an end leaves nothing', () => {
  const memories = new Memories();
  assert.equal(memories.find({ id: 'x', generation: 1 }), undefined);
  memories.of({ id: 'x', generation: 1 }).learn('a', verdict('passed'), false);
  assert.equal(memories.of({ id: 'x', generation: 1 }).hasPassed('a'), true);
  assert.equal(memories.find({ id: 'x', generation: 2 }), undefined);
  memories.of({ id: 'x', generation: 2 }).learn('b', verdict('passed'), false);
  memories.of({ id: 'x', generation: 1 }).learn('b', verdict('failed'), false);
  assert.equal(memories.find({ id: 'x', generation: 2 })?.last('b')?.status, 'passed');
  assert.equal(memories.size, 1);
  memories.forget('x');
  assert.equal(memories.size, 0);
});
