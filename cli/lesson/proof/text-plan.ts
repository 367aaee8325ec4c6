/** Reads from a lesson's text what is to be typed, and in which order. Knows nothing about sandboxes. */
import type { Code, Nodes, Root, RootContent } from 'mdast';
import { DIALOGUES, promptIn, readFence } from '../../../src/lesson/fence.ts';
import { childrenOf, isElement, placeOf, propOf } from '../mdx.ts';

/** A command of a fence. */
export interface TypedCommand {
  readonly kind: 'command';
  readonly command: string;
  /** What must be printed, where the text shows it; undefined where it shows nothing and only the exit code counts. */
  readonly output: string | undefined;
  /** The prompt of the next command of the fence; undefined behind the last one. */
  readonly next: string | undefined;
  /** Of the command, counted from 1. */
  readonly line: number;
  /** Whether `{{name}}` stands for itself. */
  readonly verbatim: boolean;
}

/** The end of a `<Task>`: what follows it in the text may rely on its solution. */
export interface SolvedTask {
  readonly kind: 'task';
  readonly id: string;
  readonly line: number;
}

export type TextStep = TypedCommand | SolvedTask;

/** A fence that nobody can type. */
export class FenceError extends Error {
  readonly line: number;
  readonly expected: string;
  readonly found: string;

  constructor(line: number, { expected, found }: { expected: string; found: string }) {
    super(`line ${line}: expected ${expected}, found ${found}`);
    this.name = 'FenceError';
    this.line = line;
    this.expected = expected;
    this.found = found;
  }
}

/** Prompts of Windows: such a fence is for reading. */
const WINDOWS = /^(?:PS )?[A-Z]:\\/;

/**
 * Every ```console fence and every fence marked `run`, and the tasks, in the order of the text. Of tabs, only what the
 * tab "Linux" holds, or else the first. Throws a `FenceError` where a dialogue does not begin with a prompt.
 */
export function planText(root: Root): TextStep[] {
  return stepsOf(root);
}

function stepsOf(node: Nodes): TextStep[] {
  const children =
    node.type === 'root' || !isElement(node) || node.name !== 'Tabs' ? childrenOf(node) : shownTab(node);
  return children.flatMap((child, index): TextStep[] => {
    if (child.type === 'code') return commandsOf(child, outputAfter(children, index));
    const inside = stepsOf(child);
    if (!isElement(child) || child.name !== 'Task') return inside;
    const line = child.position?.end.line ?? 1;
    return [...inside, { kind: 'task', id: propOf(child, 'id') ?? '', line }];
  });
}

function shownTab(tabs: Nodes): readonly RootContent[] {
  const all = childrenOf(tabs).filter((child) => isElement(child));
  const shown = all.find((tab) => propOf(tab, 'label') === 'Linux') ?? all[0];
  return shown ? [shown] : [];
}

/** The text of an `<Output>` right behind a fence. */
function outputAfter(siblings: readonly RootContent[], index: number): string | undefined {
  const next = siblings[index + 1];
  if (!next || !isElement(next) || next.name !== 'Output') return undefined;
  return childrenOf(next).find((child) => child.type === 'code')?.value;
}

function commandsOf(fence: Code, output: string | undefined): TypedCommand[] {
  const lang = fence.lang ?? '';
  const { run, verbatim } = readFence(lang, fence.meta);
  if (DIALOGUES.has(lang)) return dialogueOf(fence, { run, verbatim, output });
  if (!run) return [];
  const first = placeOf(fence).line + 1;
  const lines = fence.value
    .split('\n')
    .map((command, index) => ({ command, line: first + index }))
    .filter(({ command }) => command.trim() !== '');
  return lines.map(({ command, line }, index) => ({
    kind: 'command',
    command,
    line,
    verbatim,
    next: index < lines.length - 1 ? '' : undefined,
    output: index === lines.length - 1 ? output : undefined,
  }));
}

interface Dialogue {
  readonly run: boolean;
  readonly verbatim: boolean;
  /** Of an `<Output>` behind the fence. */
  readonly output: string | undefined;
}

function dialogueOf(fence: Code, { run, verbatim, output }: Dialogue): TypedCommand[] {
  const commands: { prompt: string; command: string; output: string[]; line: number }[] = [];
  const first = placeOf(fence).line + 1;
  for (const [index, text] of fence.value.split('\n').entries()) {
    const prompt = promptIn(fence.value, text);
    const last = commands.at(-1);
    const line = first + index;
    if (prompt !== undefined) commands.push({ prompt, command: text.slice(prompt.length), output: [], line });
    else if (last) last.output.push(text);
    else throw new FenceError(line, { expected: 'a prompt such as "$ "', found: JSON.stringify(text) });
  }
  if (commands.some(({ prompt }) => WINDOWS.test(prompt))) return [];
  // A fence to run that shows no output at all leaves open what is printed; any other shows all of it.
  const silent = run && commands.every((one) => one.output.length === 0);
  return commands.map((one, index): TypedCommand => {
    const shown = silent ? undefined : one.output.join('\n');
    return {
      kind: 'command',
      command: one.command,
      line: one.line,
      verbatim,
      next: commands[index + 1]?.prompt,
      output: index === commands.length - 1 && output !== undefined ? output : shown,
    };
  });
}
