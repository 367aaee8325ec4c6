import assert from 'node:assert/strict';
import { test } from 'node:test';
import { routeKey } from './terminal-keys.ts';
import type { KeySituation } from './terminal-keys.ts';

/** Where the key goes. */
function route(key: Partial<KeyboardEvent>, situation: Partial<KeySituation> = {}): string {
  const event = { key: '', code: '', ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...key };
  return routeKey(event as KeyboardEvent, { live: true, selected: false, fullScreen: false, ...situation });
}

const ctrl = { ctrlKey: true };
const both = { ctrlKey: true, shiftKey: true };

test('the page keeps its own keys', () => {
  assert.equal(route({ ...both, key: 'Enter' }), 'leave');
  assert.equal(route({ ...both, key: 'L', code: 'KeyL' }), 'listen');
  assert.equal(route({ ...both, key: 'F', code: 'KeyF' }), 'find');
  assert.equal(route({ ...both, key: '>', code: 'Period' }), 'bigger');
  assert.equal(route({ ...both, key: '>', code: 'IntlBackslash' }), 'bigger');
  assert.equal(route({ ...both, key: 'T', code: 'KeyT' }), 'add');
});

test('letters are those of the layout; a layout without Latin letters goes by place', () => {
  assert.equal(route({ ...both, key: 'C', code: 'KeyI' }), 'copy');
  assert.equal(route({ ...both, key: 'I', code: 'KeyC' }), 'program');
  assert.equal(route({ ...both, key: 'С', code: 'KeyC' }), 'copy');
});

test('Ctrl+Shift and a digit shows the terminal of that place, whatever the key writes in the layout', () => {
  assert.equal(route({ ...both, key: '!', code: 'Digit1' }), 'show-1');
  assert.equal(route({ ...both, key: '6', code: 'Digit6' }), 'show-6');
  assert.equal(route({ ...both, key: '&', code: 'Digit7' }), 'program');
  assert.equal(route({ ...ctrl, key: '1', code: 'Digit1' }), 'program');
});

test('all other keys go to the program', () => {
  for (const key of ['Escape', 'Tab', 'Enter', 'c']) assert.equal(route({ key }), 'program', key);
  for (const key of ['l', 'w', 'r']) assert.equal(route({ ...ctrl, key }), 'program', key);
  assert.equal(route({ ...both, altKey: true, key: 'Enter' }), 'program');
});

test('Ctrl+C interrupts, and copies where something is selected', () => {
  assert.equal(route({ ...ctrl, key: 'c', code: 'KeyC' }), 'program');
  assert.equal(route({ ...ctrl, key: 'c', code: 'KeyC' }, { selected: true }), 'copy');
});

test('Ctrl+V pastes, but belongs to vim in vim; Ctrl+Shift+V is left to the browser by xterm', () => {
  assert.equal(route({ ...ctrl, key: 'v', code: 'KeyV' }), 'browser');
  assert.equal(route({ ...ctrl, key: 'v', code: 'KeyV' }, { fullScreen: true }), 'program');
  assert.equal(route({ ...both, key: 'V', code: 'KeyV' }), 'program');
});

test('AltGr, which is Ctrl+Alt to a browser on Windows, writes its character', () => {
  assert.equal(route({ ...ctrl, altKey: true, key: '@', code: 'KeyQ' }), 'program');
});

test('Tab leads on in the page while no program could want it', () => {
  assert.equal(route({ key: 'Tab' }, { live: false }), 'browser');
});
