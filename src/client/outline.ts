/** Keeps the states of the tasks in the contents list as the tasks in the text have them, and closes it on a choice. */

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
  const words = { 'not-yet': 'Not yet', checking: 'Checking', passed: 'Passed' };
  const update = (): void => {
    const status = task.dataset.status ?? 'not-yet';
    item.dataset.status = status;
    const word = item.querySelector('[data-outline-status]');
    if (word) word.textContent = words[status as keyof typeof words] ?? words['not-yet'];
  };
  new MutationObserver(update).observe(task, { attributeFilter: ['data-status'] });
  update();
}

bindOutline();
