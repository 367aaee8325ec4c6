/** What every page can do once it is shown: theme, tabs, copy buttons. Knows nothing about labs. */
import { bindCopyButtons } from './copy.ts';
import { bindTabs } from './tabs.ts';
import { bindThemeMenu } from './theme.ts';

bindThemeMenu();
bindTabs();
bindCopyButtons();
