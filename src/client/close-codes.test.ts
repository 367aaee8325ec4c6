import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLOSE } from '../../protocol/wire.ts';
import { afterClose } from './close-codes.ts';

test('each close code of the contract leads to what the contract asks of a viewer', () => {
  const expected: Record<keyof typeof CLOSE, ReturnType<typeof afterClose>> = {
    goingAway: 'connection',
    badMessage: 'connection',
    tooBig: 'connection',
    internal: 'connection',
    reset: 'reset',
    notFound: 'gone',
    ended: 'ended',
    engineUnavailable: 'engine',
  };
  for (const [name, code] of Object.entries(CLOSE)) {
    assert.equal(afterClose(code), expected[name as keyof typeof CLOSE], name);
  }
});

test('a connection that breaks without a code is tried again', () => {
  assert.equal(afterClose(1006), 'connection');
});
