/** What there is to learn, and what this learner has done. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { lessonListSchema, progressSchema } from '../../protocol/api.ts';
import type { AppDeps } from './deps.ts';
import { jsonBody } from './openapi.ts';
import { progressView } from './progress-view.ts';

const TAGS = ['lessons'];

export function addLessonRoutes(app: FastifyInstance, { catalog, progress }: AppDeps): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.get(
    '/api/lessons',
    {
      schema: {
        summary: 'All lessons, in course order',
        tags: TAGS,
        response: { 200: jsonBody(lessonListSchema, 'The lessons') },
      },
    },
    () =>
      catalog().lessons.map(({ id, title, course, lab, durationMinutes, tasks }) => ({
        id,
        title,
        course,
        lab,
        durationMinutes,
        tasks: tasks.map((task) => ({ id: task.id, title: task.title, kind: task.kind })),
      })),
  );
  api.get(
    '/api/progress',
    {
      schema: {
        summary: 'What this learner has done',
        tags: TAGS,
        response: { 200: jsonBody(progressSchema, 'Started lessons, passed tasks and help taken') },
      },
    },
    (request, reply) => {
      reply.header('cache-control', 'no-store');
      // Every page asks for this first, so it tells who was here when.
      progress.seen(request.learner, new Date());
      return progressView(progress.of(request.learner), (id) => catalog().lesson(id));
    },
  );
}
