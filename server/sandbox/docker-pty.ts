/** A Pty over the raw stream of a terminal in a container. Knows nothing about which process is behind it. */
import type { Duplex } from 'node:stream';
import type { Size } from '../../protocol/messages.ts';
import type { Off, Pty } from './engine.ts';
import { PtyEvents } from './pty-events.ts';

type Exit = Parameters<Parameters<Pty['onExit']>[0]>[0];

/** Bytes of input that may wait for a program that does not read; more is dropped, as a real terminal does. */
const MAX_PENDING_INPUT = 1024 * 1024;

/** What a DockerPty needs to know about the process at the other end. */
export interface DockerPtyDeps {
  /** The hijacked connection: bytes both ways, no frames. */
  readonly stream: Duplex;
  /** Tells the program its size; may reject. */
  readonly resize: (size: Size) => Promise<void>;
  /** Called once the stream has ended: how the program ended, or that only the connection did. Never rejects. */
  readonly exitOf: () => Promise<Exit>;
  /** Called once, when the stream is no longer used: after the exit was told, or on `detach`. */
  readonly onDone: (how: 'exit' | 'detach') => void;
}

/** Reads the stream from the start, so that an unwatched terminal never blocks the engine. */
export class DockerPty implements Pty {
  readonly #deps: DockerPtyDeps;
  readonly #events = new PtyEvents();
  #wanted: Size | undefined;
  #resizing: Promise<void> | undefined;
  #ended = false;

  constructor(deps: DockerPtyDeps) {
    this.#deps = deps;
    deps.stream.on('data', (data: Uint8Array) => this.#events.push(data));
    deps.stream.on('end', () => void this.#end());
    deps.stream.on('close', () => void this.#end());
    // A failure is followed by `close`, and `exitOf` finds out what it means.
    deps.stream.on('error', () => {});
  }

  write(data: Uint8Array): void {
    const { stream } = this.#deps;
    if (this.#ended || !stream.writable || stream.writableLength + data.length > MAX_PENDING_INPUT) return;
    stream.write(data);
  }

  async resize(size: Size): Promise<void> {
    if (this.#ended) return;
    this.#wanted = size;
    this.#resizing ??= this.#applySizes().finally(() => (this.#resizing = undefined));
    await this.#resizing;
  }

  pause(): void {
    this.#deps.stream.pause();
  }

  resume(): void {
    this.#deps.stream.resume();
  }

  detach(): void {
    this.#events.mute();
    if (this.#ended) return;
    this.#ended = true;
    this.#deps.stream.destroy();
    this.#deps.onDone('detach');
  }

  onData(listener: (data: Uint8Array) => void): Off {
    return this.#events.onData(listener);
  }

  onExit(listener: (exit: Exit) => void): Off {
    return this.#events.onExit(listener);
  }

  /** One call at a time, and only the newest size, so that sizes cannot overtake each other. */
  async #applySizes(): Promise<void> {
    while (this.#wanted !== undefined && !this.#ended) {
      const size = this.#wanted;
      this.#wanted = undefined;
      try {
        await this.#deps.resize(size);
      } catch {
        // The program keeps its size; where the terminal has ended, `onExit` says so.
      }
    }
  }

  async #end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#deps.stream.destroy();
    const exit = await this.#deps.exitOf();
    this.#deps.onDone('exit');
    this.#events.end(exit);
  }
}

/** Resolves with true at the first output, with false if the stream ends without any. Rejects when the signal is
 * aborted, with its reason. Does not take the output away from other listeners of the same turn. */
export async function firstOutput(stream: Duplex, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const onData = () => resolve(true);
  const onEnd = () => resolve(false);
  const onAbort = () => reject(signal.reason);
  stream.once('data', onData);
  stream.once('end', onEnd);
  stream.once('close', onEnd);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await promise;
  } finally {
    stream.off('data', onData);
    stream.off('end', onEnd);
    stream.off('close', onEnd);
    signal.removeEventListener('abort', onAbort);
  }
}
