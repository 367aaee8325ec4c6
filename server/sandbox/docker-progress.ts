/** Follows what Docker tells while it builds, pulls or imports. Knows nothing about labs. */
import { z } from 'zod';

/** One line of the engine's progress stream; a build prints into `stream`, everything else into `status`. */
const messageSchema = z.object({
  stream: z.string().optional(),
  status: z.string().optional(),
  error: z.string().optional(),
});
export type EngineMessage = z.infer<typeof messageSchema>;

/** Characters of one unfinished line that are kept. */
const MAX_LINE = 1024 * 1024;

/** How long to follow. */
export interface FollowOptions {
  /** Milliseconds of silence after which it is given up. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
  readonly onMessage: (message: EngineMessage) => void;
}

/**
 * Reads a progress stream to its end. Rejects with an Error that carries the engine's own words where it reports one,
 * with an Error after too much silence, and with the signal's reason on abort; the stream is closed then.
 */
export async function followProgress(stream: NodeJS.ReadableStream, options: FollowOptions): Promise<void> {
  const controller = new AbortController();
  const stop = (reason: unknown) => controller.abort(reason);
  const silence = new Error(`nothing happened for ${options.silenceMs / 1000} s`);
  let timer = setTimeout(stop, options.silenceMs, silence);
  const onAbort = () => stop(options.signal.reason);
  options.signal.addEventListener('abort', onAbort, { once: true });
  if (options.signal.aborted) onAbort();
  // A closed stream ends the loop below, which then finds the reason in the controller.
  controller.signal.addEventListener('abort', () => closeStream(stream));
  if (controller.signal.aborted) closeStream(stream);
  try {
    for await (const message of messagesOf(stream)) {
      clearTimeout(timer);
      timer = setTimeout(stop, options.silenceMs, silence);
      if (message.error !== undefined) throw new Error(message.error);
      options.onMessage(message);
    }
    if (controller.signal.aborted) throw controller.signal.reason;
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', onAbort);
    closeStream(stream);
  }
}

async function* messagesOf(stream: NodeJS.ReadableStream): AsyncGenerator<EngineMessage> {
  let rest = '';
  for await (const chunk of stream) {
    rest += chunk.toString();
    const lines = rest.split('\n');
    rest = (lines.pop() ?? '').slice(-MAX_LINE);
    for (const line of lines) {
      const message = parseLine(line);
      if (message !== undefined) yield message;
    }
  }
  const last = parseLine(rest);
  if (last !== undefined) yield last;
}

function parseLine(line: string): EngineMessage | undefined {
  if (line.trim() === '') return undefined;
  try {
    return messageSchema.parse(JSON.parse(line));
  } catch {
    // A line that is not the engine's JSON tells nothing about the progress.
    return undefined;
  }
}

function closeStream(stream: NodeJS.ReadableStream): void {
  if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
}
