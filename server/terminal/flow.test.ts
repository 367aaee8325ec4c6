import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACK_EVERY, AckCounter, HIGH_WATER, LOW_WATER, SendWindow } from '../../protocol/flow.ts';

test('a window fills above the high mark and has room again at the low mark', () => {
  const window = new SendWindow();
  window.sent(HIGH_WATER);
  assert.equal(window.full, false);
  window.sent(1);
  assert.equal(window.full, true);
  window.acknowledged(HIGH_WATER - LOW_WATER);
  assert.equal(window.full, true);
  window.acknowledged(1);
  assert.equal(window.full, false);
});

test('acknowledging more than was sent gives no credit', () => {
  const window = new SendWindow();
  window.sent(10);
  window.acknowledged(HIGH_WATER * 10);
  window.sent(HIGH_WATER + 1);
  assert.equal(window.full, true);
  window.reset();
  assert.equal(window.full, false);
});

test('drawn bytes are acknowledged in few steps, and all of them but a rest below the low mark', () => {
  const counter = new AckCounter();
  let acknowledged = 0;
  let messages = 0;
  for (let drawn = 0; drawn < 100 * ACK_EVERY; drawn += 1000) {
    const due = counter.drawn(1000);
    acknowledged += due;
    if (due > 0) messages++;
  }
  assert.ok(messages <= 100);
  assert.ok(100 * ACK_EVERY - acknowledged < ACK_EVERY + 1000);
  assert.ok(ACK_EVERY < LOW_WATER, 'else a full viewer could wait for ever');
  counter.drawn(ACK_EVERY - 1);
  counter.reset();
  assert.equal(counter.drawn(ACK_EVERY - 1), 0);
});
