/** Finds the remark of a `<Solution>` in a task's HTML, so that it can stand beside the solution. */

/** Stand around a remark, where no author's text can be mistaken for them. */
export const REMARK_BEGINS = '<!--drydock:remark-->';
export const REMARK_ENDS = '<!--/drydock:remark-->';

/** Takes the remark out: the HTML without it, and the remark, which is empty where there is none. */
export function takeRemark(html: string): { text: string; remark: string } {
  const [before = '', rest = ''] = html.split(REMARK_BEGINS);
  const [remark = '', after = ''] = rest.split(REMARK_ENDS);
  return { text: before + after, remark };
}
