/**
 * What the tasks of a lesson page can do beyond being read: checks, hints, solutions, quizzes, commands, values. Loaded on the
 * first use of any of them, or with the lab.
 */
import type { SandboxInfo, Verdict } from '../../protocol/api.ts';
import answers from '../styles/answers.css?inline';
import asking from '../styles/asking.css?inline';
import { prepareAnnouncer } from './announcer.ts';
import type { Lab } from './lab.ts';
import { LabWatch } from './lab-watch.ts';
import type { LabState } from './lab-state.ts';
import { answerQuiz, askHint, recordHelp } from './lesson-api.ts';
import { passedTasks } from './progress-store.ts';
import { QuizSection } from './quiz.ts';
import type { QuizDeps } from './quiz.ts';
import { RunPath, fenceCommand } from './run-fences.ts';
import { addStyles } from './style-sheet.ts';
import { TaskSection } from './tasks.ts';
import { Values } from './values.ts';

/** What the lesson needs of the page. */
export interface LessonPlace {
  readonly main: HTMLElement;
  /** `course/slug`. */
  readonly lesson: string;
  /** The lab, once its code was loaded. */
  lab(): Lab | undefined;
  /** Starts the lab; resolves when it was asked for. Rejects where its code cannot be loaded. */
  startLab(): Promise<void>;
  /** What keeps a check from being run, in words; undefined: nothing does. */
  obstacle(): string | undefined;
}

/** The lesson's tasks, brought to life. */
export class LessonLife {
  readonly runPath: RunPath;
  readonly #place: LessonPlace;
  readonly #tasks = new Map<string, TaskSection>();
  readonly #quizzes = new Map<string, QuizSection>();
  readonly #values: Values;
  readonly #watch = new LabWatch();

  constructor(place: LessonPlace) {
    const { main } = place;
    this.#place = place;
    this.#values = new Values(main);
    prepareAnnouncer();
    addStyles(answers);
    addStyles(asking);
    this.runPath = new RunPath({
      watch: this.#watch,
      values: this.#values,
      sandbox: () => place.lab()?.sandbox,
      terminal: () => place.lab()?.terminal ?? 'main',
      startLab: () => place.startLab(),
      reveal: () => openSheet(main),
    });
    for (const section of main.querySelectorAll<HTMLElement>('[data-task]')) this.#add(section);
    this.refresh();
    addEventListener('storage', () => this.refresh());
  }

  /** A button of a task or a fence was pressed. */
  press(button: HTMLButtonElement): void {
    const command = fenceCommand(button);
    if ('runButton' in button.dataset && command) return void this.runPath.run(command);
    const section = button.closest<HTMLElement>('[data-task]');
    const task = this.#tasks.get(section?.dataset.task ?? '');
    if (!task || !section) return;
    const { action } = button.dataset;
    if (action === 'check') void task.check(button);
    else if (action === 'hint') void task.hint(button);
    else if (action === 'solution') task.solution(button);
    else if (action === 'type') this.#typeSolution(task.id, button);
  }

  /** A quiz was answered. */
  answer(form: HTMLFormElement): void {
    const id = form.closest<HTMLElement>('[data-task]')?.dataset.task ?? '';
    void this.#quizzes.get(id)?.answer();
  }

  /** A check gave its verdict, by itself or in another tab. */
  verdict(id: string, verdict: Verdict): void {
    if (verdict.status === 'passed') passedTasks.pass(this.#place.lesson, id);
    this.#tasks.get(id)?.verdict(verdict);
  }

  /** What the server says about the sandbox. */
  sandbox({ state, tasks, values }: SandboxInfo): void {
    passedTasks.passedBefore(
      this.#place.lesson,
      tasks.filter(({ status }) => status === 'passed').map(({ id }) => id),
    );
    // While it is starting or ended, what is told is about another sandbox than the one to come.
    if (state !== 'ready') return;
    for (const task of tasks) this.#tasks.get(task.id)?.state(task);
    this.#values.set(values);
  }

  /** The learner's values, all that are known. */
  values(values: Readonly<Record<string, string>>): void {
    this.#values.set(values);
  }

  /** The lab is in another state. */
  labState(state: LabState): void {
    const before = this.#watch.state.name;
    this.#watch.set(state);
    const gone = state.name === 'starting' || state.name === 'ended' || state.name === 'idle';
    if (!gone || state.name === before) return;
    this.#values.set({});
    for (const task of this.#tasks.values()) task.forget();
  }

  /** Shows what has been passed before. */
  refresh(): void {
    for (const task of this.#tasks.values()) task.refresh();
    for (const quiz of this.#quizzes.values()) quiz.refresh();
  }

  #add(section: HTMLElement): void {
    const { lesson } = this.#place;
    const id = section.dataset.task ?? '';
    const passed = (task: string): boolean => passedTasks.has(lesson, task);
    const form = section.querySelector<HTMLFormElement>('form[data-quiz]');
    if (form) {
      const answer: QuizDeps['answer'] = (quiz, given) => answerQuiz(lesson, quiz, given);
      const solved = (quiz: string): void => passedTasks.pass(lesson, quiz);
      this.#quizzes.set(id, new QuizSection(section, form, { lesson, passed, answer, solved }));
      return;
    }
    const task = new TaskSection(section, id, {
      passed,
      obstacle: () => this.#place.obstacle(),
      check: (checked) => this.#check(checked),
      hint: async (asked) =>
        this.#watch.state.name === 'ready'
          ? this.#place.lab()?.ask((sandbox) => askHint(sandbox, asked))
          : undefined,
      helped: (helped, kind) => recordHelp(lesson, helped, kind),
    });
    this.#tasks.set(id, task);
  }

  async #check(task: string): Promise<Verdict | undefined> {
    const verdict = await this.#place.lab()?.check(task);
    if (verdict?.status === 'passed') passedTasks.pass(this.#place.lesson, task);
    return verdict;
  }

  #typeSolution(task: string, button: HTMLButtonElement): void {
    const place = button.closest<HTMLElement>('[data-solution]') ?? button.parentElement;
    if (!place) return;
    const typed = (): void => recordHelp(this.#place.lesson, task, 'typed');
    void this.runPath.run({ text: button.dataset.text ?? '', button, place, typed });
  }
}

/** On a narrow screen the lab is a sheet that may be closed. */
function openSheet(main: HTMLElement): void {
  const toggle = main.querySelector<HTMLElement>('[data-sheet-toggle]');
  if (toggle?.checkVisibility() && toggle.getAttribute('aria-expanded') === 'false') toggle.click();
}
