import { describeUnknownIcon } from '../icons/unknown-icon.js';
import type { MdxFinding, MdxNode } from './mdx-nodes.js';
import { visitNodes } from './mdx-nodes.js';

/** What the check of icons needs. */
export interface IconNameOptions {
  findings: MdxFinding[];
  /** Tells whether an icon exists. Without it, nothing is checked. */
  knowsIcon?: (name: string) => Promise<boolean>;
}

/** Attributes of components that name an icon. */
const ICON_ATTRIBUTES = new Set<string | undefined>(['icon', 'leadIcon', 'tailIcon']);

/** Warns of icons that do not exist, where their names are texts. */
export function remarkIconNames({ findings, knowsIcon }: IconNameOptions) {
  return async (root: MdxNode): Promise<void> => {
    if (!knowsIcon) return;
    const lines = new Map<string, number | undefined>();
    visitNodes(root, ({ name: component, attributes = [], position }) => {
      if (!component || !/^[A-Z]/.test(component)) return undefined;
      for (const { name, value } of attributes) {
        if (!ICON_ATTRIBUTES.has(name) || typeof value !== 'string' || !isIconName(value)) continue;
        if (!lines.has(value)) lines.set(value, position?.start.line);
      }
      return undefined;
    });
    for (const [name, line] of lines) {
      if (await knowsIcon(name)) continue;
      findings.push({ message: describeUnknownIcon(name), ...(line !== undefined && { line }) });
    }
  };
}

/**
 * Tells whether the value of `icon` is a name, and not a URL, a path or an SVG.
 *
 * @example
 * isIconName('rocket'); // true
 */
export function isIconName(value: string): boolean {
  return value !== '' && !/^(?:https?:|\/|data:|<)/i.test(value.trim());
}
