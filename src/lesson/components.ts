/** The components that authors may use in a lesson's text; lessons import nothing. */
import Callout from './Callout.astro';
import Figure from './Figure.astro';
import Hint from './Hint.astro';
import Output from './Output.astro';
import Steps from './Steps.astro';
import Tab from './Tab.astro';
import Table from './Table.astro';
import Tabs from './Tabs.astro';
import Task from './Task.astro';

/** By the name that the text uses; lower-case names stand in for what Markdown makes. */
export const components = { Callout, Figure, Hint, Output, Steps, Tab, Tabs, Task, table: Table };
