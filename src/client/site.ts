/** What every page can do once it is shown: search, theme, tabs, copy and print buttons. Knows nothing about labs. */
import { bindCopyButtons } from './copy.ts';
import { bindSearch } from './search-open.ts';
import { bindTabs } from './tabs.ts';
import { bindThemeMenu } from './theme.ts';

bindSearch();
bindThemeMenu();
bindTabs();
bindCopyButtons();
document.querySelector('[data-print]')?.addEventListener('click', () => print());
