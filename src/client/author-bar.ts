/** What an author sees on each task in development: runs check and solution, resets, opens the script. Never shipped. */
import type { CheckRun } from '../../protocol/api.ts';
import styles from '../styles/author.css?inline';
import { announce } from './announcer.ts';
import { CallError, call, sandboxPath } from './api.ts';
import type { Lab } from './lab.ts';
import type { RunPath } from './run-fences.ts';
import { addStyles } from './style-sheet.ts';

/** What the bars need of the page. */
export interface AuthorDeps {
  lab(): Lab | undefined;
  readonly runPath: RunPath;
}

/** Adds a bar to each exercise. */
export function addAuthorBars(main: HTMLElement, deps: AuthorDeps): void {
  addStyles(styles);
  for (const section of main.querySelectorAll<HTMLElement>('[data-task][data-kind="exercise"]')) {
    addBar(section, deps);
  }
}

function addBar(section: HTMLElement, deps: AuthorDeps): void {
  if (section.querySelector('[data-author-bar]')) return;
  const bar = document.createElement('div');
  bar.className = 'author-bar';
  bar.dataset.authorBar = '';
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', 'Author');
  const label = document.createElement('span');
  label.className = 'author-label';
  label.textContent = 'Author';
  const output = document.createElement('pre');
  output.className = 'author-output';
  output.tabIndex = 0;
  output.hidden = true;
  const say = (text: string): void => {
    output.textContent = text;
    output.hidden = false;
    announce(text.split('\n')[0] ?? '');
  };
  const add = (words: string, press: (button: HTMLButtonElement) => void): void => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button-small button-quiet';
    button.textContent = words;
    button.addEventListener('click', () => press(button));
    bar.append(button);
  };
  bar.append(label);
  add('Run check', (button) => {
    button.disabled = true;
    void reportOn(deps.lab(), section.dataset.task ?? '')
      .then(say)
      .finally(() => (button.disabled = false));
  });
  add('Type solution', (button) => {
    const text = section.querySelector<HTMLElement>('[data-action="type"]')?.dataset.text;
    if (text === undefined) say('There is no solution on the page to type.');
    else void deps.runPath.run({ text, button, place: bar });
  });
  for (const [name, file] of [
    ['check.sh', section.dataset.checkFile],
    ['solve.sh', section.dataset.solveFile],
  ] as const) {
    if (file !== undefined) add(`Open ${name}`, () => void openInEditor(file, say));
  }
  add('Reset lab', () => {
    if (deps.lab()?.sandbox === undefined) say('No lab runs.');
    else void deps.lab()?.reset();
  });
  bar.append(output);
  section.append(bar);
}

/** The report in words. Never rejects. */
async function reportOn(lab: Lab | undefined, task: string): Promise<string> {
  try {
    const report = await lab?.ask((id) =>
      call<CheckRun>('POST', `/api/author${sandboxPath(id).slice('/api'.length)}/tasks/${task}/check`, {
        deadline: 150_000,
      }),
    );
    return report ? reportWords(report) : 'Start the lab first.';
  } catch (error) {
    return error instanceof CallError ? error.message : String(error);
  }
}

/** Exit code and time on the first line, then what was printed. Pure. */
export function reportWords({ code, stdout, stderr, timedOut, durationMs, file }: CheckRun): string {
  const end = timedOut ? 'timed out' : `exit code ${code ?? 'unknown'}: ${MEANING[code ?? -1] ?? 'faulty'}`;
  const parts = [`${end}, ${Math.round(durationMs)} ms (${file})`];
  if (stdout.trim() !== '') parts.push(`stdout:\n${stdout.trimEnd()}`);
  if (stderr.trim() !== '') parts.push(`stderr:\n${stderr.trimEnd()}`);
  return parts.join('\n');
}

const MEANING: Record<number, string> = {
  0: 'passed',
  1: 'not yet',
  75: 'not yet, but it will come by itself',
};

/** Vite opens it in the editor that it finds running, or in $EDITOR. */
async function openInEditor(file: string, say: (text: string) => void): Promise<void> {
  const response = await fetch(`/__open-in-editor?file=${encodeURIComponent(file)}`).catch(() => undefined);
  if (!response?.ok) say(`The editor was not opened. The file is ${file}.`);
}
