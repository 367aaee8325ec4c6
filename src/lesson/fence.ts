/**
 * What may stand behind a fence's opening marks: a language, then words. Knows Markdown's fences, nothing about how
 * they look.
 */
import { nearest, quote } from './author-error.ts';

/** What an author says about a fence. */
export interface Fence {
  /** File name shown above the code. */
  readonly title?: string;
  /** Can be typed into the terminal by a button. */
  readonly run: boolean;
  /** `{{...}}` is no value but stands for itself, as in a template of Jinja. */
  readonly verbatim: boolean;
}

/** Languages that are a dialogue with a shell, where output and prompts stand beside what is typed. */
export const DIALOGUES: ReadonlySet<string> = new Set(['console', 'shellsession', 'shell-session']);

/** Languages whose fences may be marked `run`. */
const RUNNABLE = ['console', 'bash'];

/** What may stand before a command: `$ `, `# `, `(env) $ `, `student@python:~$ `, `>>> `, `... `, `PS C:\> `. */
const PROMPT = /^(?:\([\w.-]+\) ?)?(?:[\w-]+@[\w-]+:\S*)?(?:\$|#|>>>|\.\.\.|>|PS [A-Z]:\\\S*>|[A-Z]:\\\S*>) /;

const WORDS = ['run', 'title="..."', 'verbatim'];

/** The prompt at the start of a line of a dialogue, with its blank; undefined where the line is output. */
export function promptOf(line: string): string | undefined {
  return PROMPT.exec(line)?.[0];
}

/**
 * The prompt at the start of a line of this dialogue. Output may begin with "# " as well, such as a comment in a file:
 * that is root's prompt only in a dialogue that begins with it.
 */
export function promptIn(dialogue: string, line: string): string | undefined {
  const prompt = promptOf(line);
  return prompt === '# ' && !dialogue.startsWith(prompt) ? undefined : prompt;
}

/** Reads the words behind the language. A word that has no meaning is told by `fault`, without a place. */
export function readFence(
  lang: string,
  meta: string | null | undefined,
  fault: (message: string) => void = () => undefined,
): Fence {
  const words = meta?.match(/[^\s"=]+="[^"]*"|\S+/g) ?? [];
  const fence: { -readonly [K in keyof Fence]: Fence[K] } = { run: false, verbatim: false };
  for (const word of words) {
    const title = /^title="([^"]+)"$/.exec(word)?.[1];
    if (title !== undefined) fence.title = title;
    else if (word === 'verbatim') fence.verbatim = true;
    else if (word !== 'run') fault(unknownWord(word));
    else if (RUNNABLE.includes(lang)) fence.run = true;
    else {
      const languages = RUNNABLE.map((name) => `\`${name}\``).join(' or ');
      fault(`run: expected a fence of ${languages}, found ${quote(lang)}`);
    }
  }
  return fence;
}

/**
 * What a fence gives to the terminal: of a dialogue the commands without prompts and output, else every line. Empty
 * where there is none.
 */
export function commandsOf(lang: string, code: string): string {
  if (!DIALOGUES.has(lang)) return code.trim();
  return code
    .split('\n')
    .flatMap((line) => {
      const prompt = promptIn(code, line);
      return prompt === undefined ? [] : [line.slice(prompt.length)];
    })
    .join('\n')
    .trim();
}

function unknownWord(word: string): string {
  const meant = nearest(word, ['run', 'title', 'verbatim']);
  const advice = meant === undefined ? '' : `; did you mean ${meant}?`;
  return `expected only ${WORDS.join(', ')} behind the language, found ${quote(word)}${advice}`;
}
