import slugify from '@sindresorhus/slugify';
import { visitNodes } from './mdx-nodes.js';
import type { MdxNode } from './mdx-nodes.js';

/** They have an id by their title, and count those of their own kind. */
const TITLED: ReadonlySet<unknown> = new Set(['Accordion', 'View']);

/**
 * The id of an accordion or a view, made from its title as Mintlify does: in ASCII, with hyphens.
 *
 * @example
 * componentSlug('Hosting & infrastructure'); // 'hosting-and-infrastructure'
 */
export function componentSlug(title: string): string {
  return slugify(title.replace(':', '-'), { decamelize: false });
}

/** Gives each accordion and each view an id that has none: the second `setup` is `setup-1`. */
export function remarkComponentIds() {
  return (root: MdxNode): void => {
    const counts = new Map<string, number>();
    visitNodes(root, ({ name, attributes }) => {
      if (!attributes || !TITLED.has(name)) return undefined;
      const title = attributes.find((each) => each.name === 'title')?.value;
      if (typeof title !== 'string' || title === '' || attributes.some((each) => each.name === 'id'))
        return undefined;
      const slug = componentSlug(title);
      const count = counts.get(`${name} ${slug}`) ?? 0;
      counts.set(`${name} ${slug}`, count + 1);
      const id = count === 0 ? slug : `${slug}-${count}`;
      attributes.push({ type: 'mdxJsxAttribute', name: 'id', value: id });
      return undefined;
    });
  };
}
