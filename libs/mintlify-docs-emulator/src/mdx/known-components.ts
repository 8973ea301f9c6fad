import { COMPONENT_GLOBALS } from './page-globals.js';

/** All components that the emulator shows. */
export const KNOWN_COMPONENT_NAMES: readonly string[] = [
  ...COMPONENT_GLOBALS,
  'DocsFrame',
  'DocsImage',
  'DocsLink',
  'Property',
  'SnippetGroup',
  'Video',
];

/**
 * The components of a page that neither it nor the emulator has.
 *
 * @param names as in MDX, such as `Note` or `Tree.Folder`.
 * @example
 * unknownComponents(['Note', 'Sparkles', 'Tree.Folder']); // ['Sparkles']
 */
export function unknownComponents(names: readonly string[]): string[] {
  const known = new Set(KNOWN_COMPONENT_NAMES);
  return names.filter((name) => !known.has(name.split('.')[0] ?? name));
}
