/** The components that authors may use in a lesson's text; lessons import nothing. */
import Callout from './Callout.astro';
import Diagram from './Diagram.astro';
import Figure from './Figure.astro';
import FileTree from './FileTree.astro';
import Heading2 from './Heading2.astro';
import Heading3 from './Heading3.astro';
import Hint from './Hint.astro';
import Output from './Output.astro';
import Quiz from './Quiz.astro';
import Solution from './Solution.astro';
import Steps from './Steps.astro';
import Tab from './Tab.astro';
import Table from './Table.astro';
import Tabs from './Tabs.astro';
import Task from './Task.astro';
import Term from './Term.astro';
import Terminal from './Terminal.astro';
import Value from './Value.astro';

/** By the name that the text uses; lower-case names stand in for what Markdown makes. */
export const components = {
  ...{ Callout, Diagram, Figure, FileTree, Hint, Output, Quiz, Solution, Steps },
  ...{ Tab, Tabs, Task, Term, Terminal, Value },
  h2: Heading2,
  h3: Heading3,
  table: Table,
};
