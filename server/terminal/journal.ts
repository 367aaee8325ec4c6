/**
 * Keeps what a terminal's screen is made of in a file, so that it survives the end of the server, however sudden.
 * Knows nothing about viewers and ptys.
 */
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Size } from '../../protocol/messages.ts';
import { encodeEntry, encodeSnapshot } from './journal-format.ts';
import type { Entry } from './journal-format.ts';
import type { TerminalLog } from './log.ts';
import type { Snapshot } from './snapshot.ts';

/** Bytes of output since the snapshot above which a new snapshot takes their place. Bounds the file, and the time to
 * read it to some hundredths of a second. */
const MAX_SINCE_SNAPSHOT = 1024 * 1024;

/** While output goes on without rest, the file may grow to this before it is replaced: snapshots cost more than bytes. */
const MAX_IN_FLOOD = 4 * 1024 * 1024;

/** A pause this long in the output is a good moment for a new snapshot. */
const REST_MS = 250;

/** What comes within this time after a large write is written together: a write for each batch of a flood costs more than
 * its bytes. A sudden end in a flood loses this much of the picture; what is little is written at once. */
const GATHER_MS = 25;

/** Bytes of a large write: more than people type and commands print at once. */
const LARGE = 8 * 1024;

/** Bytes that wait for the disk; above it they are dropped and a snapshot is taken instead. */
const MAX_WAITING = 4 * 1024 * 1024;

type Step = Entry | { readonly snapshot: Promise<Snapshot> };

/** What a journal needs. */
export interface JournalDeps {
  readonly path: string;
  readonly log: TerminalLog;
  /** A snapshot that holds all that was given to the journal until this call. */
  readonly snapshot: () => Promise<Snapshot>;
}

/** One terminal's journal, written in the background and in order. It never delays the terminal and never throws: where
 * the disk fails it gives up, with a warning, and removes the file, since an old screen is worse than none. */
export class Journal {
  readonly #deps: JournalDeps;
  #steps: Step[] = [];
  #waiting = 0;
  #sinceSnapshot = 0;
  #asked = false;
  #file: FileHandle | undefined;
  #writing: Promise<void> | undefined;
  #rest: NodeJS.Timeout | undefined;
  #hurry: () => void = () => undefined;
  #state: 'open' | 'failed' | 'closed' = 'open';

  /** Begins with a snapshot, which replaces what the file held. */
  constructor(deps: JournalDeps) {
    this.#deps = deps;
    this.#askForSnapshot();
  }

  /** Adds output, which must not change afterwards. */
  output(output: Uint8Array): void {
    if (this.#state !== 'open') return;
    this.#sinceSnapshot += output.length;
    this.#waiting += output.length;
    this.#steps.push({ output });
    if (this.#waiting > MAX_WAITING) {
      this.renew();
    } else if (this.#sinceSnapshot > MAX_IN_FLOOD) this.#askForSnapshot();
    else if (this.#sinceSnapshot > MAX_SINCE_SNAPSHOT && !this.#asked) {
      this.#rest ??= setTimeout(() => this.#askForSnapshot(), REST_MS).unref();
      this.#rest.refresh();
    }
    this.#write();
  }

  /** Adds a change of size. */
  resized(size: Size): void {
    if (this.#state !== 'open') return;
    this.#steps.push({ size });
    this.#write();
  }

  /** What was given until now must not come back: a new snapshot replaces it. */
  renew(): void {
    if (this.#state !== 'open') return;
    this.#steps = [];
    this.#waiting = 0;
    this.#asked = false;
    this.#askForSnapshot();
  }

  /** Resolves when all is written and the file is closed. It stays, unless `remove` is set. */
  async close(remove = false): Promise<void> {
    clearTimeout(this.#rest);
    if (this.#state === 'open') this.#state = 'closed';
    if (remove) this.#steps = [];
    this.#hurry();
    while (this.#writing || this.#steps.length > 0) {
      this.#write();
      await this.#writing;
    }
    await this.#file?.close().catch(() => undefined);
    this.#file = undefined;
    if (remove) await this.#removeFiles();
  }

  #askForSnapshot(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    if (this.#asked || this.#state !== 'open') return;
    this.#asked = true;
    this.#sinceSnapshot = 0;
    this.#steps.push({ snapshot: this.#deps.snapshot() });
    this.#write();
  }

  #write(): void {
    this.#writing ??= this.#writeAll()
      .catch((error: unknown) => this.#fail(error))
      .finally(() => (this.#writing = undefined));
  }

  async #writeAll(): Promise<void> {
    while (this.#steps.length > 0) {
      const steps = this.#steps;
      const next = steps.findIndex((step) => 'snapshot' in step);
      const entries = (next === -1 ? steps : steps.slice(0, next)) as Entry[];
      const request = next === -1 ? undefined : (steps[next] as { snapshot: Promise<Snapshot> });
      this.#steps = next === -1 ? [] : steps.slice(next + 1);
      const before = this.#waiting;
      for (const entry of entries) if ('output' in entry) this.#waiting -= entry.output.length;
      const isLarge = before - this.#waiting >= LARGE;
      // What a new snapshot is going to hold need not be written before it, but a sudden end in between may want it.
      if (this.#file && entries.length > 0) await writeFully(this.#file, entries.flatMap(encodeEntry));
      if (request) await this.#replace(await request.snapshot);
      if (isLarge && this.#state === 'open') await this.#pause();
    }
  }

  /** Ends with `close` at the latest. */
  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS).unref();
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Writes the snapshot beside the file and puts it in its place, so that there is a whole journal at any time. */
  async #replace(snapshot: Snapshot): Promise<void> {
    this.#asked = false;
    const temporary = `${this.#deps.path}.new`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await writeFully(file, [encodeSnapshot(snapshot)]);
      await rename(temporary, this.#deps.path);
    } catch (error) {
      await file.close();
      throw error;
    }
    await this.#file?.close();
    this.#file = file;
  }

  async #fail(error: unknown): Promise<void> {
    this.#state = 'failed';
    this.#steps = [];
    this.#deps.log.warn(
      { err: error, path: this.#deps.path },
      'a terminal cannot be kept on disk and would not survive a restart',
    );
    await this.#removeFiles();
  }

  async #removeFiles(): Promise<void> {
    for (const path of [this.#deps.path, `${this.#deps.path}.new`])
      await rm(path, { force: true }).catch(() => undefined);
  }
}

async function writeFully(file: FileHandle, pieces: Uint8Array[]): Promise<void> {
  // Pieces are gathered up to what the system takes in one call.
  for (let start = 0; start < pieces.length; start += 512) {
    const part = pieces.slice(start, start + 512);
    const expected = part.reduce((sum, piece) => sum + piece.length, 0);
    const { bytesWritten } = await file.writev(part);
    if (bytesWritten !== expected)
      throw new Error(`expected to write ${expected} bytes, wrote ${bytesWritten}`);
  }
}
