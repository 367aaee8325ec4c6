/** Lays out a lesson's files in a sandbox. Knows nothing about learners or backends. */
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { pack, type Pack } from 'tar-stream';
import { DrydockError, toDrydockError } from '../errors.ts';
import type { Sandbox } from '../sandbox/engine.ts';

/** What of a lesson the scene is made of. */
export interface Scene {
  /** Its content goes into the learner's home folder; undefined where the lesson has no files. */
  readonly filesFolder: string | undefined;
}

const MAX_BYTES = 8 * 1024 * 1024;
const MAX_FILES = 2000;
const TIMEOUT_MS = 30_000;

/** Resolves when the lesson's files lie in the learner's home and are theirs; folders, symbolic links and the right to
 * execute are kept. Rejects with `invalid` where the files are too large or of another kind. */
export async function prepareScene(sandbox: Sandbox, lesson: Scene, signal: AbortSignal): Promise<void> {
  if (lesson.filesFolder === undefined) return;
  const archive = await packFolder(lesson.filesFolder, signal);
  await sandbox.unpack(archive, { timeoutMs: TIMEOUT_MS, signal });
}

/** The folder's content as a tar archive, in the order of the names. */
async function packFolder(folder: string, signal: AbortSignal): Promise<Uint8Array> {
  const archive = pack();
  const chunks: Buffer[] = [];
  const collect = async (): Promise<void> => {
    for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  };
  const packing = addAll(archive, folder, signal).then(
    () => archive.finalize(),
    (error: unknown) => archive.destroy(toDrydockError(error)),
  );
  await Promise.all([packing, collect()]);
  return Buffer.concat(chunks);
}

async function addAll(archive: Pack, folder: string, signal: AbortSignal): Promise<void> {
  const found = await readdir(folder, { recursive: true });
  if (found.length > MAX_FILES) {
    throw new DrydockError(
      'invalid',
      `${folder}: expected at most ${MAX_FILES} files, found ${found.length}.`,
    );
  }
  let bytes = 0;
  for (const name of found.toSorted()) {
    signal.throwIfAborted();
    bytes += await addOne(archive, { file: path.join(folder, name), name, room: MAX_BYTES - bytes });
  }
}

/** Adds it and returns its size. */
async function addOne(
  archive: Pack,
  { file, name, room }: { file: string; name: string; room: number },
): Promise<number> {
  const stats = await lstat(file);
  const { mtime } = stats;
  const mode = stats.isDirectory() || (stats.mode & 0o100) !== 0 ? 0o755 : 0o644;
  if (stats.isDirectory()) {
    archive.entry({ name, type: 'directory', mode, mtime });
    return 0;
  }
  if (stats.isSymbolicLink()) {
    archive.entry({ name, type: 'symlink', linkname: await readlink(file), mtime });
    return 0;
  }
  if (!stats.isFile())
    throw new DrydockError('invalid', `${file}: expected a file, folder or link, found neither.`);
  if (stats.size > room) {
    const message = `The files of a lesson: expected at most ${MAX_BYTES / 1024 / 1024} MiB, found more at ${file}.`;
    throw new DrydockError('invalid', message);
  }
  const content = await readFile(file);
  archive.entry({ name, mode, mtime }, content);
  return content.length;
}
