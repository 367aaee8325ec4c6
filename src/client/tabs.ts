/**
 * Tabs in a lesson's text. Tabs of one group (such as "os") show the same variant everywhere, also on later pages. The
 * keyboard moves between them as in any tab list: arrows, Home, End.
 */
import { recall, remember } from './memory.ts';

interface TabSet {
  group: string;
  tabs: HTMLElement[];
  panels: HTMLElement[];
}

/** Makes all tabs of the page work, and shows the variants that were chosen before. */
export function bindTabs(): void {
  const sets = [...document.querySelectorAll<HTMLElement>('[data-tabs]')].map(toTabSet);
  sets.forEach((set, number) => {
    connect(set, number);
    show(set, recall(`tabs.${set.group}`) ?? guess(set.group));
    set.tabs.forEach((tab, index) => {
      tab.addEventListener('click', () => choose(sets, set, index));
      tab.addEventListener('keydown', (event) => {
        const target = keyTarget(event.key, index, set.tabs.length - 1);
        if (target === undefined) return;
        event.preventDefault();
        choose(sets, set, target);
        set.tabs[target]?.focus();
      });
    });
  });
}

/** For assistive technology: which tab controls which panel. */
function connect({ tabs, panels }: TabSet, number: number): void {
  tabs.forEach((tab, index) => {
    const panel = panels[index];
    if (!panel) return;
    tab.id = `tab-${number}-${index}`;
    panel.id = `panel-${number}-${index}`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    tab.setAttribute('aria-controls', panel.id);
  });
}

/** Shows the variant called `label`; where this set has none of that name, what is shown stays, at first the first. */
function show({ tabs, panels }: TabSet, label: string | undefined): void {
  const named = panels.findIndex((panel) => panel.dataset.tab === label);
  const shown = panels.findIndex((panel) => 'shown' in panel.dataset);
  const chosen = named >= 0 ? named : Math.max(0, shown);
  tabs.forEach((tab, index) => {
    tab.setAttribute('aria-selected', String(index === chosen));
    tab.tabIndex = index === chosen ? 0 : -1;
  });
  panels.forEach((panel, index) => panel.toggleAttribute('data-shown', index === chosen));
}

function choose(sets: TabSet[], { group, panels, tabs }: TabSet, index: number): void {
  const label = panels[index]?.dataset.tab ?? '';
  const top = tabs[index]?.getBoundingClientRect().top ?? 0;
  for (const set of sets) if (set.group === group) show(set, label);
  remember(`tabs.${group}`, label);
  // Tabs further up may have changed their height: keep the one under the pointer where it is.
  const shift = (tabs[index]?.getBoundingClientRect().top ?? top) - top;
  tabs[index]?.closest('[data-pane]')?.scrollBy(0, shift);
}

/** The tab that a key leads to from the one at `index`; undefined where the key means something else. */
function keyTarget(key: string, index: number, last: number): number | undefined {
  const targets: Record<string, number> = {
    ArrowLeft: index === 0 ? last : index - 1,
    ArrowRight: index === last ? 0 : index + 1,
    Home: 0,
    End: last,
  };
  return targets[key];
}

/** The learner's own operating system, where the group is about that. */
function guess(group: string): string | undefined {
  if (group !== 'os') return undefined;
  if (/Windows/.test(navigator.userAgent)) return 'Windows';
  return /Macintosh|iPhone|iPad/.test(navigator.userAgent) ? 'macOS' : 'Linux';
}

function toTabSet(element: HTMLElement): TabSet {
  return {
    group: element.dataset.tabs ?? '',
    tabs: [...element.querySelectorAll<HTMLElement>('[role=tab]')],
    panels: [...element.querySelectorAll<HTMLElement>('[data-tab]')],
  };
}
