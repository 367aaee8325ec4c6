/** Looks for pictures without words for those who do not see them. */
import { isElement, placeOf, propOf, walk } from '../mdx.ts';
import type { Finding } from './finding.ts';
import { finding, type Source } from './source.ts';

/** Images without alt text; what `<Figure>` and `<Diagram>` need, their schemas say. */
export function checkPictures(source: Source): Finding[] {
  const findings: Finding[] = [];
  if (!source.root) return findings;
  walk(source.root, (node, parents) => {
    const described = parents.some((parent) => isElement(parent) && parent.name === 'Figure');
    const image = node.type === 'image' || node.type === 'imageReference';
    const without = image
      ? !node.alt?.trim()
      : isElement(node) && node.name === 'img' && !propOf(node, 'alt')?.trim();
    if (!without || described) return;
    const mend = image ? 'write ![what it shows](file)' : 'add alt="what it shows"';
    findings.push(
      finding(source, {
        ...placeOf(node),
        what: 'image',
        expected: 'a text that tells what it shows',
        found: 'none',
        mend,
      }),
    );
  });
  return findings;
}
