import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { openDatabase } from './database.ts';

function temporaryFile(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'drydock-database-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return path.join(folder, 'below', 'drydock.sqlite');
}

test('makes the folder and all tables, with a write-ahead log and foreign keys', (t) => {
  const database = openDatabase(temporaryFile(t));
  t.after(() => database.close());
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  assert.deepEqual(
    tables.map((row) => row['name']),
    ['claim', 'help', 'learner', 'lesson_progress', 'task_progress'],
  );
  assert.equal(database.prepare('PRAGMA journal_mode').get()?.['journal_mode'], 'wal');
  assert.equal(database.prepare('PRAGMA synchronous').get()?.['synchronous'], 1);
  assert.throws(
    () => database.exec("INSERT INTO lesson_progress VALUES ('nobody', 'a/b', 1)"),
    /FOREIGN KEY/,
  );
});

test('opening again keeps the content', (t) => {
  const file = temporaryFile(t);
  const first = openDatabase(file);
  first.exec("INSERT INTO learner VALUES ('ann', 1, 2)");
  first.close();
  const second = openDatabase(file);
  t.after(() => second.close());
  assert.equal(second.prepare('SELECT seen_at FROM learner').get()?.['seen_at'], 2);
});

test('refuses a file of a newer version and leaves it as it is', (t) => {
  const file = temporaryFile(t);
  openDatabase(file).close();
  const newer = new DatabaseSync(file);
  newer.exec('PRAGMA user_version = 999');
  newer.close();
  assert.throws(() => openDatabase(file), /expected a schema version of at most \d+, found 999/);
  const after = new DatabaseSync(file);
  t.after(() => after.close());
  assert.equal(after.prepare('PRAGMA user_version').get()?.['user_version'], 999);
});

test('works in memory', () => {
  openDatabase(':memory:').close();
});
