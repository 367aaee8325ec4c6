/** Peers that attack a terminal's WebSocket: what each does, at random, and doing it. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { WebSocket } from 'ws';
import { MAX_VIEWER_FRAME, SUBPROTOCOL } from '../../protocol/messages.ts';
import type { Place } from './attacked-server.ts';

/** One thing that a peer does. */
export type Move =
  | { readonly do: 'text' | 'raw' | 'fragment'; readonly data: string | Uint8Array }
  | { readonly do: 'bytes'; readonly data: Uint8Array; readonly times: number }
  | { readonly do: 'close'; readonly code: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'deaf' | 'hear' | 'ping' | 'terminate' };

/** What a peer does from its connection to its end. */
export interface Peer {
  readonly query: string;
  readonly moves: readonly Move[];
}

const number = fc.oneof(fc.integer({ min: -2, max: 300 }), fc.double(), fc.maxSafeInteger());
const message = fc.oneof(
  fc.record({ type: fc.constant('ack'), bytes: fc.integer({ min: 1, max: 16 * 1024 * 1024 }) }),
  fc.record({
    type: fc.constant('resize'),
    cols: fc.integer({ min: 2, max: 500 }),
    rows: fc.integer({ min: 1, max: 200 }),
  }),
  fc.record({
    type: fc.constantFrom('ack', 'resize', 'snapshot', 'exit'),
    bytes: number,
    cols: number,
    rows: number,
  }),
  fc.constant({ type: 'clear' }),
  fc.object(),
  fc.jsonValue(),
);
const text = fc.oneof(
  { weight: 6, arbitrary: message.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '{',
      '[[[[',
      '{"type":"ack","bytes":1e999}',
      '{"__proto__":{"type":"ack"}}',
    ),
  },
);
const bytes = fc.oneof(
  { weight: 6, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(1, MAX_VIEWER_FRAME, MAX_VIEWER_FRAME + 1, 300_000)
      .map((n) => new Uint8Array(n)),
  },
);
/** Parts of frames as RFC 6455 has them and has them not: no mask, unknown opcodes, lengths that never come. */
const raw = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 40 }),
  fc
    .constantFrom(
      [0x81, 0x7f, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      [0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4],
      [0x83, 0x80, 0, 0, 0, 0],
      [0xc1, 0x80, 0, 0, 0, 0],
      [0x09, 0x80, 0, 0, 0, 0],
      [0x89, 0xfe, 0xff, 0xff, 0, 0, 0, 0],
      [0x88, 0x81, 0, 0, 0, 0, 3],
      [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28],
      [0x81, 0x01, 0x41],
    )
    .map((all) => Uint8Array.from(all)),
);

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('text' as const), data: text }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('bytes' as const),
      data: bytes,
      times: fc.integer({ min: 1, max: 20 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fragment' as const), data: text }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('raw' as const), data: raw }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 8 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('deaf' as const, 'hear' as const, 'ping' as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('close' as const),
      code: fc.constantFrom(1000, 1001, 3000, 4999),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('terminate' as const) }) },
);

const query = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('', '?cols=2&rows=1', '?cols=500&rows=200', '?mode=view', '?cols=100&rows=30'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('?cols=501', '?rows=0', '?cols=NaN', '?mode=', '?cols=1e2&cols=3'),
  },
);

/** A peer that does up to a dozen things. */
export const peer: fc.Arbitrary<Peer> = fc.record({ query, moves: fc.array(move, { maxLength: 12 }) });

/** Plays a peer to its end; resolves when its connection is gone. Never rejects. */
export async function play(
  { query: asked, moves }: Peer,
  { port, target }: { port: number; target: Place },
): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${target.path}${asked}`, [SUBPROTOCOL], {
    headers: { cookie: target.cookie },
  });
  socket.on('error', () => undefined);
  const gone = new Promise((resolve) => socket.once('close', resolve));
  await Promise.race([once(socket, 'open').catch(() => undefined), gone]);
  for (const one of moves) {
    if (socket.readyState !== WebSocket.OPEN) break;
    await make(one, socket);
  }
  socket.resume();
  socket.terminate();
  await gone;
}

async function make(one: Move, socket: WebSocket): Promise<void> {
  const wire = (socket as unknown as { _socket: Socket })._socket;
  if (one.do === 'text') socket.send(one.data);
  else if (one.do === 'fragment') socket.send(one.data, { fin: false });
  else if (one.do === 'raw') wire.write(one.data);
  else if (one.do === 'bytes') for (let i = 0; i < one.times; i++) socket.send(one.data);
  else if (one.do === 'wait') await sleep(one.ms);
  else if (one.do === 'close') socket.close(one.code);
  else if (one.do === 'deaf') socket.pause();
  else if (one.do === 'hear') socket.resume();
  else if (one.do === 'ping') socket.ping('x'.repeat(125));
  else socket.terminate();
}
