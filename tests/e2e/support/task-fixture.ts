/** A Drydock with the course of the tasks, and learners who use it. */
import { after, before } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import type { Progress } from '../../../protocol/api.ts';
import type { Tree } from '../../support/tree.ts';
import { freePorts } from './ports.ts';
import { openBrowser } from '../../support/chromium.ts';
import { LessonPage, SIZES } from './browser.ts';
import { createInstallation, startCommand, type Installation, type RunningServer } from './server.ts';
import { TASK_LESSON, taskTree } from './task-lesson.ts';

/** Somebody who was never here, and their lesson page. */
export class TaskLearner {
  readonly context: BrowserContext;
  readonly address: string;

  constructor(context: BrowserContext, address: string) {
    this.context = context;
    this.address = address;
  }

  /** The lesson in a tab of its own. */
  async open(path = TASK_LESSON): Promise<LessonPage> {
    const lesson = new LessonPage(await this.context.newPage());
    await lesson.open(this.address + path);
    return lesson;
  }

  /** What the server has recorded. */
  async progress(): Promise<Progress['lessons'][number] | undefined> {
    const response = await this.context.request.get(`${this.address}/api/progress`);
    const progress = (await response.json()) as Progress;
    return progress.lessons.find(({ id }) => id === 'harbour/tasks');
  }
}

export interface TaskFixture {
  /** Folder of the copied project. */
  readonly root: string;
  /** A new learner; `act` gets a browser of theirs, which is closed afterwards. */
  withLearner(act: (learner: TaskLearner) => Promise<void>, size?: keyof typeof SIZES): Promise<void>;
}

/** Starts server and browser before the first test and ends them after the last. To be called once a file. */
export function useTaskLesson(command: 'up' | 'dev' = 'up'): TaskFixture {
  let tree: Tree;
  let installation: Installation;
  let server: RunningServer;
  let browser: Browser;
  before(async () => {
    tree = taskTree();
    installation = createInstallation();
    const port = command === 'dev' ? await freePorts() : 0;
    server = await startCommand({ command, root: tree.root, port }, installation);
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    installation?.remove();
    tree?.remove();
  });
  return {
    get root() {
      return tree.root;
    },
    withLearner: async (act, size = 'laptop') => {
      const phone = size === 'phone';
      const context = await browser.newContext({ viewport: SIZES[size], hasTouch: phone, isMobile: phone });
      try {
        await act(new TaskLearner(context, server.address));
      } finally {
        await context.close();
      }
    },
  };
}
