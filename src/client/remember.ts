/** Remembers a lesson's sandbox in this browser, over reloads and between tabs. The server stays the one who knows. */
import { recall, remember } from './memory.ts';

const key = (lesson: string) => `sandbox:${lesson}`;

/** The id of the lesson's sandbox as last seen. */
export function rememberedSandbox(lesson: string): string | undefined {
  return recall(key(lesson)) ?? undefined;
}

/** Keeps the id; undefined forgets it. */
export function rememberSandbox(lesson: string, id: string | undefined): void {
  remember(key(lesson), id ?? null);
}

/** Calls the listener when another tab starts a lab for the lesson. Returns the function that ends it. */
export function onStartedElsewhere(lesson: string, listener: (id: string) => void): () => void {
  let last = rememberedSandbox(lesson);
  const heard = () => {
    const id = rememberedSandbox(lesson);
    if (id !== undefined && id !== last) listener(id);
    last = id;
  };
  addEventListener('storage', heard);
  return () => removeEventListener('storage', heard);
}
