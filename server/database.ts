/** Opens the SQLite file that outlives the server and brings its tables up to date. Knows nothing about what they mean. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** One entry for each version of the schema, in order; entries that were released are never changed, only followed. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE learner (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE lesson_progress (
    learner TEXT NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    PRIMARY KEY (learner, lesson)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE task_progress (
    learner TEXT NOT NULL,
    lesson TEXT NOT NULL,
    task TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    passed_at INTEGER,
    PRIMARY KEY (learner, lesson, task),
    FOREIGN KEY (learner, lesson) REFERENCES lesson_progress (learner, lesson) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE claim (
    engine_id TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    learner TEXT NOT NULL,
    lesson TEXT NOT NULL,
    lab TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('preparing', 'ready', 'discarded'))
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX claim_id ON claim (id) WHERE state = 'ready';
  CREATE UNIQUE INDEX claim_lesson ON claim (learner, lesson) WHERE state = 'ready';
  `,
  `
  CREATE TABLE help (
    learner TEXT NOT NULL,
    lesson TEXT NOT NULL,
    task TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('hint', 'solution', 'typed')),
    at INTEGER NOT NULL,
    FOREIGN KEY (learner, lesson) REFERENCES lesson_progress (learner, lesson) ON DELETE CASCADE
  ) STRICT;
  CREATE INDEX help_learner ON help (learner, lesson);
  `,
];

/**
 * The database in `file`, created with its folder where missing, with all tables of this version. `:memory:` gives one
 * that lives as long as the object. Throws when a newer Drydock wrote the file; it is left untouched then.
 */
export function openDatabase(file: string): DatabaseSync {
  if (file !== ':memory:') mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const database = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true });
  try {
    refuseNewer(database, file);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    migrate(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function refuseNewer(database: DatabaseSync, file: string): void {
  const found = schemaVersion(database);
  if (found <= MIGRATIONS.length) return;
  throw new Error(
    `The database ${file} was written by a newer Drydock: expected a schema version of at most ${MIGRATIONS.length}, ` +
      `found ${found}. Start the newer Drydock again, or give this one another data folder.`,
  );
}

/** All or nothing; two processes that start at the same time do it once. */
function migrate(database: DatabaseSync): void {
  if (schemaVersion(database) === MIGRATIONS.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of MIGRATIONS.slice(schemaVersion(database))) database.exec(migration);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}
