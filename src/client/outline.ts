/** Keeps the states of the tasks in the contents list as the tasks in the text have them, and closes it on a choice. */

import { STATUS_WORDS, statusOf } from './task-status.ts';

/** Follows the tasks of the page from here on. Without a contents list it does nothing. */
export function bindOutline(): void {
  const menu = document.querySelector<HTMLElement>('#outline');
  if (!menu) return;
  menu.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('a')) menu.hidePopover();
  });
  for (const item of menu.querySelectorAll<HTMLElement>('[data-outline-task]')) {
    const task = document.getElementById(`task-${item.dataset.outlineTask}`);
    if (task) mirror(task, item);
  }
}

function mirror(task: HTMLElement, item: HTMLElement): void {
  const update = (): void => {
    const status = statusOf(task);
    item.dataset.status = status;
    const word = item.querySelector('[data-outline-status]');
    if (word) word.textContent = STATUS_WORDS[status];
  };
  new MutationObserver(update).observe(task, { attributeFilter: ['data-status'] });
  update();
}

bindOutline();
