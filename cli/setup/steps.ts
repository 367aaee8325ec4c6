/** Shows what is being set up: a live display on a terminal, plain lines elsewhere. */
import { Listr, type ListrTask } from 'listr2';

export interface Step {
  readonly title: string;
  /** `say` tells what is being done at the moment. What it rejects with is shown, and ends the set-up. */
  readonly run: (say: (line: string) => void) => Promise<unknown>;
  /** Shown in place of the title when done, such as what was found. */
  readonly done?: () => string;
}

/** Runs the groups one after the other, the steps of a group side by side. Rejects with the first failure. */
export async function runSteps(groups: readonly (readonly Step[])[]): Promise<void> {
  const failures: unknown[] = [];
  for (const group of groups) {
    const tasks = group.map((step) => toTask(step, (error) => failures.push(error)));
    const list = new Listr(tasks, {
      concurrent: true,
      rendererOptions: { showErrorMessage: false, collapseErrors: true },
      fallbackRenderer: 'simple',
      fallbackRendererCondition: () => !process.stdout.isTTY,
    });
    await list.run().catch((error: unknown) => {
      throw failures[0] ?? error;
    });
  }
}

/** The display says only that the step failed: the many lines of why are told once, by whoever called. */
function toTask(step: Step, onFailure: (error: unknown) => void): ListrTask<unknown> {
  return {
    title: step.title,
    task: async (_context, task) => {
      let said = '';
      const say = (line: string): void => {
        if (line !== said) task.output = line;
        said = line;
      };
      await step.run(say).catch((error: unknown) => {
        onFailure(error);
        throw new Error('see below');
      });
      if (step.done) task.title = step.done();
    },
  };
}
