/**
 * Builds the HTTP side of Drydock: the API, the terminals' WebSockets and the site. Listens to nothing by itself and
 * knows no concrete engine or store, so that a test can build it with stand-ins.
 */
import { randomBytes } from 'node:crypto';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { DrydockError } from './errors.ts';
import type { AppDeps } from './http/deps.ts';
import { addAuthorRoutes } from './http/author-routes.ts';
import { addCheckRoutes } from './http/check-routes.ts';
import { refuseConnection, sendError, sendNoRoute } from './http/errors.ts';
import { addEventRoutes, publishChanges } from './http/event-routes.ts';
import { addFileRoutes } from './http/file-routes.ts';
import { addHealthRoutes } from './http/health-routes.ts';
import { addHelpRoutes } from './http/help-routes.ts';
import { addIdentity, identify } from './http/identity.ts';
import { rememberRoutes } from './http/known-routes.ts';
import { addLessonRoutes } from './http/lesson-routes.ts';
import { addMetrics } from './http/metrics.ts';
import { addOpenApi, addOpenApiRoute } from './http/openapi.ts';
import { checkHost, checkOrigin } from './http/origin.ts';
import { addQuizRoutes } from './http/quiz-routes.ts';
import { addSandboxRoutes } from './http/sandbox-routes.ts';
import { securityHeaders } from './http/security-headers.ts';
import { addSite, hasNotFoundPage, notFoundPage } from './http/site.ts';
import { followSandboxes } from './http/terminal-lifecycle.ts';
import { addTerminalListRoutes } from './http/terminal-list-routes.ts';
import { addTerminalRoutes } from './http/terminal-routes.ts';
import { addTypeRoutes } from './http/type-routes.ts';
import { isWebSocketUpgrade, routeUpgrades } from './http/upgrade.ts';
import { addBodyParser, addValidation } from './http/validation.ts';

/** Largest body of a request, in bytes: the longest is a text to be typed, with three bytes for each character. */
const MAX_BODY = 32 * 1024;

/** The app, ready to listen or to be injected requests. `close()` sends all viewers and readers away, within seconds;
 * what was passed in is not closed. */
export async function createApp(deps: AppDeps): Promise<FastifyInstance> {
  const app = newFastify(deps);
  rememberRoutes(app);
  addValidation(app);
  addBodyParser(app);
  await addIdentity(app, deps.secret);
  await addGuards(app, deps);
  await addOpenApi(app);
  addMetrics(app, deps);
  addHealthRoutes(app, deps);
  await app.register((api) => addApi(api, deps));
  if (deps.siteFolder !== undefined) await addSite(app, deps.siteFolder);
  routeUpgrades(app);
  const off = followSandboxes(deps.registry, deps.terminals, deps.terminalList);
  app.addHook('onClose', async () => off());
  await app.ready();
  return app;
}

function newFastify({ trustProxy, log }: AppDeps): FastifyInstance {
  // Typed as the interface, or the app's own type would carry the logger's.
  const loggerInstance: FastifyBaseLogger = log;
  return fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy,
    bodyLimit: MAX_BODY,
    genReqId: () => randomBytes(6).toString('base64url'),
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply),
    clientErrorHandler: refuseConnection,
    http: { shouldUpgradeCallback: isWebSocketUpgrade },
  });
}

/** What holds for every request, also for one that no route answers. */
async function addGuards(app: FastifyInstance, deps: AppDeps): Promise<void> {
  const setSecurityHeaders = await securityHeaders(deps.siteFolder);
  app.addHook('onRequest', async (request, reply) => {
    setSecurityHeaders(request, reply);
    checkHost(request, deps);
    checkOrigin(request, deps);
  });
  app.addHook('onResponse', async ({ log, method, routeOptions }, { statusCode, elapsedTime }) => {
    log.debug(
      { method, route: routeOptions.url, status: statusCode, ms: Math.round(elapsedTime) },
      'answered',
    );
  });
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply));
  const page = hasNotFoundPage(deps.siteFolder);
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = page && !request.url.startsWith('/api') && ['GET', 'HEAD'].includes(request.method);
    return wantsPage ? reply.code(404).sendFile(notFoundPage) : sendNoRoute(app, request, reply);
  });
}

/** All below `/api`: everybody there is a learner. */
async function addApi(api: FastifyInstance, deps: AppDeps): Promise<void> {
  const closing = new AbortController();
  const stopping = new DrydockError('engine-unavailable', 'The server is stopping.');
  api.addHook('preClose', async () => closing.abort(stopping));
  api.addHook('onRequest', identify);
  addOpenApiRoute(api);
  addLessonRoutes(api, deps);
  addSandboxRoutes(api, deps);
  addCheckRoutes(api, deps, closing.signal);
  await addFileRoutes(api, deps, closing.signal);
  addQuizRoutes(api, deps);
  addHelpRoutes(api, deps);
  if (deps.siteFolder === undefined) addAuthorRoutes(api, deps, closing.signal);
  addEventRoutes(api, deps, deps.hub);
  addTerminalRoutes(api, deps);
  addTerminalListRoutes(api, deps);
  addTypeRoutes(api, deps);
  publishChanges(api, deps, deps.hub);
}
