/** The folder that keeps what outlives the server: database, screens, keys. Knows only their places. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DrydockError } from './errors.ts';

export interface DataFolder {
  readonly databaseFile: string;
  /** Screens of terminals. */
  readonly journalFolder: string;
  /** Signs the learners' cookies: 32 bytes. */
  readonly secret: Buffer;
  /** Tells this installation's sandboxes from those of others on the same engine. */
  readonly instance: string;
  /** Lets another server use the folder. */
  release(): void;
}

/** Opens the folder for this process alone, making what is missing. Throws `conflict` while another server uses it. */
export function openDataFolder(folder: string): DataFolder {
  const journalFolder = path.join(folder, 'terminals');
  mkdirSync(journalFolder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(folder);
  return {
    databaseFile: path.join(folder, 'drydock.db'),
    journalFolder,
    secret: Buffer.from(
      keep(path.join(folder, 'secret'), () => randomBytes(32).toString('hex')),
      'hex',
    ),
    instance: keep(path.join(folder, 'instance'), () => randomBytes(6).toString('hex')),
    release: () => lock.close(),
  };
}

/** SQLite's own file lock: the system lets go of it however the process ends. */
function lockFolder(folder: string): DatabaseSync {
  const lock = new DatabaseSync(path.join(folder, 'lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock.close();
    throw new DrydockError(
      'conflict',
      `Another Drydock runs with the data folder ${folder}. Stop it, or use --data for another folder.`,
      { cause },
    );
  }
}

/** The file's text; makes the file, readable by its owner alone and never half written, where there is none. */
function keep(file: string, make: () => string): string {
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, make(), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, 'utf8');
}
