/** Reads what was typed behind `npm run lesson --`. Knows the words of each command, nothing about what they do. */
import { parseArgs } from 'node:util';

export const USAGE = `npm run lesson -- <command>

  new <course>/<slug> [--lab <name>]     write a lesson that already passes
  check [path...] [--fix]                look for mistakes without running anything
  test [path...] [options]               prove lessons in real sandboxes
      --changed                          only what differs from git's main branch
      --junit <file>                     write a report for CI
      --repeat <n>                       prove each lesson n times
  export <path> [--html] [-o <file>]     a lesson as plain Markdown, or as a page to print

A path is a lesson's folder or a file in it, a course's folder, or an id such as virtualenv/create. Without one, all
lessons are meant.
`;

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'new'; readonly id: string; readonly lab: string }
  | { readonly name: 'check'; readonly paths: readonly string[]; readonly fix: boolean }
  | {
      readonly name: 'test';
      readonly paths: readonly string[];
      readonly changed: boolean;
      readonly junit: string | undefined;
      readonly repeat: number;
    }
  | {
      readonly name: 'export';
      readonly path: string;
      readonly html: boolean;
      readonly output: string | undefined;
    };

/** The command. Throws an error that says what was expected. */
export function readCommand(args: readonly string[]): Command {
  const [name = 'help', ...rest] = args;
  switch (name) {
    case 'new': {
      const { values, positionals } = parse(rest, { lab: { type: 'string', default: 'python' } });
      return { name, id: only(positionals, 'new <course>/<slug>'), lab: text(values['lab']) ?? 'python' };
    }
    case 'check': {
      const { values, positionals } = parse(rest, { fix: { type: 'boolean' } });
      return { name, paths: positionals, fix: values['fix'] === true };
    }
    case 'test': {
      const { values, positionals } = parse(rest, {
        changed: { type: 'boolean' },
        junit: { type: 'string' },
        repeat: { type: 'string', default: '1' },
      });
      const repeat = Number(values['repeat']);
      if (!Number.isInteger(repeat) || repeat < 1 || repeat > 100)
        throw new Error(
          `--repeat: expected a whole number from 1 to 100, found "${String(values['repeat'])}"`,
        );
      return {
        name,
        paths: positionals,
        changed: values['changed'] === true,
        junit: text(values['junit']),
        repeat,
      };
    }
    case 'export': {
      const { values, positionals } = parse(rest, {
        html: { type: 'boolean' },
        output: { type: 'string', short: 'o' },
      });
      const path = only(positionals, 'export <path>');
      return { name, path, html: values['html'] === true, output: text(values['output']) };
    }
    case 'help':
    case '--help':
    case '-h':
      return { name: 'help' };
    default:
      throw new Error(`Expected one of new, check, test and export, found "${name}".\n\n${USAGE}`);
  }
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function parse(
  args: readonly string[],
  options: Options,
): {
  values: Record<string, unknown>;
  positionals: string[];
} {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    throw new Error(`${message}.\n\n${USAGE}`, { cause: error });
  }
}

function only(positionals: readonly string[], form: string): string {
  const [first, ...more] = positionals;
  if (first !== undefined && more.length === 0) return first;
  throw new Error(`Expected one argument: npm run lesson -- ${form}. Found ${positionals.length}.`);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
