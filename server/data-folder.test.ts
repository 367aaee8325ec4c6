import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { openDataFolder } from './data-folder.ts';

const root = mkdtempSync(path.join(tmpdir(), 'drydock-data-'));
after(() => rmSync(root, { recursive: true }));

test('keys are made once, for the owner alone, and stay', () => {
  const folder = path.join(root, 'new', 'data');
  const first = openDataFolder(folder);
  first.release();
  const second = openDataFolder(folder);
  second.release();
  assert.equal(first.secret.length, 32);
  assert.deepEqual(second.secret, first.secret);
  assert.equal(second.instance, first.instance);
  assert.equal(statSync(path.join(folder, 'secret')).mode & 0o777, 0o600);
});

test('a second server on the same folder is refused until the first lets go', () => {
  const folder = path.join(root, 'shared');
  const first = openDataFolder(folder);
  assert.throws(() => openDataFolder(folder), /Another Drydock runs with the data folder .*shared/);
  first.release();
  openDataFolder(folder).release();
});
