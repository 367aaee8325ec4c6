/** Entry of a lesson page: brings tasks and progress to life, and loads the lab's code once a learner wants it. */
import './progress.ts';
import type { Lab } from './lab.ts';
import { passedTasks } from './progress-store.ts';
import { onStartedElsewhere, rememberSandbox, rememberedSandbox } from './remember.ts';
import { Tasks } from './tasks.ts';

const main = document.querySelector<HTMLElement>('main[data-lesson]');
const lesson = main?.dataset.lesson;
if (main && lesson) bringToLife(main, lesson);

function bringToLife(main: HTMLElement, lesson: string): void {
  const startButton = main.querySelector<HTMLButtonElement>('button[data-action="start"]');
  const sheetToggle = main.querySelector<HTMLElement>('[data-sheet-toggle]');
  let lab: Lab | undefined;
  let loading: Promise<Lab> | undefined;

  const tasks: Tasks = new Tasks(main, {
    passed: (task) => passedTasks.has(lesson, task),
    check: async (task) => lab?.check(task),
    obstacle: () => obstacle(lab, [startButton, sheetToggle]),
  });
  passedTasks.onChange(() => tasks.refresh());

  const load = (): Promise<Lab> => {
    loading ??= import('./lab-page.ts').then(
      ({ openLab }) =>
        (lab = openLab({
          main,
          lesson,
          remember: (id) => rememberSandbox(lesson, id),
          verdict: (task, verdict) => {
            tasks.verdict(task, verdict);
            if (verdict.status === 'passed') passedTasks.pass(lesson, task);
          },
        })),
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  const resume = (id: string | undefined) => {
    if (id !== undefined) load().then((loaded) => loaded.resume(id), ignore);
  };

  startButton?.addEventListener('click', () => {
    // Once the lab's code is there, its panel listens to the button.
    if (lab) return;
    startButton.disabled = true;
    load()
      .then(
        (loaded) => loaded.start(),
        () => sayNotLoaded(main),
      )
      .finally(() => (startButton.disabled = false));
  });
  prefetchOn(startButton);
  prefetchOn(sheetToggle);
  resume(rememberedSandbox(lesson));
  onStartedElsewhere(lesson, resume);
}

/** Loads the code ahead of the click that needs it. */
function prefetchOn(button: HTMLElement | null): void {
  const prefetch = () => {
    import('./lab-page.ts').catch(ignore);
    import('./live-terminal.ts').catch(ignore);
  };
  for (const sign of ['pointerenter', 'focus']) button?.addEventListener(sign, prefetch, { once: true });
}

/** Why a check cannot be run; takes the focus to the first of the buttons that is in sight, since it would help. */
function obstacle(lab: Lab | undefined, starters: (HTMLElement | null)[]): string | undefined {
  if (lab?.sandbox === undefined && lab?.state.name !== 'starting') {
    starters.find((button) => button?.checkVisibility({ visibilityProperty: true }))?.focus();
    return 'Start the lab first: the check looks into it.';
  }
  return lab.state.name === 'starting' ? 'The lab is still starting. Check again in a moment.' : undefined;
}

function sayNotLoaded(main: HTMLElement): void {
  const text = main.querySelector('[data-notice-text]');
  if (text) text.textContent = 'The lab could not be loaded. Check your network, then press Start lab again.';
}

/** For what is tried again when it is needed. */
function ignore(): void {}
