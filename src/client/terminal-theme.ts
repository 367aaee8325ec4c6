/** The terminal's colours, taken from the page's CSS variables. Knows nothing about what the terminal shows. */
import type { ITheme } from '@xterm/xterm';

const ANSI = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const;

/** The theme, where `colour` gives the value of a CSS variable, or undefined to keep the terminal's own. */
export function themeFrom(colour: (variable: string) => string | undefined): ITheme {
  const theme: ITheme = {
    background: colour('--terminal-background'),
    foreground: colour('--terminal-foreground'),
    cursor: colour('--terminal-cursor'),
    cursorAccent: colour('--terminal-background'),
    selectionBackground: colour('--terminal-selection'),
  };
  ANSI.forEach((name, index) => (theme[name] = colour(`--terminal-ansi-${index}`)));
  return theme;
}

/** The page's theme as seen from the element. */
export function readTheme(element: HTMLElement): ITheme {
  // Through a real colour property, so that what the browser understands (light-dark(), mixes) arrives resolved.
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const style = getComputedStyle(probe);
  const theme = themeFrom((variable) => {
    if (style.getPropertyValue(variable) === '') return undefined;
    probe.style.color = `var(${variable})`;
    return style.color;
  });
  probe.remove();
  return theme;
}

/** Calls the listener when the page's theme may have changed, until the returned function is called. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    dark.removeEventListener('change', listener);
  };
}
