/** The folder of journals: finds, reads and clears them. Knows nothing about terminals but their keys. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeJournal } from './journal-format.ts';
import type { Contents } from './journal-format.ts';
import type { TerminalLog } from './log.ts';

const SUFFIX = '.terminal';

/** Access to the journals below one folder, which is made when first needed. */
export class Journals {
  readonly #folder: string;
  readonly #log: TerminalLog;

  constructor(folder: string, log: TerminalLog) {
    this.#folder = folder;
    this.#log = log;
  }

  /** The file of a key: safe whatever the key contains. */
  path(key: string): string {
    return join(this.#folder, nameOf(key));
  }

  /** What the journal of `key` holds; undefined where there is none. A damaged one is set aside, with a warning. */
  async read(key: string): Promise<Contents | undefined> {
    // A folder that cannot be made shows in the warning of the first write.
    await mkdir(this.#folder, { recursive: true, mode: 0o700 }).catch(() => undefined);
    const path = this.path(key);
    let file: Buffer;
    try {
      file = await readFile(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR')
        this.#log.warn({ err: error, path }, 'a journal cannot be read');
      return undefined;
    }
    try {
      return decodeJournal(file);
    } catch (error) {
      this.#log.warn(
        { err: error, path },
        'a journal is damaged and set aside; its terminal starts with a blank screen',
      );
      await rename(path, `${path}.damaged`).catch(() => undefined);
      return undefined;
    }
  }

  /** Removes the journal of a terminal that has ended. */
  async remove(key: string): Promise<void> {
    await rm(this.path(key), { force: true }).catch(() => undefined);
  }

  /** Removes all journals, damaged ones too, but those of the given keys. */
  async sweep(liveKeys: Iterable<string>): Promise<void> {
    const live = new Set([...liveKeys].map(nameOf));
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) {
      if (!name.includes(SUFFIX) || live.has(name.replace(/\.new$/, ''))) continue;
      await rm(join(this.#folder, name), { force: true }).catch((error: unknown) =>
        this.#log.warn({ err: error, name }, 'a journal cannot be removed'),
      );
    }
  }
}

/** A readable name where that is short enough, else a hash; never one that leads out of the folder. */
function nameOf(key: string): string {
  const readable = encodeURIComponent(key).replaceAll('.', '%2E');
  const name = readable.length <= 150 ? readable : createHash('sha256').update(key).digest('hex');
  return `${name}${SUFFIX}`;
}
