/**
 * Leads WebSocket upgrades through the ordinary routes, so that identity, origin checks, validation and errors are the
 * same as for every other call: a refused upgrade is answered as HTTP. Knows nothing about terminals.
 */
import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** The raw connection of an upgrade that no route has taken yet. */
interface Upgrade {
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly response: ServerResponse;
}

const upgrades = new WeakMap<IncomingMessage, Upgrade>();

/** Milliseconds that a refused client has to take the answer and hang up. */
const REFUSAL_MS = 5000;

/** Whether Node should hand the connection over; every other request is answered as if it had not asked. */
export function isWebSocketUpgrade(request: IncomingMessage): boolean {
  return request.method === 'GET' && request.headers.upgrade?.toLowerCase() === 'websocket';
}

/** Sends upgrades to the routes of `app`. */
export function routeUpgrades(app: FastifyInstance): void {
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node has let go of the connection: without a listener its errors would end the process.
    socket.on('error', (err) => app.log.debug({ err }, 'a WebSocket connection broke'));
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as never);
    response.once('finish', () => {
      socket.end();
      setTimeout(() => socket.destroy(), REFUSAL_MS).unref();
    });
    upgrades.set(request, { socket, head, response });
    app.routing(request, response);
  });
}

/** The connection behind a request, for a route that upgrades; undefined for ordinary requests. */
export function upgradeOf(request: IncomingMessage): Upgrade | undefined {
  return upgrades.get(request);
}
