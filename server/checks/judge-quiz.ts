/** Judges the answer to a quiz. Knows nothing about who answers, and tells nothing about answers that were not given. */
import vm from 'node:vm';
import type { Answer, Quiz, QuizVerdict } from '../../protocol/quiz.ts';
import { DrydockError } from '../errors.ts';

/** Milliseconds that an author's pattern may take: a careless one can take years on a well-chosen answer. */
const PATTERN_MS = 100;

/** The verdict, with an explanation for each option that was chosen or for the words. Throws `invalid` for an answer
 * that does not fit the quiz. */
export function judgeQuiz(quiz: Quiz, answer: Answer): QuizVerdict {
  if (quiz.type === 'text') {
    if (!('text' in answer)) throw misfit('words in "text"', 'numbers of options');
    return judgeWords(quiz, answer.text);
  }
  if (!('options' in answer)) throw misfit('numbers of options in "options"', 'words');
  return judgeOptions(quiz, [...new Set(answer.options)]);
}

function judgeWords(quiz: Extract<Quiz, { type: 'text' }>, text: string): QuizVerdict {
  const given = text.trim();
  const answer = quiz.answers.find(({ matches }) => isMatch(matches, given));
  const correct = answer?.correct ?? false;
  return {
    status: correct ? 'passed' : 'failed',
    explanations: [{ correct, because: answer?.because ?? quiz.otherwise }],
  };
}

function judgeOptions(quiz: Exclude<Quiz, { type: 'text' }>, chosen: readonly number[]): QuizVerdict {
  if (quiz.type === 'single' && chosen.length !== 1) throw misfit('one option', `${chosen.length}`);
  const explanations = chosen
    .toSorted((a, b) => a - b)
    .map((number) => {
      const option = quiz.options[number];
      if (!option) throw misfit(`options from 0 to ${quiz.options.length - 1}`, `${number}`);
      return { option: number, correct: option.correct, because: option.because };
    });
  const wanted = quiz.options.filter(({ correct }) => correct).length;
  const passed = explanations.every(({ correct }) => correct) && explanations.length === wanted;
  return { status: passed ? 'passed' : 'failed', explanations };
}

/** Whether the whole text matches, case aside. A pattern that takes too long does not. */
function isMatch(pattern: string, text: string): boolean {
  const globals = { pattern: `^(?:${pattern})$`, text };
  try {
    return (
      vm.runInNewContext('new RegExp(pattern, "i").test(text)', globals, { timeout: PATTERN_MS }) === true
    );
  } catch {
    return false;
  }
}

function misfit(expected: string, found: string): DrydockError {
  const details = [{ field: 'body', expected, found }];
  return new DrydockError('invalid', `body: expected ${expected}, found ${found}`, { details });
}
