/** Copy buttons of code. From a dialogue with a shell only the commands are copied, without prompts and output. */

/** How long a button says that it has copied, in milliseconds. */
const SAID_FOR = 1600;

/** Makes the copy buttons of the page work. */
export function bindCopyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    button.addEventListener('click', async () => {
      const copied = await toClipboard(textOf(button.closest('figure')));
      button.textContent = copied ? 'Copied' : 'Not allowed';
      button.dataset.copied = String(copied);
      clearTimeout(timer);
      timer = setTimeout(() => {
        button.textContent = 'Copy';
        delete button.dataset.copied;
      }, SAID_FOR);
    });
  }
}

/** What a code block's button copies. */
function textOf(figure: HTMLElement | null): string {
  if (!figure) return '';
  const commands = [...figure.querySelectorAll('.command')].map((command) => command.textContent);
  if (commands.length > 0) return commands.join('\n');
  return figure.querySelector('code')?.textContent ?? '';
}

/** False where the browser refuses: without a secure context only the older way works. */
async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}
