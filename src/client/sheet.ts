/**
 * On a narrow screen the lab is a sheet at the bottom of the window: closed it shows its bar, open its terminal above
 * the keyboard while the text stays readable. On a wide screen the styles show the whole lab and this changes nothing.
 */

/** Makes the sheet of the page open and close. Without a lab it does nothing. */
export function bindSheet(): void {
  const sheet = document.querySelector<HTMLElement>('[data-sheet]');
  const toggle = document.querySelector<HTMLElement>('[data-sheet-toggle]');
  const label = document.querySelector<HTMLElement>('[data-sheet-label]');
  if (!sheet || !toggle || !label) return;

  const set = (open: boolean): void => {
    sheet.dataset.sheet = open ? 'open' : 'closed';
    toggle.setAttribute('aria-expanded', String(open));
    label.textContent = open ? 'Close the lab' : 'Open the lab';
  };
  toggle.addEventListener('click', () => set(sheet.dataset.sheet !== 'open'));
  // Whatever gets the focus must be in sight: "Start lab" after a check without a lab, or the terminal by the Tab key.
  sheet.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element && target.closest('[data-terminal]')) set(true);
  });
  keepAnswersInSight(() => sheet.dataset.sheet === 'open' && toggle.checkVisibility());
}

/** Scrolls what a check says out from behind the open sheet. */
function keepAnswersInSight(covered: () => boolean): void {
  const observer = new MutationObserver((changes) => {
    const message = changes[0]?.target;
    if (message instanceof HTMLElement && covered()) message.scrollIntoView({ block: 'nearest' });
  });
  for (const message of document.querySelectorAll('[data-task-message]')) {
    observer.observe(message, { childList: true, attributeFilter: ['hidden'] });
  }
}

bindSheet();
