/** Entry of a lesson page: shows what was passed, and loads what tasks and lab need once a learner wants it. */
import './progress.ts';
import type { Lab } from './lab.ts';
import type { LessonLife } from './lesson-life.ts';
import { rememberPlace } from './place.ts';
import { passedTasks } from './progress-store.ts';
import { onStartedElsewhere, rememberSandbox, rememberedSandbox } from './remember.ts';
import { showStatus, statusOf } from './task-status.ts';

/** What is pressed in tasks and fences. */
const PRESSED = '[data-task] button[data-action], button[data-run-button]';
/** Where it is about to be pressed. */
const NEAR = '.task-actions, [data-quiz], [data-run]';

const main = document.querySelector<HTMLElement>('main[data-lesson]');
const lesson = main?.dataset.lesson;
if (main && lesson) bringToLife(main, lesson);

function bringToLife(main: HTMLElement, lesson: string): void {
  const startButton = main.querySelector<HTMLButtonElement>('button[data-action="start"]');
  const sheetToggle = main.querySelector<HTMLElement>('[data-sheet-toggle]');
  const sections = [...main.querySelectorAll<HTMLElement>('[data-task]')];
  const passed = (section: HTMLElement) => passedTasks.has(lesson, section.dataset.task ?? '');
  let lab: Lab | undefined;
  let life: LessonLife | undefined;
  let done = false;

  const loadLife: () => Promise<LessonLife> = once(async () => {
    const { LessonLife } = await import('./lesson-life.ts');
    life = new LessonLife({
      main,
      lesson,
      lab: () => lab,
      startLab: async () => (await loadLab()).start(),
      obstacle: () => obstacle(lab, [startButton, sheetToggle]),
    });
    if (import.meta.env.DEV) {
      const { addAuthorBars } = await import('./author-bar.ts');
      addAuthorBars(main, { lab: () => lab, runPath: life.runPath });
    }
    return life;
  });
  const loadLab: () => Promise<Lab> = once(async () => {
    const [{ openLab }, life] = await Promise.all([import('./lab-page.ts'), loadLife()]);
    lab = openLab({ main, lesson, life, remember: (id) => rememberSandbox(lesson, id) });
    return lab;
  });

  const refresh = (last?: string): void => {
    if (sections.some(passed)) rememberPlace(location.href);
    if (life) life.refresh();
    else {
      for (const section of sections) {
        if (statusOf(section) === 'not-yet' && passed(section)) showStatus(section, 'passed');
      }
      // The answers of quizzes that were passed are shown again.
      if (sections.some((section) => section.dataset.kind === 'quiz' && passed(section)))
        loadLife().catch(ignore);
    }
    if (done || sections.length === 0 || !sections.every(passed)) return;
    done = true;
    import('./finish.ts').then(({ finishLesson }) => finishLesson(main, lesson, last), ignore);
  };
  passedTasks.onChange(refresh);

  const resume = (id: string | undefined) => {
    if (id !== undefined) loadLab().then((loaded) => loaded.resume(id), ignore);
  };
  startButton?.addEventListener('click', () => {
    // Once the lab's code is there, its panel listens to the button.
    if (lab) return;
    startButton.disabled = true;
    loadLab()
      .then(
        (loaded) => loaded.start(),
        () => sayNotLoaded(main),
      )
      .finally(() => (startButton.disabled = false));
  });
  whenNear(startButton, () => void loadLab().then((loaded) => loaded.prepare(), ignore));
  // The terminal has no place before its sheet is open.
  whenNear(sheetToggle, () => {
    import('./lab-page.ts').catch(ignore);
    import('./live-terminal.ts').catch(ignore);
  });
  delegate(main, loadLife);
  resume(rememberedSandbox(lesson));
  onStartedElsewhere(lesson, resume);
  // An author sees the scripts' buttons at once.
  if (import.meta.env.DEV) loadLife().catch(ignore);
}

/** Hands what is pressed in tasks, fences and quizzes on to their code, which is loaded when it is near. */
function delegate(main: HTMLElement, loadLife: () => Promise<LessonLife>): void {
  main.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>(PRESSED) : null;
    if (button)
      loadLife().then(
        (life) => life.press(button),
        () => sayMissing(button),
      );
  });
  main.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.quiz === undefined) return;
    event.preventDefault();
    loadLife().then(
      (life) => life.answer(form),
      () => sayMissing(form),
    );
  });
  for (const sign of ['pointerover', 'focusin']) {
    main.addEventListener(sign, ({ target }) => {
      if (target instanceof Element && target.closest(NEAR)) loadLife().catch(ignore);
    });
  }
}

/** Calls `load` at the first call, and again only after it failed. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/** Calls when the button is about to be pressed: by a pointer, a finger that comes down, or the keyboard. */
function whenNear(button: HTMLElement | null, load: () => void): void {
  for (const sign of ['pointerenter', 'focus']) button?.addEventListener(sign, load, { once: true });
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

function sayMissing(pressed: HTMLElement): void {
  const message = pressed.closest('[data-task]')?.querySelector<HTMLElement>('[data-task-message]');
  if (!message) return;
  message.textContent = 'This could not be loaded. Check your network, then press again.';
  message.hidden = false;
}

/** For what is tried again when it is needed. */
function ignore(): void {}
