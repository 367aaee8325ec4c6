/** `quizzes/<id>.yaml`: a question of a lesson. Its right answers never leave the server; the page gets the rest. */
import { z } from 'zod';

/** Inline Markdown: code, emphasis, links. */
const words = z.string().min(1).max(600);

const optionSchema = z.strictObject({
  text: words,
  correct: z.boolean().default(false),
  /** Why this answer is right or wrong; told to whoever gives it. */
  because: words,
});

/** An answer in the learner's own words: a right one, or a wrong one that deserves an explanation of its own. */
const textAnswerSchema = z.strictObject({
  /** A regular expression that the whole answer must match, blank space around it and case aside. */
  matches: z.string().min(1).max(200).refine(isPattern, 'a regular expression such as "usr|/usr"'),
  correct: z.boolean().default(false),
  because: words,
});

const choices = z
  .array(optionSchema)
  .min(2)
  .max(8)
  .refine(
    (options) => new Set(options.map(({ text }) => text)).size === options.length,
    'options that differ',
  );

/**
 * `single`: one of the options; `multiple`: all right ones and no other; `text`: a few words. Every answer has its
 * explanation; without a right answer a quiz is refused.
 */
export const quizSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('single'),
    question: words,
    options: choices.refine(
      (options) => options.filter(({ correct }) => correct).length === 1,
      'exactly one option with "correct: true"',
    ),
  }),
  z.strictObject({
    type: z.literal('multiple'),
    question: words,
    options: choices.refine(
      (options) => options.some(({ correct }) => correct),
      'one or more options with "correct: true"',
    ),
  }),
  z.strictObject({
    type: z.literal('text'),
    question: words,
    answers: z
      .array(textAnswerSchema)
      .min(1)
      .max(12)
      .refine(
        (answers) => answers.some(({ correct }) => correct),
        'one or more answers with "correct: true"',
      ),
    /** Told to whoever gives an answer that none of `answers` matches. */
    otherwise: words,
  }),
]);
export type Quiz = z.output<typeof quizSchema>;

/** Characters that an answer in words may have. */
export const MAX_ANSWER = 200;

/** What a learner answers: numbers of options, from 0, or words. */
export const answerSchema = z.union(
  [
    z.strictObject({ options: z.array(z.int().min(0).max(7)).min(1).max(8) }),
    z.strictObject({ text: z.string().trim().min(1).max(MAX_ANSWER) }),
  ],
  { error: `numbers of options in "options", or up to ${MAX_ANSWER} characters in "text"` },
);
export type Answer = z.output<typeof answerSchema>;

/** What the learner is told. `explanations` are inline Markdown, for the page to render: one for
 * each option that was chosen, or one for the words; `option` is absent there. */
export const quizVerdictSchema = z.object({
  status: z.enum(['passed', 'failed']),
  explanations: z.array(z.object({ option: z.int().optional(), correct: z.boolean(), because: z.string() })),
});
export type QuizVerdict = z.infer<typeof quizVerdictSchema>;

function isPattern(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}
