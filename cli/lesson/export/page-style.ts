/** How an exported page looks, on paper first. */
export const PAGE_STYLE = `
:root { --color-accent: #0b6e8f; --color-text: #1c2529; --color-muted: #5b666c; --color-line: #c9d1d5;
  --color-surface: #f4f6f7; --color-page: #fff; --color-sunken: #f4f6f7; --color-good: #2c6e3f;
  --color-warn: #8a5a00; --color-bad: #a8322a; --color-info: #2f5f9e; --font-mono: ui-monospace, Menlo, Consolas, monospace; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: var(--color-text);
  font: 11pt/1.5 Georgia, 'Times New Roman', serif; }
h1, h2, h3 { line-height: 1.25; break-after: avoid; }
h1 { margin-bottom: 0.25rem; }
.summary { font-style: italic; margin: 0; }
.facts, .lesson, figcaption, .label { color: var(--color-muted); font-size: 0.9em; }
.label { margin-bottom: 0; }
pre { background: var(--color-surface); border: 1px solid var(--color-line); border-radius: 4px; padding: 0.6rem 0.8rem;
  font: 9pt/1.45 var(--font-mono); white-space: pre-wrap; overflow-wrap: anywhere; break-inside: avoid; }
code { font-family: var(--font-mono); font-size: 0.9em; }
pre code { font-size: inherit; }
aside, .task, figure, table { break-inside: avoid; }
aside { border-left: 3px solid var(--color-line); padding-left: 1rem; }
.task { border: 1px solid var(--color-line); border-radius: 4px; padding: 0 1rem; margin: 1rem 0; }
.box { display: inline-block; width: 0.8em; height: 0.8em; border: 1.5px solid; border-radius: 2px; margin-right: 0.5em; }
.answers { list-style: none; padding-left: 0; }
.line { border-bottom: 1px solid var(--color-line); height: 2rem; }
figure { margin: 1rem 0; text-align: center; }
figure svg, figure img { max-width: 100%; height: auto; }
figure .accent { color: var(--color-accent); }
figure .quiet { color: var(--color-muted); }
figure .good { color: var(--color-good); }
figure .warn { color: var(--color-warn); }
figure .bad { color: var(--color-bad); }
figure .info { color: var(--color-info); }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--color-line); padding: 0.25rem 0.6rem; text-align: left; }
.end { break-before: page; }
@media print { body { margin: 0; max-width: none; padding: 0; } a { color: inherit; } }
@page { margin: 2cm; }
`;
