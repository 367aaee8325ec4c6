/** The status of a task in the page: the attribute, and its word. Knows nothing about how a task gets it. */

/** The words that stand for the values of `data-status`. */
export const STATUS_WORDS = {
  'not-yet': 'Not yet',
  checking: 'Checking',
  passed: 'Passed',
  broken: 'Undone',
} as const;
export type ShownStatus = keyof typeof STATUS_WORDS;

/** The status that the task's section shows. */
export function statusOf(section: HTMLElement): ShownStatus {
  const status = section.dataset.status ?? '';
  return status in STATUS_WORDS ? (status as ShownStatus) : 'not-yet';
}

/** Shows the status on the task's section. */
export function showStatus(section: HTMLElement, status: ShownStatus): void {
  if (section.dataset.status === status) return;
  section.dataset.status = status;
  const element = section.querySelector('[data-task-status]');
  if (element) element.textContent = STATUS_WORDS[status];
}
