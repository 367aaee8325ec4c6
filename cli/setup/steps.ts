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
  for (const group of groups) {
    const list = new Listr(group.map(toTask), {
      concurrent: true,
      // A failure is shown once, by whoever called; its many lines do not fit the display.
      rendererOptions: { showErrorMessage: false, collapseErrors: true },
      fallbackRenderer: 'simple',
      fallbackRendererCondition: () => !process.stdout.isTTY,
    });
    await list.run();
  }
}

function toTask(step: Step): ListrTask<unknown> {
  return {
    title: step.title,
    task: async (_context, task) => {
      await step.run((line) => {
        task.output = line;
      });
      if (step.done) task.title = step.done();
    },
  };
}
