/** Results as JUnit's XML, which CI services read. Knows nothing about how lessons are proven. */
import { failuresOf, formatFailure, type LessonResult } from './result.ts';

/** One test suite for each lesson and round, one test case for each step. */
export function junitOf(results: readonly LessonResult[]): string {
  const suites = results.map((result) => suiteOf(result));
  const failures = results.filter((result) => failuresOf(result).length > 0).length;
  const tests = results.reduce((sum, { steps }) => sum + steps.length, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="lessons" tests="${tests}" failures="${failures}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf({ lesson, round, ms, steps }: LessonResult): string {
  const name = round === 1 ? lesson.id : `${lesson.id} (round ${round})`;
  const failed = steps.filter((step) => step.failures.length > 0).length;
  const skipped = steps.filter((step) => step.skipped).length;
  const cases = steps.map((step) => {
    const head = `    <testcase classname=${attribute(name)} name=${attribute(step.name)} time="${step.ms / 1000}"`;
    if (step.skipped) return `${head}><skipped/></testcase>`;
    if (step.failures.length === 0) return `${head}/>`;
    const first = step.failures[0];
    const message = attribute(first ? `expected ${first.expected}, found ${first.found}` : '');
    const text = step.failures.map((failure) => formatFailure(failure)).join('\n\n');
    return `${head}>\n      <failure message=${message}>${escape(text)}</failure>\n    </testcase>`;
  });
  const counts = `tests="${steps.length}" failures="${failed}" skipped="${skipped}" time="${ms / 1000}"`;
  return [`  <testsuite name=${attribute(name)} ${counts}>`, ...cases, '  </testsuite>'].join('\n');
}

function attribute(text: string): string {
  return `"${escape(text).replaceAll('"', '&quot;').replace(/\s+/g, ' ')}"`;
}

/** Control characters have no place in XML, not even escaped. */
function escape(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex
      .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  );
}
