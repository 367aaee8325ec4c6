/** The events of a sandbox, as a stream that stays open while the sandbox is there. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { sandboxEventSchema } from '../../protocol/api.ts';
import type { Entry } from '../sandbox/registry.ts';
import type { AppDeps } from './deps.ts';
import type { EventHub } from './event-hub.ts';
import { EventStream } from './event-stream.ts';
import { BUSY, NOT_FOUND } from './openapi.ts';
import { Places } from './places.ts';
import { sandboxView } from './sandbox-view.ts';

const HEARTBEAT_MS = 15_000;
/** Streams of one sandbox. */
const MAX_READERS = 32;
const DESCRIPTION = `Server-sent events. \`event:\` names the kind, \`data:\` carries its JSON. \`state\` comes at once and on every change,
\`task\` for every verdict that is news, \`values\` when one of the learner's values has changed, \`expiring\` ahead of the end. The stream ends with the sandbox; a reader that does not read is dropped.`;

/** Publishes what the registry tells to the hub, until the app closes. */
export function publishChanges(app: FastifyInstance, deps: AppDeps, hub: EventHub): void {
  const offs = [
    deps.registry.onChange((entry) => {
      if (hub.hears(entry.id)) hub.publish(entry.id, { event: 'state', data: sandboxView(entry, deps) });
    }),
    deps.registry.onExpiring((entry) => {
      hub.publish(entry.id, { event: 'expiring', data: { expiresAt: entry.expiresAt.toISOString() } });
    }),
  ];
  app.addHook('onClose', async () => offs.forEach((off) => off()));
}

const schema = {
  summary: 'What happens to a sandbox, as it happens',
  description: DESCRIPTION,
  tags: ['sandboxes'],
  params: z.object({ id: z.string().describe('The sandbox') }),
  response: {
    200: { description: 'The events', content: { 'text/event-stream': { schema: sandboxEventSchema } } },
    404: NOT_FOUND,
    429: BUSY,
  },
};

/** Adds the route. Open streams end when the app closes. */
export function addEventRoutes(app: FastifyInstance, deps: AppDeps, hub: EventHub): void {
  const readers = new Set<Reader>();
  const places = new Places(MAX_READERS, 'event streams of this lab');
  const beat = setInterval(() => beatAll(readers), deps.timing?.heartbeatMs ?? HEARTBEAT_MS).unref();
  app.addHook('preClose', async () => {
    clearInterval(beat);
    for (const { stream } of readers) stream.end();
  });
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.get(
    '/api/sandboxes/:id/events',
    { exposeHeadRoute: false, schema },
    ({ learner, params: { id } }, reply) => {
      const entry = deps.registry.get(learner, id);
      const leave = places.take(id);
      const stream = new EventStream();
      const reader = { stream, isThere: () => isThere(deps, entry) };
      const off = hub.subscribe(id, (event) => {
        stream.send(event.event, event.data);
        if (event.event === 'state' && !reader.isThere()) stream.end();
      });
      readers.add(reader);
      stream.onClose(() => {
        off();
        leave();
        readers.delete(reader);
      });
      stream.send('state', sandboxView(entry, deps));
      deps.checks.attached(id);
      // Proxies must pass events on as they come.
      reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no');
      reply.type('text/event-stream; charset=utf-8').send(stream.readable as never);
    },
  );
}

interface Reader {
  readonly stream: EventStream;
  /** Whether its sandbox still can be read. */
  readonly isThere: () => boolean;
}

function beatAll(readers: Iterable<Reader>): void {
  for (const { stream, isThere } of readers) {
    if (isThere()) stream.beat();
    else stream.end();
  }
}

function isThere({ registry }: AppDeps, { learner, id }: Entry): boolean {
  try {
    registry.get(learner, id);
    return true;
  } catch {
    return false;
  }
}
