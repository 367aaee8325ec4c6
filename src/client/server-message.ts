/** Reads the server's control messages. By hand, since a schema library would outweigh the page. Pure. */
import type { ServerMessage } from '../../protocol/messages.ts';

/** The message, or undefined where the text is none that this page knows. */
export function parseServerMessage(text: string): ServerMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isServerMessage(value) ? value : undefined;
}

function isServerMessage(value: unknown): value is ServerMessage {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  const fields = value as Record<string, unknown>;
  switch (fields.type) {
    case 'snapshot':
      return hasSize(fields) && typeof fields.data === 'string';
    case 'resize':
      return hasSize(fields);
    case 'exit':
      return fields.reason === 'shell-exited' || fields.reason === 'sandbox-ended';
    case 'error':
      return typeof fields.code === 'string' && typeof fields.message === 'string';
    default:
      return false;
  }
}

function hasSize({ cols, rows }: Record<string, unknown>): boolean {
  return Number.isSafeInteger(cols) && Number.isSafeInteger(rows) && Number(cols) > 0 && Number(rows) > 0;
}
