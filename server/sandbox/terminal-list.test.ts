import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TerminalList } from './terminal-list.ts';

const BOX = { id: 'box', generation: 1 };

test('a sandbox has its main terminal, and further ones under the names they were given or got', () => {
  const list = new TerminalList();
  assert.deepEqual(list.names(BOX), ['main']);
  assert.equal(list.add(BOX, 'logs'), 'logs');
  assert.equal(list.add(BOX), 'shell-2');
  assert.equal(list.add(BOX, 'shell-4'), 'shell-4');
  assert.equal(list.add(BOX), 'shell-3');
  list.remove(BOX, 'shell-2');
  assert.equal(list.add(BOX), 'shell-2');
  assert.deepEqual(list.names(BOX), ['main', 'logs', 'shell-4', 'shell-3', 'shell-2']);
  assert.deepEqual(list.names({ ...BOX, id: 'other' }), ['main']);
});

test('a taken name, too many, the main one and an unknown one are refused', () => {
  const list = new TerminalList();
  list.add(BOX, 'logs');
  assert.throws(() => list.add(BOX, 'logs'), { code: 'conflict' });
  assert.throws(() => list.add(BOX, 'main'), { code: 'conflict' });
  assert.throws(() => list.remove(BOX, 'main'), { code: 'conflict' });
  assert.throws(() => list.remove(BOX, 'other'), { code: 'not-found' });
  assert.throws(() => list.mustHave(BOX, 'other'), /no terminal "other", only main, logs/);
  for (let i = 0; i < 4; i++) list.add(BOX);
  assert.throws(() => list.add(BOX), { code: 'busy' });
  assert.equal(list.names(BOX).length, 6);
});

test('a sandbox that was reset has its main terminal only', () => {
  const list = new TerminalList();
  const next = { ...BOX, generation: 2 };
  list.add(BOX, 'logs');
  assert.deepEqual(list.names(next), ['main']);
  assert.deepEqual(list.names(BOX), ['main', 'logs']);
  list.forget(BOX);
  assert.deepEqual(list.names(BOX), ['main']);
  list.add(next, 'logs');
  list.forget(BOX);
  assert.deepEqual(list.names(next), ['main', 'logs']);
});
