/** The terminal WebSocket: control messages (text frames, JSON) beside the terminal's bytes (binary frames). */
import { z } from 'zod';
import { SIZE_LIMITS } from './wire.ts';

/** Beside the schemas for the server's convenience; the page imports wire.ts, which loads no zod. */
export { CLOSE, MAX_VIEWER_FRAME, SIZE_LIMITS, SUBPROTOCOL } from './wire.ts';

const cols = z.int().min(SIZE_LIMITS.minCols).max(SIZE_LIMITS.maxCols);
const rows = z.int().min(SIZE_LIMITS.minRows).max(SIZE_LIMITS.maxRows);

/** Columns and rows of a terminal. */
export const sizeSchema = z.strictObject({ cols, rows });
export type Size = z.infer<typeof sizeSchema>;

export const resizeSchema = z.strictObject({ type: z.literal('resize'), cols, rows });

/** The viewer has drawn this many bytes of binary frames since its last acknowledgement. See flow.ts. */
export const ackSchema = z.strictObject({
  type: z.literal('ack'),
  bytes: z
    .int()
    .min(1)
    .max(16 * 1024 * 1024),
});

/** Empties the screen and what is above it but for the cursor's line, for all viewers. Nothing while a full-screen program
 * has the screen. */
export const clearSchema = z.strictObject({ type: z.literal('clear') });

/** What a viewer may send as a text frame. `resize`: its window has room for another size. */
export const viewerMessageSchema = z.discriminatedUnion('type', [resizeSchema, ackSchema, clearSchema]);
export type ViewerMessage = z.infer<typeof viewerMessageSchema>;

/** The screen, as bytes that draw it on an empty terminal of the given size. First after connecting, and again
 * whenever the server had to skip output for this viewer. Replaces all that the viewer has drawn. */
export const snapshotSchema = z.strictObject({ type: z.literal('snapshot'), cols, rows, data: z.string() });

/** The terminal has ended. `shell-exited`: its program ended. `sandbox-ended`: the whole sandbox is gone. */
export const exitSchema = z.strictObject({
  type: z.literal('exit'),
  reason: z.enum(['shell-exited', 'sandbox-ended']),
  /** Exit code of the program where it is known. */
  code: z.int().nullable(),
});

/** Something went wrong; the message is safe to show. The server closes the connection after it. */
export const errorMessageSchema = z.strictObject({
  type: z.literal('error'),
  code: z.string(),
  message: z.string(),
});

/** What the server may send as a text frame. `resize`: the terminal has another size from here on; see the openapi text of
 * the terminal for whose. */
export const serverMessageSchema = z.discriminatedUnion('type', [
  snapshotSchema,
  resizeSchema,
  exitSchema,
  errorMessageSchema,
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;
