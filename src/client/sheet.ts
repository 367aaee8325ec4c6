/**
 * On a narrow screen the lab is a sheet at the bottom of the window: closed it shows its bar, open its terminal above
 * the keyboard while the text stays readable. On a wide screen the styles show the whole lab and this changes nothing.
 */

/** Makes the sheet of the page open and close. Without a lab it does nothing. */
export function bindSheet(): void {
  const sheet = document.querySelector<HTMLElement>('[data-sheet]');
  const toggle = sheet?.querySelector<HTMLElement>('[data-sheet-toggle]');
  const terminal = sheet?.querySelector<HTMLElement>('[data-terminal]');
  if (!sheet || !toggle || !terminal) return;

  const isOpen = (): boolean => sheet.dataset.sheet === 'open';
  const idle = (): boolean => terminal.dataset.state === 'idle';
  const label = (): void => {
    const words = isOpen() ? 'Close the lab' : idle() ? 'Start lab' : 'Open the lab';
    const element = toggle.querySelector('[data-sheet-label]');
    if (element) element.textContent = words;
  };
  const set = (open: boolean): void => {
    sheet.dataset.sheet = open ? 'open' : 'closed';
    document.documentElement.toggleAttribute('data-sheet-open', open);
    toggle.setAttribute('aria-expanded', String(open));
    label();
  };
  toggle.addEventListener('click', () => {
    const start = !isOpen() && idle();
    set(!isOpen());
    if (start) terminal.querySelector<HTMLElement>('[data-action="start"]')?.click();
  });
  new MutationObserver(label).observe(terminal, { attributeFilter: ['data-state'] });
  label();
  keepAnswersInSight(() => isOpen() && toggle.checkVisibility());
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
