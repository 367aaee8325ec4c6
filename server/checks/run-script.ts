/** Runs a script of a lesson beside the learner's shell. Knows nothing about what its output means. */
import type { RunResult, Sandbox } from '../sandbox/engine.ts';
import { Turns } from './turns.ts';

/** One script, as its author wrote it. */
export interface Script {
  /** Run by bash as the learner, in the home folder, with an empty stdin. Need not be executable: its text is what is run. */
  readonly script: string;
  readonly timeoutMs: number;
  /** The learner's values by name: `web_port` is `$LESSON_WEB_PORT` to the script and to all it starts. */
  readonly values?: Readonly<Record<string, string>>;
}

/** Bytes that are kept of stdout and of stderr. */
const MAX_OUTPUT_BYTES = 4096;
/** Scripts that may wait for their turn in one sandbox. */
const MAX_WAITING = 3;

/**
 * The script comes on stdin and is read by bash from a pipe: in an argument it would be limited in length and would
 * find itself in the process list, where checks look for the learner's programs. Its own stdin is empty.
 */
const RUN_STDIN = [
  'bash',
  '--noprofile',
  '--norc',
  '-c',
  'exec bash --noprofile --norc <(exec cat) </dev/null',
];

const turns = new Turns<Sandbox>(MAX_WAITING);

/**
 * What the script said, and how long it took. Scripts of one sandbox run one after the other. Rejects with `busy` when
 * too many wait, with what the engine rejects with, and with the signal's reason.
 */
export function runScript(
  sandbox: Sandbox,
  { script, timeoutMs, values }: Script,
  signal: AbortSignal,
): Promise<RunResult & { durationMs: number }> {
  return turns.take(sandbox, signal, async () => {
    const began = performance.now();
    const result = await sandbox.run(RUN_STDIN, {
      timeoutMs,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      input: new TextEncoder().encode(exportsOf(values ?? {}) + script),
      signal,
    });
    return { ...result, durationMs: Math.round(performance.now() - began) };
  });
}

/** The values as a beginning of the script's first line, so that bash counts its lines as the author does. */
function exportsOf(values: Readonly<Record<string, string>>): string {
  const words = Object.entries(values).map(
    ([name, value]) => `LESSON_${name.toUpperCase()}=${quoted(value)}`,
  );
  return words.length === 0 ? '' : `export ${words.join(' ')}; `;
}

function quoted(value: string): string {
  return `'${value.replaceAll('\0', '').replaceAll("'", String.raw`'\''`)}'`;
}
