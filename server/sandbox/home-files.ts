/** Reads, writes and removes single files below a sandbox's home folder, as its learner. Knows nothing about HTTP. */
import { DrydockError } from '../errors.ts';
import type { RunResult, Sandbox } from './engine.ts';

/** Bytes of the largest file that is read or written: text that a person edits, not data. */
export const MAX_FILE_BYTES = 1024 * 1024;
/** Linux's own bound for a path, in bytes. */
const MAX_PATH_BYTES = 4096;
const TIMEOUT_MS = 10_000;
const COMPLAINT_BYTES = 4096;

/** Exit codes of the scripts below, beside 0. */
const NOT_FOUND = 44;
const NO_FILE = 45;
const TOO_LARGE = 46;

/** Text comes out of a sandbox as it is, bytes do not: hence base64. Pipes are no files, and would never end. */
const READ = `
[ -e "$1" ] || exit ${NOT_FOUND}
[ -f "$1" ] || exit ${NO_FILE}
[ "$(stat --dereference --format=%s -- "$1")" -le ${MAX_FILE_BYTES} ] || exit ${TOO_LARGE}
head --bytes=${MAX_FILE_BYTES} -- "$1" | base64 --wrap=0
exit "\${PIPESTATUS[0]}"
`;

/** Whoever reads the file meanwhile finds the old one or the new one, never half of it. A link stays one. */
const WRITE = `
file=$(readlink --canonicalize-missing -- "$1") || exit
[ ! -e "$file" ] || [ -f "$file" ] || exit ${NO_FILE}
mkdir --parents -- "\${file%/*}" || exit
new=$(mktemp -- "\${file%/*}/.drydock-XXXXXXXX") || exit
trap 'rm --force -- "$new"' EXIT
if [ -e "$file" ]; then chmod --reference="$file" -- "$new"; else chmod "$(printf %o $((0666 & ~$(umask))))" -- "$new"; fi
cat > "$new" && mv --force -- "$new" "$file"
`;

const REMOVE = `
[ -e "$1" ] || [ -L "$1" ] || exit ${NOT_FOUND}
[ -L "$1" ] || [ ! -d "$1" ] || exit ${NO_FILE}
rm --force -- "$1"
`;

/** The content. Rejects with `not-found`; with `conflict` for what is no file, is larger than `MAX_FILE_BYTES` or may not be
 * read; with `invalid` for a path that leads elsewhere; and with what the sandbox's `run` rejects with. */
export async function readHomeFile(sandbox: Sandbox, path: string, signal: AbortSignal): Promise<Buffer> {
  // Base64 makes four bytes of three.
  const maxOutputBytes = Math.ceil(MAX_FILE_BYTES / 3) * 4;
  return Buffer.from(await run(sandbox, { script: READ, path, maxOutputBytes, signal }), 'base64');
}

/** Replaces the file or makes it, with the folders on its way; an existing one keeps its mode. Rejects like
 * `readHomeFile`, and then the file is as it was. */
export async function writeHomeFile(
  sandbox: Sandbox,
  { path, content }: { path: string; content: Uint8Array },
  signal: AbortSignal,
): Promise<void> {
  await run(sandbox, { script: WRITE, path, input: content, maxOutputBytes: COMPLAINT_BYTES, signal });
}

/** Removes the file. Rejects like `readHomeFile`; folders are not removed. */
export async function removeHomeFile(sandbox: Sandbox, path: string, signal: AbortSignal): Promise<void> {
  await run(sandbox, { script: REMOVE, path, maxOutputBytes: COMPLAINT_BYTES, signal });
}

interface FileCommand {
  readonly script: string;
  readonly path: string;
  readonly input?: Uint8Array;
  readonly maxOutputBytes: number;
  readonly signal: AbortSignal;
}

/** What the script printed, once it has succeeded. */
async function run(sandbox: Sandbox, { script, path, ...limits }: FileCommand): Promise<string> {
  checkPath(path);
  const argv = ['bash', '--noprofile', '--norc', '-c', script, 'drydock-file', `./${path}`];
  const result = await sandbox.run(argv, { ...limits, timeoutMs: TIMEOUT_MS });
  if (result.code === 0) return result.stdout;
  throw refusal(path, result);
}

/** A path is that of a file below the home folder, whatever the client made of it. */
function checkPath(path: string): void {
  const isOdd = path.includes('\0') || Buffer.byteLength(path) > MAX_PATH_BYTES;
  if (!isOdd && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')) return;
  const found = JSON.stringify(path.slice(0, 100));
  const expected = 'the path of a file below the home folder, such as app/main.py';
  throw new DrydockError('invalid', `path: expected ${expected}, found ${found}`);
}

function refusal(path: string, { code, stderr }: RunResult): DrydockError {
  switch (code) {
    case null:
      return new DrydockError('timeout', `The lab took too long with ${path}.`);
    case NOT_FOUND:
      return new DrydockError('not-found', `There is no file ${path}.`);
    case NO_FILE:
      return new DrydockError('conflict', `${path}: expected a file, found a folder or something else.`);
    case TOO_LARGE:
      return new DrydockError(
        'conflict',
        `${path}: expected at most ${MAX_FILE_BYTES} bytes, found more in the lab.`,
      );
    default:
      // Such as "No space left on device", in the words of the program that met it.
      return new DrydockError('conflict', `${path}: ${stderr.trim().split('\n').at(-1)?.slice(0, 300)}`);
  }
}
