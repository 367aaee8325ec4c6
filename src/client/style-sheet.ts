/** Puts styles into the page that come with code loaded later, so that they cost nothing before. */

const added = new Set<string>();

/** Adds the rules once, however often it is called with them. */
export function addStyles(css: string): void {
  if (added.has(css)) return;
  added.add(css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
