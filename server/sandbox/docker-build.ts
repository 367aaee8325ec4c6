/** Builds one image from a context and tells how far it is. Knows nothing about labs and bases. */
import type Docker from 'dockerode';
import type { BuildContext } from './docker-context.ts';
import { engineCall } from './docker-calls.ts';
import { followProgress } from './docker-progress.ts';
import type { BuildProgress } from './engine.ts';
import type { Waiter } from './shared-task.ts';

/** Milliseconds in which a step may print nothing. */
const SILENCE_MS = 15 * 60_000;

/** Lines of a step's output after which it counts as two thirds done: its real length is not known. */
const LINES_OF_A_STEP = 150;

/** Lines of output that an error carries. */
const TOLD_LINES = 6;

/** What to build. */
export interface BuildJob {
  readonly context: BuildContext;
  readonly tag: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Builds with the classic builder, which every engine has. Rejects with an Error that names the step that failed. */
export async function buildImage(docker: Docker, job: BuildJob, waiter: Waiter): Promise<void> {
  const watch = new BuildWatch();
  const stream = await engineCall(
    { what: 'start the build', timeoutMs: 60_000, signal: waiter.signal },
    (abortSignal) =>
      docker.buildImage(job.context.pack(), {
        t: job.tag,
        labels: { ...job.labels },
        // Sandboxes have no network, their builds need the host's: a default bridge may not exist or not reach out.
        networkmode: 'host',
        rm: true,
        forcerm: true,
        abortSignal,
      }),
  );
  try {
    await followProgress(stream, {
      silenceMs: SILENCE_MS,
      signal: waiter.signal,
      onMessage: (message) => {
        const progress = watch.read(message.stream ?? message.status ?? '');
        if (progress !== undefined) waiter.onProgress(progress);
      },
    });
  } catch (error) {
    if (waiter.signal.aborted) throw waiter.signal.reason;
    throw new Error(watch.explain(error instanceof Error ? error.message : String(error)), { cause: error });
  }
}

/** What the builder says of its own containers and images, which does not help to mend a Dockerfile. */
const BUILDER_TALK = /^( ---> |Removing intermediate container )/;

/** Turns the builder's output into progress. */
export class BuildWatch {
  #step = 0;
  #steps = 1;
  #instruction = '';
  #lines = 0;
  #tail: string[] = [];

  /** Takes a piece of output. Returns how far the build is, undefined for a piece that tells nothing. */
  read(text: string): BuildProgress | undefined {
    const match = /^Step (\d+)\/(\d+) : (.*)/s.exec(text);
    if (match !== null) {
      this.#step = Number(match[1]);
      this.#steps = Number(match[2]);
      this.#instruction = (match[3] ?? '').trim();
      this.#lines = 0;
      this.#tail = [];
    } else {
      const lines = text.split('\n').filter((line) => line.trim() !== '' && !BUILDER_TALK.test(line));
      if (lines.length === 0) return undefined;
      this.#lines += lines.length;
      this.#tail = [...this.#tail, ...lines.map((line) => line.slice(0, 300))].slice(-TOLD_LINES);
    }
    return this.#progress();
  }

  /** The message of a failed build, for the author of the Dockerfile. */
  explain(reason: string): string {
    const where =
      this.#step === 0 ? '' : `step ${this.#step} of ${this.#steps}, "${firstLine(this.#instruction)}": `;
    const output = this.#tail.length === 0 ? '' : `\n${this.#tail.join('\n')}`;
    return `${where}${reason}${output}`;
  }

  #progress(): BuildProgress {
    const within = 1 - Math.exp(-this.#lines / LINES_OF_A_STEP);
    const done = this.#step === 0 ? 0 : (this.#step - 1 + within) / this.#steps;
    return { progress: done, step: describeInstruction(this.#instruction) };
  }
}

/** What an instruction of a Dockerfile does, for the reader who waits. */
function describeInstruction(instruction: string): string {
  if (/\b(apt|apt-get)\b[^&|;]*\binstall\b/.test(instruction)) return 'installing packages';
  if (/\bpip3?\b/.test(instruction)) return 'fetching Python packages';
  if (/^(COPY|ADD)\b/i.test(instruction)) return 'copying files';
  return 'setting up the image';
}

function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}
