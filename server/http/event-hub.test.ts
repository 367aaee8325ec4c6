import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SandboxEvent } from '../../protocol/api.ts';
import { EventHub } from './event-hub.ts';

const event: SandboxEvent = { event: 'expiring', data: { expiresAt: '2030-01-01T00:00:00.000Z' } };

test('each listener hears its sandbox until it is off', () => {
  const hub = new EventHub();
  const heard: string[] = [];
  const off = hub.subscribe('a', () => heard.push('first'));
  hub.subscribe('a', () => heard.push('second'));
  hub.subscribe('b', () => heard.push('other'));
  hub.publish('a', event);
  off();
  off();
  hub.publish('a', event);
  assert.deepEqual(heard, ['first', 'second', 'second']);
  assert.ok(hub.hears('a') && hub.hears('b') && !hub.hears('c'));
});

test('a listener may leave while it is told, and nothing is kept of those who left', () => {
  const hub = new EventHub();
  const heard: string[] = [];
  const off = hub.subscribe('a', () => {
    heard.push('first');
    off();
  });
  const offSecond = hub.subscribe('a', () => heard.push('second'));
  hub.publish('a', event);
  offSecond();
  assert.deepEqual(heard, ['first', 'second']);
  assert.equal(hub.hears('a'), false);
  const again = hub.subscribe('a', () => heard.push('again'));
  off();
  hub.publish('a', event);
  again();
  assert.deepEqual(heard, ['first', 'second', 'again']);
});
