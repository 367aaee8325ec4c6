/**
 * The form of a journal file: a first line, then records, each a letter, the length of its content in four bytes and
 * the content. `s`: a snapshot as JSON, always first; `o`: output; `r`: a size as JSON. Knows no file system.
 */
import { z } from 'zod';
import { SIZE_LIMITS, sizeSchema } from '../../protocol/messages.ts';
import type { Size } from '../../protocol/messages.ts';
import type { Snapshot } from './snapshot.ts';

const FIRST_LINE = Buffer.from('drydock terminal 1\n');
const HEADER = 5;

/** A record longer than this is a sign of damage: snapshots are the largest and far below. */
const MAX_RECORD = 64 * 1024 * 1024;

const snapshotRecord = z.strictObject({
  cols: z.int().min(SIZE_LIMITS.minCols).max(SIZE_LIMITS.maxCols),
  rows: z.int().min(SIZE_LIMITS.minRows).max(SIZE_LIMITS.maxRows),
  data: z.string(),
  tail: z.base64(),
  shell: z
    .strictObject({
      place: z.enum(['prompt', 'more', 'command']),
      column: z.int().min(0).max(SIZE_LIMITS.maxCols),
      rowsUp: z.int().min(0),
    })
    .optional(),
});

/** What happened to a terminal, in order. */
export type Entry = { readonly output: Uint8Array } | { readonly size: Size };

/** What a journal holds. */
export interface Contents {
  readonly snapshot: Snapshot;
  readonly entries: readonly Entry[];
}

/** The beginning of a journal: all that it holds before anything is appended. */
export function encodeSnapshot(snapshot: Snapshot): Uint8Array {
  const { cols, rows, data, tail, shell } = snapshot;
  const content = Buffer.from(
    JSON.stringify({ cols, rows, data, tail: Buffer.from(tail).toString('base64'), shell }),
  );
  return Buffer.concat([FIRST_LINE, header('s', content.length), content]);
}

/** An entry as the pieces to be appended, in order; output is not copied. */
export function encodeEntry(entry: Entry): Uint8Array[] {
  if ('output' in entry) return [header('o', entry.output.length), entry.output];
  const content = Buffer.from(JSON.stringify(entry.size));
  return [header('r', content.length), content];
}

/** Reads a journal. An end that was cut off is left out; anything else that is wrong throws, saying what and where. */
export function decodeJournal(file: Buffer): Contents {
  if (!file.subarray(0, FIRST_LINE.length).equals(FIRST_LINE))
    throw new Error('it is not a journal of this version');
  let offset = FIRST_LINE.length;
  let snapshot: Snapshot | undefined;
  const entries: Entry[] = [];
  while (offset + HEADER <= file.length) {
    const kind = String.fromCharCode(file[offset] ?? 0);
    const length = file.readUInt32LE(offset + 1);
    if (length > MAX_RECORD)
      throw new Error(`expected a record of at most ${MAX_RECORD} bytes at ${offset}, found ${length}`);
    const content = file.subarray(offset + HEADER, offset + HEADER + length);
    if (content.length < length) break;
    if (!snapshot) snapshot = readSnapshot(kind, content);
    else if (kind === 'o') entries.push({ output: content });
    else if (kind === 'r') entries.push({ size: sizeSchema.parse(JSON.parse(content.toString())) });
    else throw new Error(`expected a record "o" or "r" at byte ${offset}, found ${JSON.stringify(kind)}`);
    offset += HEADER + length;
  }
  if (!snapshot) throw new Error('it ends before its snapshot does');
  return { snapshot, entries };
}

function readSnapshot(kind: string, content: Buffer): Snapshot {
  if (kind !== 's') throw new Error(`expected a snapshot first, found a record ${JSON.stringify(kind)}`);
  const { tail, ...rest } = snapshotRecord.parse(JSON.parse(content.toString()));
  return { ...rest, tail: new Uint8Array(Buffer.from(tail, 'base64')) };
}

function header(kind: string, length: number): Buffer {
  const bytes = Buffer.alloc(HEADER);
  bytes.write(kind, 'latin1');
  bytes.writeUInt32LE(length, 1);
  return bytes;
}
