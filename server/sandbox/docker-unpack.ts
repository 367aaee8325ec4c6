/** Unpacks archives in a running container, the first one by a helper that waits for it. Knows nothing about scenes. */
import type { Duplex } from 'node:stream';
import { within } from './deadline.ts';
import { engineCall } from './docker-calls.ts';
import { Demux } from './docker-demux.ts';
import { processMark, runCommand, signalMarked, startExec, type RunTarget } from './docker-run.ts';
import { COMPLAINT_BYTES, judgeTar, TAR, unpackByRun, type UnpackLimits } from './unpack.ts';

/** Prints tar's exit code, which the engine itself tells several milliseconds later. */
const HELPER = ['sh', '-c', '"$@"; echo $?', 'drydock-unpack', ...TAR];

/** Keeps the promises of `Sandbox.standBy`, `standDown` and `unpack`. */
export class Unpacking {
  readonly #target: RunTarget;
  #helper: Promise<Helper | undefined> | undefined;

  constructor(target: RunTarget) {
    this.#target = target;
  }

  async standBy(): Promise<void> {
    // Without one, `unpack` starts what it needs.
    this.#helper ??= startHelper(this.#target).catch(() => undefined);
    await this.#helper;
  }

  standDown(): void {
    void this.#take().then((helper) => helper?.end());
  }

  async unpack(archive: Uint8Array, limits: UnpackLimits): Promise<void> {
    limits.signal?.throwIfAborted();
    const helper = await this.#take();
    if (await helper?.unpack(archive, limits)) return;
    const run = { run: runCommand.bind(undefined, this.#target) };
    await unpackByRun(run, archive, limits);
  }

  #take(): Promise<Helper | undefined> {
    const helper = this.#helper ?? Promise.resolve(undefined);
    this.#helper = undefined;
    return helper;
  }
}

async function startHelper(target: RunTarget): Promise<Helper> {
  const mark = processMark();
  const exec = await engineCall({ what: 'start a command' }, (abortSignal) =>
    target.container.exec({
      Cmd: HELPER,
      Env: [mark],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      abortSignal,
    }),
  );
  return new Helper(await startExec(exec, false), { target, mark });
}

/** A tar that waits. The end of its connection, as when the server ends, is the end of its input and so its own. */
class Helper {
  readonly #stream: Duplex;
  readonly #kill: () => Promise<void>;
  readonly #output = new Demux(COMPLAINT_BYTES);
  /** Resolves when it has succeeded, or ended. */
  readonly #over = Promise.withResolvers<void>();

  constructor(stream: Duplex, { target, mark }: { target: RunTarget; mark: string }) {
    this.#stream = stream;
    this.#kill = () => signalMarked(target.container, mark, 'KILL');
    const forget = target.track(stream);
    stream.on('data', (chunk: Buffer) => {
      this.#output.push(chunk);
      if (this.#code() === 0) this.#over.resolve();
    });
    stream.on('end', () => stream.destroy());
    stream.on('close', () => {
      forget();
      this.#over.resolve();
    });
    // A failure is followed by `close`.
    stream.on('error', () => {});
  }

  /** Ends it unused. */
  end(): void {
    this.#stream.end();
  }

  /** Resolves with true once the archive is unpacked, with false where the helper ended before it could say how it went.
   * Rejects like `Sandbox.unpack`. */
  async unpack(archive: Uint8Array, { timeoutMs, signal }: UnpackLimits): Promise<boolean> {
    this.#stream.end(archive);
    try {
      const bound = { ms: timeoutMs, what: 'Unpacking the files', signal };
      await within(bound, () => this.#over.promise);
    } catch (error) {
      await this.#kill();
      throw error;
    } finally {
      this.#stream.destroy();
    }
    const code = this.#code();
    if (code === undefined) return false;
    judgeTar({ code, stderr: this.#output.text().stderr, timedOut: false });
    return true;
  }

  #code(): number | undefined {
    const printed = /^(\d+)\n$/.exec(this.#output.text().stdout)?.[1];
    return printed === undefined ? undefined : Number(printed);
  }
}
