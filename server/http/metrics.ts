/** Figures for Prometheus: sandboxes, terminals, the pool, requests, the process. */
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { z } from 'zod';
import { sandboxStateSchema } from '../../protocol/api.ts';
import type { Off } from '../sandbox/engine.ts';
import type { AppDeps } from './deps.ts';

const TEXT = 'text/plain; version=0.0.4; charset=utf-8';

/** Adds the route, and measures all requests of `app`. Call it before the other routes are added. */
export function addMetrics(app: FastifyInstance, deps: AppDeps): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addGauges(registry, deps);
  const off = measureStarts(deps, registry);
  measureRequests(app, registry);
  app.addHook('onClose', async () => off());
  app.get(
    '/metrics',
    {
      schema: {
        summary: 'Figures in the text format of Prometheus',
        tags: ['operation'],
        response: { 200: { description: 'The figures', content: { 'text/plain': { schema: z.string() } } } },
      },
    },
    // As bytes, which are sent as they are, whereas the schema would make a JSON string of a text.
    async (_request, reply) => reply.type(TEXT).send(Buffer.from(await registry.metrics())),
  );
}

/** Figures that are read when somebody asks, so that they cannot drift from what they count. */
function addGauges(register: Registry, { registry, terminals, pool, checks }: AppDeps): void {
  gauge(
    register,
    { name: 'sandboxes', help: "Learners' sandboxes by state", labelNames: ['state'] },
    (sandboxes) => {
      const states = registry.all().map(({ state }) => state);
      for (const state of sandboxStateSchema.options) {
        sandboxes.set({ state }, states.filter((one) => one === state).length);
      }
    },
  );
  gauge(register, { name: 'terminals', help: 'Open terminals' }, (open) =>
    open.set(terminals.count().sessions),
  );
  gauge(register, { name: 'viewers', help: 'Connections that look at a terminal' }, (viewers) =>
    viewers.set(terminals.count().viewers),
  );
  const warm = {
    name: 'pool_warm',
    help: 'Started sandboxes that wait for a learner, by lab',
    labelNames: ['lab'],
  };
  gauge(register, warm, (shelf) => {
    shelf.reset();
    for (const [lab, count] of Object.entries(pool.counters().warm)) shelf.set({ lab }, count);
  });
  const claims = new Counter({
    name: 'drydock_claims_total',
    help: 'Sandboxes given to learners since the start of the server: warm ones at once, cold ones after a wait',
    labelNames: ['kind'],
    registers: [],
    collect() {
      this.reset();
      const counted = pool.counters().claims;
      this.inc({ kind: 'warm' }, counted.warm);
      this.inc({ kind: 'cold' }, counted.cold);
    },
  });
  register.registerMetric(claims);
  const verdicts = new Counter({
    name: 'drydock_verdicts_total',
    help: 'Verdicts told to learners since the start of the server, by who asked for the check and what it said',
    labelNames: ['by', 'status'],
    registers: [],
    collect() {
      this.reset();
      for (const [by, counts] of Object.entries(checks.counts)) {
        for (const [status, count] of Object.entries(counts)) this.inc({ by, status }, count);
      }
    },
  });
  register.registerMetric(verdicts);
}

interface GaugeText {
  /** Without `drydock_`. */
  readonly name: string;
  readonly help: string;
  readonly labelNames?: string[];
}

function gauge(
  register: Registry,
  { name, help, labelNames = [] }: GaugeText,
  collect: (gauge: Gauge) => void,
): void {
  const made: Gauge = new Gauge({
    name: `drydock_${name}`,
    help,
    labelNames,
    registers: [],
    collect: () => collect(made),
  });
  register.registerMetric(made);
}

/** How long learners waited for their sandboxes, until the returned function is called. */
function measureStarts({ registry }: AppDeps, register: Registry): Off {
  const durations = new Histogram({
    name: 'drydock_ready_seconds',
    help: 'Time from asking for a sandbox until it was ready, by lab and whether a warm one was given',
    labelNames: ['lab', 'kind'],
    buckets: [0.01, 0.05, 0.2, 1, 3, 10, 30, 120],
    registers: [register],
  });
  return registry.onReady(({ lab, warm, ms }) =>
    durations.observe({ lab, kind: warm ? 'warm' : 'cold' }, ms / 1000),
  );
}

/** Durations by the route's pattern: the address itself would make a series for each sandbox. Streams have none. */
function measureRequests(app: FastifyInstance, register: Registry): void {
  const durations = new Histogram({
    name: 'drydock_http_request_duration_seconds',
    help: 'Time to answer a request, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [register],
  });
  app.addHook('onResponse', async (request, reply) => {
    if (String(reply.getHeader('content-type')).startsWith('text/event-stream')) return;
    const { method, routeOptions } = request;
    const labels = { method, route: routeOptions.url ?? 'none', status: reply.statusCode };
    durations.observe(labels, reply.elapsedTime / 1000);
  });
}
