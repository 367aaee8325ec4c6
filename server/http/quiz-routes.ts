/** Judges answers to quizzes. The right ones leave the server only as the explanation of an answer that was given. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { answerSchema, quizVerdictSchema } from '../../protocol/quiz.ts';
import { judgeQuiz } from '../checks/judge-quiz.ts';
import { DrydockError } from '../errors.ts';
import type { AppDeps } from './deps.ts';
import { errorBodyOf, jsonBody } from './openapi.ts';

const schema = {
  summary: 'Answer a quiz',
  description: 'Needs no sandbox; one that the learner has of the lesson is told when the quiz is passed.',
  tags: ['lessons'],
  params: z.object({
    course: z.string().describe('The course'),
    slug: z.string().describe('The lesson in it'),
    quiz: z.string().describe('The quiz, as in the lesson'),
  }),
  body: answerSchema,
  response: {
    200: jsonBody(quizVerdictSchema, 'What is right and wrong about the answer'),
    400: errorBodyOf('Not an answer to a quiz of this type'),
    404: errorBodyOf('No such lesson, or no such quiz in it'),
  },
};

export function addQuizRoutes(app: FastifyInstance, deps: AppDeps): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.post('/api/lessons/:course/:slug/quizzes/:quiz', { schema }, ({ learner, params, body }) => {
    const lesson = `${params.course}/${params.slug}`;
    const task = deps
      .catalog()
      .lesson(lesson)
      ?.tasks.find(({ id }) => id === params.quiz);
    if (task?.kind !== 'quiz')
      throw new DrydockError('not-found', `The lesson ${lesson} has no quiz "${params.quiz}".`);
    const verdict = judgeQuiz(task.quiz, body);
    const at = new Date();
    deps.progress.attempt(learner, { lesson, task: task.id }, { status: verdict.status, at });
    if (verdict.status === 'passed') {
      deps.progress.passed(learner, lesson, task.id, at);
      tellOtherTabs(deps, { learner, lesson, task: task.id });
    }
    return verdict;
  });
}

/** A wrong answer concerns only the page that it was given on. */
function tellOtherTabs(
  { registry, hub }: AppDeps,
  { learner, lesson, task }: { learner: string; lesson: string; task: string },
): void {
  const verdict = { status: 'passed', message: '', durationMs: 0 } as const;
  for (const entry of registry.all()) {
    if (entry.learner !== learner || entry.lesson !== lesson) continue;
    hub.publish(entry.id, { event: 'task', data: { id: task, verdict } });
  }
}
