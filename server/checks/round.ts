/** Goes once over the tasks of a sandbox that ask for a look. Knows nothing about when, nor how a check is run. */
import type { Verdict } from '../../protocol/api.ts';
import { exercisesOf, type CatalogExercise, type CatalogLesson } from '../lessons/catalog.ts';

export interface Round {
  /** As it stands when it is asked for; undefined where the lesson is gone. */
  readonly lesson: CatalogLesson;
  /** What the learner has passed of it, asked for again after each look. */
  passed(): ReadonlySet<string>;
  /** Whether the task had passed in this sandbox. */
  passedHere(task: string): boolean;
  /** Whether it asks for another look though it may not be open: it was undone in this sandbox, or waits. */
  asksAgain(task: string): boolean;
  /** Whether the round is about the task. Those that open during the round are looked at anyway. */
  wants(task: string): boolean;
  /** False ends the round before the next look. */
  goesOn(): boolean;
  /** `opened`: the task has become open during this round. */
  look(task: string, opened: boolean): Promise<Verdict>;
}

/**
 * Looks at the open exercises, those that the learner has not passed and whose needs are passed, and at those that ask
 * for it again, each at most once. Where one is not done, what it needs and what has passed here is looked at too: it may have
 * been undone. Rejects with what a look rejects with.
 */
export async function goRound(round: Round): Promise<void> {
  const looked = new Set<string>();
  const before = new Set(dueIn(round).map(({ id }) => id));
  const look = async (task: CatalogExercise): Promise<void> => {
    looked.add(task.id);
    const { status } = await round.look(task.id, !before.has(task.id) && !round.passedHere(task.id));
    if (status !== 'failed' && status !== 'broken') return;
    for (const need of exercisesOf(round.lesson)) {
      if (!task.needs.includes(need.id) || looked.has(need.id) || !round.passedHere(need.id)) continue;
      if (!round.goesOn()) return;
      await look(need);
    }
  };
  while (round.goesOn()) {
    const next = dueIn(round).find(({ id }) => !looked.has(id) && (!before.has(id) || round.wants(id)));
    if (!next) return;
    await look(next);
  }
}

/** In the order of the text. */
function dueIn(round: Round): CatalogExercise[] {
  const passed = round.passed();
  return exercisesOf(round.lesson).filter(({ id, needs }) =>
    passed.has(id) ? round.asksAgain(id) : needs.every((need) => passed.has(need)) || round.asksAgain(id),
  );
}
