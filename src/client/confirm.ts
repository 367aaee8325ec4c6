/** Asks before something is lost. Knows nothing about what that is. */
import styles from '../styles/dialog.css?inline';
import { addStyles } from './style-sheet.ts';

/** What is asked. */
export interface Question {
  readonly title: string;
  readonly text: string;
  /** The button that goes ahead. */
  readonly yes: string;
  /** The button that leaves all as it is; has the focus at first. */
  readonly no: string;
}

/** Resolves with whether the reader goes ahead; Escape means no. The focus goes back where it was. */
export function confirmed({ title, text, yes, no }: Question): Promise<boolean> {
  addStyles(styles);
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  const heading = element('h2', 'dialog-title', title);
  heading.id = 'dialog-title';
  const body = element('p', 'dialog-text', text);
  body.id = 'dialog-text';
  dialog.setAttribute('aria-labelledby', heading.id);
  dialog.setAttribute('aria-describedby', body.id);
  const actions = element('div', 'dialog-actions', '');
  const stay = button('button', no);
  stay.autofocus = true;
  const go = button('button button-danger', yes);
  actions.append(stay, go);
  dialog.append(heading, body, actions);
  document.body.append(dialog);
  return new Promise((resolve) => {
    stay.addEventListener('click', () => dialog.close());
    go.addEventListener('click', () => dialog.close('yes'));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    dialog.showModal();
  });
}

function button(className: string, text: string): HTMLButtonElement {
  const made = element('button', className, text);
  made.type = 'button';
  return made;
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, text: string) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
