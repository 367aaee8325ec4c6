/** Brings a lesson's lab to life in its page. Loaded when a learner starts the lab or comes back to it. */
import { labApi } from './lab-api.ts';
import { followEvents } from './events.ts';
import { LabPanel } from './lab-panel.ts';
import { Lab } from './lab.ts';
import type { LessonLife } from './lesson-life.ts';
import { onWake } from './wake.ts';

/** What the lab gets from the page. */
export interface LabPlace {
  readonly main: HTMLElement;
  readonly lesson: string;
  /** See `LabDeps.remember`. */
  readonly remember: (id: string | undefined) => void;
  /** The lesson's tasks, told of verdicts, values and states. */
  readonly life: LessonLife;
}

/** The lab, wired to the page's lab pane. Throws where the page lacks the terminal's region. Call once. */
export function openLab({ main, lesson, remember, life }: LabPlace): Lab {
  const panel = new LabPanel(main);
  const leave = wayBack(main.querySelector<HTMLElement>('[data-pane="text"]') ?? main);
  // A finger in the terminal would bring up the keyboard over half the page.
  const mayFocus = () => !matchMedia('(pointer: coarse)').matches;
  let goesToTerminal = mayFocus();
  const lab = new Lab({
    lesson,
    api: labApi,
    followEvents,
    wake: onWake,
    remember,
    openTerminal: async (handlers) =>
      (await import('./live-terminal.ts')).openTerminal(panel.screen, handlers),
    listener: {
      state: (state) => {
        panel.render(state);
        life.labState(state);
        if (state.name === 'reconnecting') goesToTerminal = false;
        if (state.name !== 'ready' || !goesToTerminal) return;
        goesToTerminal = false;
        // The focus makes the browser lay out the page at once: the first screen goes before.
        afterPaint(() => panel.mayTakeFocus() && lab.focus());
      },
      sandbox: (info) => {
        panel.expiresAt = info.expiresAt;
        life.sandbox(info);
      },
      verdict: (task, verdict) => life.verdict(task, verdict),
      values: (values) => life.values(values),
      note: (words) => panel.note(words),
      leave,
    },
  });
  panel.wire(lab, () => (goesToTerminal = mayFocus()));
  return lab;
}

/** Calls back when the frame that comes next has been painted. */
function afterPaint(callback: () => void): void {
  requestAnimationFrame(() => setTimeout(callback));
}

/** A function that takes the focus from the terminal to where the reader was in the text. */
function wayBack(text: HTMLElement): () => void {
  let last: HTMLElement | undefined;
  text.addEventListener('focusin', (event) => {
    if (event.target instanceof HTMLElement) last = event.target;
  });
  return () => {
    if (last?.isConnected && last.checkVisibility()) return last.focus();
    if (!text.hasAttribute('tabindex')) text.tabIndex = -1;
    text.focus();
  };
}
