import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handleKey } from './terminal-keys.ts';

/** What the key does: `terminal` when it goes to the program. */
function press(key: Partial<KeyboardEvent>, live = true): string[] {
  const done: string[] = [];
  const event = {
    type: 'keydown',
    ctrlKey: false,
    shiftKey: false,
    altKey: false,
    metaKey: false,
    preventDefault: () => done.push('kept'),
    ...key,
  };
  const actions = { live: () => live, leave: () => done.push('leave'), listen: () => done.push('listen') };
  if (handleKey(event as KeyboardEvent, { getSelection: () => '' }, actions)) done.push('terminal');
  return done;
}

const both = { ctrlKey: true, shiftKey: true };

test('the page keeps its own keys from the program and the browser', () => {
  assert.deepEqual(press({ ...both, key: 'Enter' }), ['kept', 'leave']);
  assert.deepEqual(press({ ...both, code: 'KeyL' }), ['kept', 'listen']);
  assert.deepEqual(press({ ...both, code: 'KeyC' }), ['kept']);
  assert.deepEqual(press({ ...both, key: 'Enter', type: 'keyup' }), ['kept']);
});

test('all other keys go to the program', () => {
  for (const key of ['Escape', 'Tab', 'Enter', 'c']) assert.deepEqual(press({ key }), ['terminal'], key);
  assert.deepEqual(press({ ctrlKey: true, key: 'c', code: 'KeyC' }), ['terminal']);
  assert.deepEqual(press({ ...both, altKey: true, key: 'Enter' }), ['terminal']);
});

test('Tab leads on in the page while no program could want it', () => {
  assert.deepEqual(press({ key: 'Tab' }, false), []);
});
