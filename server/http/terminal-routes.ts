/** The WebSocket of a terminal: who may look, then hands over to the terminal. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { CLOSE, MAX_VIEWER_FRAME, SIZE_LIMITS, SUBPROTOCOL } from '../../protocol/messages.ts';
import type { Entry } from '../sandbox/registry.ts';
import { MAIN } from '../sandbox/terminal-list.ts';
import type { Seat } from '../terminal/terminals.ts';
import type { AppDeps } from './deps.ts';
import { errorBody } from './errors.ts';
import { BUSY, errorBodyOf, NO_ENGINE, noBody } from './openapi.ts';
import { Places } from './places.ts';
import { readFrames, SocketChannel } from './socket-channel.ts';
import { terminalKey } from './terminal-lifecycle.ts';
import { readyEntry, TERMINAL_PARAMS } from './terminal-lookup.ts';
import { upgradeOf } from './upgrade.ts';
import { WebSockets } from './web-sockets.ts';

/** Longest wait for the sandbox of a terminal that is opened. */
const OPEN_MS = 15_000;

/** Connections to the terminals of one sandbox. */
const MAX_VIEWERS = 32;

const { minCols, maxCols, minRows, maxRows } = SIZE_LIMITS;
const querystring = z.object({
  cols: z.coerce.number().int().min(minCols).max(maxCols).default(80),
  rows: z.coerce.number().int().min(minRows).max(maxRows).default(24),
  mode: z.enum(['type', 'view']).default('type').describe('`view`: a viewer that only looks'),
});

const DESCRIPTION = `A WebSocket with the subprotocol \`${SUBPROTOCOL}\`. Binary frames are the terminal's bytes, both ways. Text frames are JSON:
\`ViewerMessage\` one way, \`ServerMessage\` the other, of which \`snapshot\` comes first. Frames of a viewer have
${MAX_VIEWER_FRAME} bytes at most. A refused upgrade is answered as below, in the error form. While the sandbox is \`starting\`
that is 409: the events of the sandbox tell when it is ready.

The terminal has the size of the window of whoever typed last, or of the first viewer; a change of it is told to all viewers
as \`resize\`, at its place among the bytes. With \`mode=view\` a viewer only looks: its \`resize\` and the answers that
terminals give by themselves are ignored, other input is answered by the error \`read-only\` and close
${CLOSE.badMessage}, and the program never waits for it.`;

const schema = {
  summary: 'A terminal, as a WebSocket',
  description: DESCRIPTION,
  tags: ['sandboxes'],
  params: TERMINAL_PARAMS,
  querystring,
  response: {
    101: noBody('Connected'),
    400: errorBodyOf('A size out of bounds, or not this subprotocol'),
    403: errorBodyOf('A page of another origin asked'),
    404: errorBodyOf('No such sandbox or terminal, or it belongs to another learner'),
    409: errorBodyOf('The sandbox is not ready, or not any more'),
    426: errorBodyOf('Not an upgrade to a WebSocket'),
    429: BUSY,
    503: NO_ENGINE,
    504: errorBodyOf('The engine took too long'),
  },
};

/** Adds the route. All viewers are sent away when the app closes. */
export function addTerminalRoutes(app: FastifyInstance, deps: AppDeps): void {
  const sockets = new WebSockets(deps.timing?.pingMs);
  const places = new Places(MAX_VIEWERS, 'viewers of this lab');
  app.addHook('preClose', () => sockets.close());
  const api = app.withTypeProvider<ZodTypeProvider>();
  const route = '/api/sandboxes/:id/terminals/:name';
  api.get(route, { exposeHeadRoute: false, schema }, async ({ learner, params, query, raw }, reply) => {
    const upgrade = upgradeOf(raw);
    if (!upgrade) return refuseOrdinary(reply);
    const { id, name } = params;
    deps.terminalList.mustHave(readyEntry(deps, learner, id), name);
    await deps.registry.sandbox(id, AbortSignal.timeout(OPEN_MS));
    // It may have been reset meanwhile.
    const entry = readyEntry(deps, learner, id);
    deps.terminalList.mustHave(entry, name);
    upgrade.socket.once('close', places.take(id));
    const socket = sockets.accept({ request: raw, ...upgrade });
    upgrade.response.detachSocket(upgrade.socket as never);
    reply.hijack();
    const { cols, rows, mode } = query;
    await attach(deps, { socket, entry, name, seat: { cols, rows, readOnly: mode === 'view' } });
  });
}

function refuseOrdinary(reply: FastifyReply): FastifyReply {
  const message = `Expected an upgrade to a WebSocket with the subprotocol ${SUBPROTOCOL}, found an ordinary request.`;
  return reply.code(426).header('upgrade', 'websocket').send(errorBody('upgrade-required', message));
}

/** Resolves when the viewer is attached or has been sent away; rejects never. */
async function attach(
  { registry, terminals, terminalList, checks, log }: AppDeps,
  { socket, entry, name, seat }: { socket: WebSocket; entry: Entry; name: string; seat: Seat },
): Promise<void> {
  const channel = new SocketChannel(socket);
  socket.on('error', (err) => log.debug({ err, sandbox: entry.id }, 'a viewer was sent away'));
  // What the viewer sends before it is attached waits in the connection: in order, and bounded by it.
  socket.pause();
  try {
    const open = async () => {
      const sandbox = await registry.sandbox(entry.id, AbortSignal.timeout(OPEN_MS));
      return name === MAIN ? sandbox.main() : sandbox.open({ cols: seat.cols, rows: seat.rows });
    };
    const viewer = await terminals.attach(terminalKey(entry, name), open, channel, seat);
    socket.once('close', () => viewer.detach());
    if (!channel.open) return viewer.detach();
    checks.attached(entry.id);
    // It may have been closed while it opened, and nobody would close it again.
    if (!terminalList.names(entry).includes(name))
      return terminals.end(terminalKey(entry, name), { code: CLOSE.notFound, reason: 'closed' });
    if (registry.get(entry.learner, entry.id).generation !== entry.generation)
      return channel.close(CLOSE.reset, 'reset');
    readFrames(socket, channel, viewer);
    socket.resume();
  } catch (error) {
    log.warn({ err: error, sandbox: entry.id }, 'a terminal could not be opened');
    channel.fail(error);
  }
}
