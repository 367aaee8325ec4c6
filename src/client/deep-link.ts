/**
 * Shows what the address names after `#`, such as a task, when a lesson is loaded again. On a wide screen the text scrolls
 * in a pane of its own: browsers restore the window's place only, and then follow the address no more.
 */

const target = document.getElementById(location.hash.slice(1));
const pane = target?.closest('[data-pane="text"]');
if (target && pane?.scrollTop === 0 && pane.scrollHeight > pane.clientHeight) target.scrollIntoView();
