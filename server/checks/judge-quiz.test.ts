import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quizSchema } from '../../protocol/quiz.ts';
import { DrydockError } from '../errors.ts';
import { judgeQuiz } from './judge-quiz.ts';

const option = (text: string, correct = false) => ({ text, correct, because: `about ${text}` });
const single = quizSchema.parse({
  type: 'single',
  question: 'Which?',
  options: [option('a'), option('b', true)],
});
const multiple = quizSchema.parse({
  type: 'multiple',
  question: 'Which ones?',
  options: [option('a', true), option('b'), option('c', true)],
});
const text = quizSchema.parse({
  type: 'text',
  question: 'Where?',
  answers: [
    { matches: 'env/bin', correct: true, because: 'Programs go there.' },
    { matches: 'env|env/lib', because: 'Close.' },
    { matches: '(a+)+b', because: 'Careless.' },
  ],
  otherwise: 'Look again.',
});

test('single: the right option passes, each is explained', () => {
  assert.deepEqual(judgeQuiz(single, { options: [1] }), {
    status: 'passed',
    explanations: [{ option: 1, correct: true, because: 'about b' }],
  });
  assert.deepEqual(judgeQuiz(single, { options: [0] }), {
    status: 'failed',
    explanations: [{ option: 0, correct: false, because: 'about a' }],
  });
});

test('multiple: all right ones and no other; only what was chosen is explained', () => {
  assert.equal(judgeQuiz(multiple, { options: [2, 0] }).status, 'passed');
  assert.equal(judgeQuiz(multiple, { options: [0, 2, 0] }).status, 'passed', 'twice is once');
  assert.equal(judgeQuiz(multiple, { options: [0, 1, 2] }).status, 'failed');
  assert.deepEqual(judgeQuiz(multiple, { options: [2] }), {
    status: 'failed',
    explanations: [{ option: 2, correct: true, because: 'about c' }],
  });
});

test('text: the whole answer matches, blank space around it and case aside', () => {
  const told = (answer: string) => judgeQuiz(text, { text: answer });
  assert.deepEqual(told('  ENV/bin '), {
    status: 'passed',
    explanations: [{ correct: true, because: 'Programs go there.' }],
  });
  assert.deepEqual(told('env').explanations, [{ correct: false, because: 'Close.' }]);
  assert.deepEqual(told('env/libs').explanations, [{ correct: false, because: 'Look again.' }]);
  assert.equal(told('not env/bin').status, 'failed');
});

test('a pattern that would take years does not keep the server', () => {
  const began = performance.now();
  assert.equal(judgeQuiz(text, { text: 'a'.repeat(200) }).explanations[0]?.because, 'Look again.');
  assert.ok(performance.now() - began < 5000);
});

for (const [title, quiz, answer, words] of [
  ['words for options', single, { text: 'b' }, /expected numbers of options in "options", found words/],
  ['options for words', text, { options: [0] }, /expected words in "text", found numbers of options/],
  ['two options of a single choice', single, { options: [0, 1] }, /expected one option, found 2/],
  ['an option that there is not', multiple, { options: [0, 5] }, /expected options from 0 to 2, found 5/],
] as const) {
  test(`${title}: refused, with what was expected and found`, () => {
    assert.throws(
      () => judgeQuiz(quiz, 'text' in answer ? answer : { options: [...answer.options] }),
      (error) => error instanceof DrydockError && error.code === 'invalid' && words.test(error.message),
    );
  });
}
