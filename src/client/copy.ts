/** Copy buttons of code. From a dialogue with a shell only the commands are copied, without prompts and output. */

import { writeClipboard } from './clipboard.ts';

/** How long a button says that it has copied, in milliseconds. */
const SAID_FOR = 1600;

/** Makes the copy buttons of the page work. */
export function bindCopyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = (copied: boolean): void => {
      button.textContent = copied ? 'Copied' : 'Not allowed';
      button.dataset.copied = String(copied);
      clearTimeout(timer);
      timer = setTimeout(() => {
        button.textContent = 'Copy';
        delete button.dataset.copied;
      }, SAID_FOR);
    };
    button.addEventListener('click', () => void writeClipboard(textOf(button.closest('figure'))).then(say));
  }
}

/** What a code block's button copies. */
function textOf(figure: HTMLElement | null): string {
  if (!figure) return '';
  const commands = [...figure.querySelectorAll('.command')].map((command) => command.textContent);
  if (commands.length > 0) return commands.join('\n');
  return figure.querySelector('code')?.textContent ?? '';
}
