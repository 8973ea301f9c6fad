import { visitNodes } from './mdx-nodes.js';
import type { MdxNode } from './mdx-nodes.js';

const PUNCTUATION = /[?,;:!'"()[\]{}]/g;
const EMOJI =
  /\p{Emoji_Modifier}|\p{Emoji_Modifier_Base}|\p{Emoji_Presentation}|\p{Extended_Pictographic}|\u200D|\uFE0E|\uFE0F/gu;

/**
 * The id of a heading, made from its text as Mintlify does: letters of all alphabets stay, punctuation becomes a
 * hyphen, a character such as `&` stays.
 *
 * @example
 * headingSlug("What's new?"); // 'whats-new'
 */
export function headingSlug(title: string): string {
  return cleanId(hyphenate(encode(title)));
}

/**
 * Gives headings different ids: the second `setup` is `setup-2`.
 *
 * @example
 * const count = new SlugCounter();
 * count.next('Setup'); // 'setup'
 * count.next('Setup'); // 'setup-2'
 */
export class SlugCounter {
  private readonly seen = new Map<string, number>();

  /** The id of the next heading with this text. */
  next(title: string): string {
    return this.nextId(headingSlug(title));
  }

  /** The same, for an id that is written. */
  nextId(id: string): string {
    const count = this.seen.get(id) ?? 0;
    this.seen.set(id, count + 1);
    if (count === 0) return id;
    let suffix = count + 1;
    while (this.seen.has(`${id}-${suffix}`)) suffix += 1;
    this.seen.set(`${id}-${suffix}`, 1);
    return `${id}-${suffix}`;
  }
}

/**
 * An id as the docs write it into the page: without punctuation and emoji.
 *
 * @example
 * cleanId('why-us%3F'); // 'why-us'
 */
export function cleanId(id: string): string {
  try {
    const decoded = decodeURIComponent(id.replaceAll(/%(?![0-9A-Fa-f]{2})/g, '%25'));
    return decoded.replaceAll(PUNCTUATION, '').replaceAll(EMOJI, '');
  } catch {
    return id;
  }
}

/** Gives each heading an id that has none. */
export function remarkHeadingSlugs() {
  return (root: MdxNode): void => {
    const slugs = new SlugCounter();
    visitNodes(root, (node) => {
      const written = node.data?.hProperties?.id;
      if (node.type === 'heading') {
        const id = typeof written === 'string' ? slugs.nextId(cleanId(written)) : slugs.next(textOf(node));
        if (id !== '') node.data = { ...node.data, hProperties: { ...node.data?.hProperties, id } };
      } else if (isElementHeading(node) && !node.attributes?.some(({ name }) => name === 'id')) {
        const id = slugs.next(textOf(node));
        if (id !== '') node.attributes?.push({ type: 'mdxJsxAttribute', name: 'id', value: id });
      }
      return undefined;
    });
  };
}

/**
 * The text of a heading, with that of its code.
 *
 * @example
 * textOf({ type: 'heading', children: [{ type: 'text', value: 'Setup' }] }); // 'Setup'
 */
export function textOf({ type, value, children = [] }: MdxNode): string {
  return type === 'text' || type === 'inlineCode' ? (value ?? '') : children.map(textOf).join('');
}

function isElementHeading({ type, name }: MdxNode): boolean {
  return type === 'mdxJsxFlowElement' && /^h[1-6]$/.test(name ?? '');
}

function encode(title: string): string {
  // A half of a surrogate pair cannot be encoded.
  return encodeURIComponent(title.toLowerCase().trim().replaceAll(/\s+/g, '-').toWellFormed());
}

/** All that is encoded stays; of the rest, letters, digits and `_`. The `s` of `what's` belongs to its word. */
function hyphenate(encoded: string): string {
  const isEncoded = /%[0-9A-F]{2}/.test(encoded);
  return encoded
    .replaceAll(isEncoded ? /[^a-zA-Z\d%_]+/g : /[^a-z\d_]+/g, '-')
    .replaceAll(/(?<before>[a-zA-Z\d])-(?<end>[ts](?:-|$))/g, '$<before>$<end>')
    .replaceAll(/^-|-$/g, '');
}
