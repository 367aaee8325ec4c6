/** A folder as a build context: its content hash and its tar. Knows nothing about Docker's API. */
import { createHash } from 'node:crypto';
import { lstat, readFile, readdir, readlink, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { Readable } from 'node:stream';
import tar from 'tar-stream';
import { DrydockError } from '../errors.ts';

/** Bytes that a build context may hold: it is read into memory. */
const MAX_BYTES = 256 * 1024 * 1024;

/** One entry of a context. Owners, times and the modes beside "executable" are left out: they differ between clones. */
interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'symlink';
  readonly executable: boolean;
  /** The file's bytes, or where the link points to. */
  readonly content: Buffer;
}

/** A folder that was read. */
export interface BuildContext {
  /** SHA-256 over all names, modes and contents, in hex. */
  readonly hash: string;
  /** The text of the Dockerfile at its top. */
  readonly dockerfile: string;
  /** The text of a file at its top or below; undefined where there is none. */
  text(name: string): string | undefined;
  /** The same folder with another text in its Dockerfile. */
  withDockerfile(text: string): BuildContext;
  /** The folder as a tar. May be called again. */
  pack(): Readable;
}

/** Reads a folder. Rejects with `lab-unavailable` where it cannot be read, has no Dockerfile or is too large. */
export async function readContext(folder: string): Promise<BuildContext> {
  const entries = await readEntries(folder).catch((error: unknown) => {
    if (error instanceof DrydockError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DrydockError('lab-unavailable', `The lab's folder cannot be read: ${reason}`, { cause: error });
  });
  const dockerfile = entries.find((entry) => entry.name === 'Dockerfile' && entry.kind === 'file');
  if (dockerfile === undefined) {
    throw new DrydockError('lab-unavailable', `Expected a Dockerfile in ${folder}, found none.`);
  }
  return contextOf(entries, dockerfile.content.toString('utf8'));
}

/** A context that holds a Dockerfile and nothing else. */
export function textContext(dockerfile: string): BuildContext {
  const content = Buffer.from(dockerfile);
  return contextOf([{ name: 'Dockerfile', kind: 'file', executable: false, content }], dockerfile);
}

function contextOf(entries: readonly Entry[], dockerfile: string): BuildContext {
  return {
    hash: hashOf(entries),
    dockerfile,
    text: (name) =>
      entries.find((entry) => entry.name === name && entry.kind === 'file')?.content.toString('utf8'),
    withDockerfile: (text) => {
      const own = {
        name: 'Dockerfile',
        kind: 'file' as const,
        executable: false,
        content: Buffer.from(text),
      };
      return contextOf(
        entries.map((entry) => (entry.name === 'Dockerfile' ? own : entry)),
        text,
      );
    },
    pack: () => packEntries(entries),
  };
}

async function readEntries(folder: string): Promise<Entry[]> {
  const names = (await readdir(folder, { recursive: true })).toSorted();
  const entries: Entry[] = [];
  let bytes = 0;
  for (const name of names) {
    const path = join(folder, name);
    const stats = await ((await leadsOut(folder, path)) ? stat(path) : lstat(path));
    bytes += stats.size;
    if (bytes > MAX_BYTES) {
      const message = `Expected at most ${MAX_BYTES / 1024 / 1024} MiB in ${folder}, found more.`;
      throw new DrydockError('lab-unavailable', message);
    }
    if (stats.isFile()) {
      const executable = (stats.mode & 0o100) !== 0;
      entries.push({ name, kind: 'file', executable, content: await readFile(path) });
    } else if (stats.isSymbolicLink()) {
      entries.push({ name, kind: 'symlink', executable: false, content: Buffer.from(await readlink(path)) });
    }
  }
  return entries;
}

/** Whether it is a link to something beside the folder, such as a file that two labs share: it stands for that file. */
async function leadsOut(folder: string, path: string): Promise<boolean> {
  if (!(await lstat(path)).isSymbolicLink()) return false;
  const target = await readlink(path);
  return !isAbsolute(target) && relative(folder, resolve(dirname(path), target)).startsWith('..');
}

function hashOf(entries: readonly Entry[]): string {
  const hash = createHash('sha256');
  for (const { name, kind, executable, content } of entries) {
    // Lengths keep two different lists of entries from giving the same bytes.
    hash.update(`${JSON.stringify([name, kind, executable, content.length])}\n`).update(content);
  }
  return hash.digest('hex');
}

function packEntries(entries: readonly Entry[]): Readable {
  const pack = tar.pack();
  // Fixed, so that the builder's cache recognizes the same content.
  const mtime = new Date(0);
  for (const { name, kind, executable, content } of entries) {
    if (kind === 'symlink') pack.entry({ name, type: 'symlink', linkname: content.toString('utf8'), mtime });
    else pack.entry({ name, mode: executable ? 0o755 : 0o644, mtime }, content);
  }
  pack.finalize();
  return Readable.from(pack);
}
