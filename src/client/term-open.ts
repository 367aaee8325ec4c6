/** Shows the meaning of a word of the glossary. Its code is loaded when somebody first points at one. */

/** Makes the words of the text explain themselves. Without this, they are links to the glossary. */
export function bindTerms(text: HTMLElement): void {
  for (const sign of ['pointerover', 'focusin', 'click']) {
    text.addEventListener(sign, (event) => {
      const term = event.target instanceof Element ? event.target.closest<HTMLElement>('.term') : null;
      if (!term) return;
      // A finger does not hover: the first touch explains, and what it shows leads on.
      if (sign === 'click') {
        if (!matchMedia('(hover: none)').matches) return;
        event.preventDefault();
      }
      import('./term.ts').then(
        ({ explain }) => explain(term),
        () => {},
      );
    });
  }
}

const main = document.querySelector<HTMLElement>('main[data-lesson]');
if (main) bindTerms(main);
