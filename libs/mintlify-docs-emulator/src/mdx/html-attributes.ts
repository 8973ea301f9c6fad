import { programOf, visitNodes } from './mdx-nodes.js';
import type { MdxNode } from './mdx-nodes.js';

/**
 * Makes `style="color: red"` of an element the object that React needs: with a text, React refuses the whole page.
 * `class` becomes `className`.
 */
export function remarkHtmlAttributes() {
  return (root: MdxNode): void =>
    visitNodes(root, (node) => {
      for (const attribute of node.attributes ?? []) {
        if (attribute.name === 'class' && /^[a-z]/.test(node.name ?? '')) attribute.name = 'className';
        if (attribute.name !== 'style' || typeof attribute.value !== 'string') continue;
        const styles = readStyles(attribute.value);
        attribute.value = {
          type: 'mdxJsxAttributeValueExpression',
          value: JSON.stringify(styles),
          data: {
            estree: programOf({
              type: 'ExpressionStatement',
              expression: {
                type: 'ObjectExpression',
                properties: Object.entries(styles).map(([name, value]) => ({
                  type: 'Property',
                  key: { type: 'Literal', value: name, raw: JSON.stringify(name) },
                  value: { type: 'Literal', value, raw: JSON.stringify(value) },
                  kind: 'init',
                  method: false,
                  shorthand: false,
                  computed: false,
                })),
              },
            }),
          },
        };
      }
      return undefined;
    });
}

/**
 * Reads the text of a `style` attribute.
 *
 * @example
 * readStyles('margin-top: 1rem; color: red'); // { marginTop: '1rem', color: 'red' }
 */
export function readStyles(text: string): Record<string, string> {
  const styles: Record<string, string> = {};
  // A semicolon inside `url(data:…;…)` or quotes ends no declaration.
  for (const declaration of text.match(/(?:[^;"'(]|"[^"]*"|'[^']*'|\([^)]*\)|["'(])+/g) ?? []) {
    const colon = declaration.indexOf(':');
    if (colon === -1) continue;
    const name = declaration.slice(0, colon).trim();
    const key = name.startsWith('--')
      ? name
      : name
          .replace(/^-ms-/, 'ms-')
          .replaceAll(/-(?<letter>[a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (key !== '') styles[key] = declaration.slice(colon + 1).trim();
  }
  return styles;
}
