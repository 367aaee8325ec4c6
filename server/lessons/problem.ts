/** What is wrong in a file that an author wrote, and how it is told. Knows nothing about which files there are. */

export interface Problem {
  /** Path as the author would type it, relative to the project. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Dotted path of the field, such as `tasks.0.id`; empty where the whole file is meant. */
  readonly field: string;
  readonly expected: string;
  readonly found: string;
}

/** `file:line:column: field: expected …, found …`, the form that editors make clickable. */
export function formatProblem(problem: Problem): string {
  const field = problem.field === '' ? '' : `${problem.field}: `;
  return `${problem.file}:${problem.line}:${problem.column}: ${field}expected ${problem.expected}, found ${problem.found}`;
}

/** Thrown after all files were read, with everything that is wrong in them. */
export class AuthoringError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'AuthoringError';
    this.problems = problems;
  }
}
