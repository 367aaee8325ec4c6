/**
 * Starts, finds and ends sandboxes. This file is the contract that every engine keeps; `tests/contract/` proves it.
 * Knows nothing about learners, lessons, HTTP or WebSockets.
 */
import type { Lab } from '../../protocol/lab.ts';
import type { Size } from '../../protocol/messages.ts';

/** Ends a subscription. Calling it again does nothing. */
export type Off = () => void;

/** What to start. */
export interface SandboxSpec {
  /** The lab's name. */
  readonly lab: string;
  /** What this engine's `prepare` returned for the lab, such as an image reference; only the engine reads it. */
  readonly image: string;
  readonly settings: Lab;
}

/** Which sandbox, what it was started from. Survives a restart of the server. */
export interface SandboxInfo {
  /** The engine's own id: stable for the sandbox's life and unique for the engine. */
  readonly id: string;
  readonly lab: string;
  readonly image: string;
  readonly createdAt: Date;
}

/** Bounds of one command. All are enforced by the engine. */
export interface RunLimits {
  /** After this the command is ended, with all it started, and the result says `timedOut`. */
  readonly timeoutMs: number;
  /** Bytes of stdout and of stderr that are kept; the rest is read and dropped. */
  readonly maxOutputBytes: number;
  /** Written to the command's stdin, which is closed after it. */
  readonly input?: Uint8Array;
  readonly signal?: AbortSignal;
}

export interface RunResult {
  /** Exit code; null where the command was ended by its deadline. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** One end of a pseudo terminal in a sandbox. */
export interface Pty {
  /** Sends input. After the end it does nothing. */
  write(data: Uint8Array): void;
  /** Changes the size; the last call wins. Resolves when the program has been told, rejects never. */
  resize(size: Size): Promise<void>;
  /** Stops reading, so that the program that writes is slowed down. */
  pause(): void;
  resume(): void;
  /** Lets go of the terminal. The main shell goes on; a shell that `open` started may end. No `onExit` follows. */
  detach(): void;
  /** Output, in order. What came before the first subscriber is kept for it, up to 64 KiB, the newest. */
  onData(listener: (data: Uint8Array) => void): Off;
  /** Called once, after the last `onData`, also when it had ended before the subscription. `lost`: the connection
   * to the engine broke, the program may still run; otherwise the program or its sandbox has ended. */
  onExit(listener: (exit: { code: number | null; lost: boolean }) => void): Off;
}

/** A started sandbox. Every method rejects with `not-found` once it is gone, `engine-unavailable` while the engine
 * does not answer, and `timeout` rather than waiting without end. */
export interface Sandbox {
  readonly info: SandboxInfo;
  /**
   * The main shell's terminal. It runs from the start of the sandbox until its end (a shell that exits is followed by
   * a fresh one), and outlives the server: opening it after a restart finds the same shell. On the sandbox that
   * `create` returned, the output since its start is still to be read from it. One at a time: a second call before
   * `detach` or the exit returns the same Pty.
   */
  main(): Promise<Pty>;
  /** A further shell in a terminal of its own. */
  open(size: Size): Promise<Pty>;
  /** Runs a command as the lab's user, in the home folder, without a terminal. `argv[0]` is found on the PATH. */
  run(argv: readonly string[], limits: RunLimits): Promise<RunResult>;
  /**
   * Unpacks a tar archive in the home folder, as the lab's user: files of the same name are replaced, others stay.
   * Rejects with `timeout` after `timeoutMs`, with `internal` and tar's own words where it fails, and with the signal's
   * reason; what was unpacked until then stays.
   */
  unpack(archive: Uint8Array, limits: Pick<RunLimits, 'timeoutMs' | 'signal'>): Promise<void>;
  /** Prepares for an `unpack` that is to be quick: something small may wait for it inside, until that or `standDown`.
   * Never rejects, since `unpack` does without as well. For a sandbox that nobody uses yet. */
  standBy(): Promise<void>;
  /** Ends what `standBy` has left waiting, if anything: a learner's sandbox holds nothing of ours. */
  standDown(): void;
  /** Whether it still runs. Rejects with `engine-unavailable` if that cannot be told. */
  alive(): Promise<boolean>;
  /** Ends it and removes all of it, also while its output floods. Done already: resolves. */
  destroy(): Promise<void>;
}

/** How far a lab's image is. */
export interface BuildProgress {
  /** From 0 to 1, never falling. */
  readonly progress: number;
  /** For the reader, such as "installing packages". */
  readonly step: string;
}

/** A lab as read from `labs/<name>/`. */
export interface LabSource {
  readonly name: string;
  readonly folder: string;
  readonly settings: Lab;
  /** The labs that its Dockerfile names as `FROM drydock/<lab>`; absent where there are none. Never a cycle. */
  readonly bases?: readonly LabSource[];
}

/** Tells how much disk sandboxes take. */
export interface DiskMeter {
  /** A figure in bytes that falls as sandboxes write, cheap enough to be asked for every second; undefined where it
   * cannot be told from here. */
  room(): Promise<number | undefined>;
  /** Bytes that the home and the volumes of the sandbox with this engine id hold, with something added for each file.
   * May take long where there are very many files. Rejects with `not-found` once it is gone. */
  used(id: string, signal: AbortSignal): Promise<number>;
}

export interface SandboxEngine {
  /** For people and metrics, such as `docker`. */
  readonly name: string;
  /** By which `limits.diskMb` is enforced; absent where sandboxes cannot write beyond it anyway. */
  readonly disk?: DiskMeter;
  /** Resolves when the engine answers; rejects with `engine-unavailable` and a reason otherwise, within 5 s. */
  ping(): Promise<void>;
  /**
   * Makes sure that the lab can be started and returns what `SandboxSpec.image` needs. Depends on the content of the
   * lab's folder: the same content is prepared once, and a second call resolves quickly. Rejects with
   * `lab-unavailable` and a reason that names what failed, at once where this host cannot give what the lab asks for.
   */
  prepare(
    lab: LabSource,
    onProgress: (progress: BuildProgress) => void,
    signal: AbortSignal,
  ): Promise<string>;
  /**
   * Resolves when the sandbox is usable: its main shell runs and has printed its prompt, the lab's start command runs
   * beside it, and the lab's probe has exited with 0. `onStep` is told what is waited for beyond the start itself.
   * Whatever fails or is aborted leaves nothing behind; a probe that never succeeds rejects with `timeout` and its last
   * words, and a lab that was not prepared with `lab-unavailable` where the engine cannot do without.
   */
  create(spec: SandboxSpec, signal: AbortSignal, onStep?: (step: string) => void): Promise<Sandbox>;
  /** The running sandboxes of this installation, also those started before a restart. */
  list(): Promise<Sandbox[]>;
  /** Lets go of all connections. Sandboxes go on running. */
  close(): Promise<void>;
}
