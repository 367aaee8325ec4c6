import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testProgressStore } from '../../tests/contract/progress-store.ts';
import { openDatabase } from '../database.ts';
import { SqliteProgressStore } from './sqlite.ts';

testProgressStore('SQLite', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'drydock-progress-'));
  const file = path.join(folder, 'drydock.sqlite');
  let database = openDatabase(file);
  return {
    store: new SqliteProgressStore(database),
    reopen: () => {
      database.close();
      database = openDatabase(file);
      return new SqliteProgressStore(database);
    },
    close: () => {
      database.close();
      rmSync(folder, { recursive: true });
    },
  };
});
