/** Puts a learner's values into text. Knows nothing about where they come from. */
import { VALUE_REFERENCE } from '../../protocol/lesson.ts';

/** The text with the value for each `{{name}}`; one that is not known stays as it is written. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(VALUE_REFERENCE, (reference, name: string) => values[name] ?? reference);
}
