/** Inside which others components stand. Knows their names, not what they look like. */
import { nearest } from '../author-error.ts';
import { schemas, type ComponentName } from '../schemas.ts';

/** These stand by themselves, not inside another component. */
const TOP_LEVEL = new Set(['Task', 'Quiz', 'Terminal']);

/** A component as it stands in the text. */
export interface Standing {
  readonly name: string;
  /** Names of the components around it, the nearest first. */
  readonly around: readonly string[];
}

/** Whether there is a component of that name. */
export function isKnown(name: string): name is ComponentName {
  return Object.hasOwn(schemas, name);
}

/** What is wrong with a name that is no component's, as a message without a place. */
export function unknownComponent(name: string): string {
  const known = Object.keys(schemas);
  const meant = nearest(name, known);
  const advice = meant === undefined ? '' : `; did you mean <${meant}>?`;
  return `expected one of the components ${known.join(', ')}, found <${name}>${advice}`;
}

/** What is wrong with where the component stands, as a message without a place; undefined: nothing. */
export function misplaced({ name, around }: Standing): string | undefined {
  const parent = around[0];
  const found = parent === undefined ? 'by itself in the text' : `inside <${parent}>`;
  if (TOP_LEVEL.has(name) && parent !== undefined) {
    return `<${name}>: expected it by itself in the text, found it ${found}`;
  }
  if ((name === 'Hint' || name === 'Solution') && !around.includes('Task')) {
    return `<${name}>: expected it inside a <Task>, found it ${found}`;
  }
  if (name === 'Tab' && parent !== 'Tabs')
    return `<Tab>: expected it directly inside <Tabs>, found it ${found}`;
  return undefined;
}
