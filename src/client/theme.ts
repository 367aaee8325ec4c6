/**
 * The choice of the theme: the system's, light or dark. `data-theme` on the root element carries an explicit choice and
 * is absent for the system's; styles and the terminal follow it.
 */
import { recall, remember } from './memory.ts';

type Choice = 'system' | 'light' | 'dark';

/** Makes the theme menu work, here and in the other tabs of this browser. Without a menu it does nothing. */
export function bindThemeMenu(): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('[data-theme-choice]')];
  const choose = (choice: Choice): void => {
    if (choice === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    for (const button of buttons) {
      button.setAttribute('aria-pressed', String(button.dataset.themeChoice === choice));
    }
  };
  choose(toChoice(recall('theme')));
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const choice = toChoice(button.dataset.themeChoice);
      choose(choice);
      remember('theme', choice === 'system' ? null : choice);
      button.closest<HTMLElement>('[popover]')?.hidePopover();
    });
  }
  addEventListener('storage', (event) => {
    if (event.key === 'drydock.theme') choose(toChoice(event.newValue));
  });
}

function toChoice(text: string | null | undefined): Choice {
  return text === 'light' || text === 'dark' ? text : 'system';
}
