import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inlineHtml } from './inline-markdown.ts';

test('code, emphasis and links become HTML', () => {
  assert.equal(
    inlineHtml('Why `a < b`, *really*, **now**, see [there](https://example.org/?a=1&b=2)'),
    'Why <code>a &lt; b</code>, <em>really</em>, <strong>now</strong>, see <a href="https://example.org/?a=1&amp;b=2">there</a>',
  );
});

test('tags are text', () => {
  assert.equal(
    inlineHtml('Write <name> & <img src=x onerror=alert(1)>'),
    'Write &lt;name> &amp; &lt;img src=x onerror=alert(1)>',
  );
});

test('what is more than a paragraph is refused, and a link that runs code', () => {
  assert.throws(() => inlineHtml('- a\n- b'), /expected one paragraph .*found "- a - b"/);
  assert.throws(() => inlineHtml('[a](javascript:alert)'), /expected a link to a page/);
  assert.throws(() => inlineHtml('![a](b.png)'), /found Markdown of the kind "image"/);
});
