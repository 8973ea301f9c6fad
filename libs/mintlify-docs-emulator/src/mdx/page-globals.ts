/** What pages and snippets may use of React without an import. */
export const REACT_GLOBALS = [
  'useState',
  'useEffect',
  'useRef',
  'useMemo',
  'useCallback',
  'useReducer',
  'useContext',
  'useId',
  'useLayoutEffect',
  'useSyncExternalStore',
  'useTransition',
  'useDeferredValue',
  'createContext',
  'forwardRef',
  'memo',
  'Fragment',
] as const;

/** The components that JSX snippets may use without an import, as MDX pages do. */
export const COMPONENT_GLOBALS = [
  'Accordion',
  'AccordionGroup',
  'Badge',
  'Banner',
  'Callout',
  'Card',
  'CardGroup',
  'Check',
  'CodeBlock',
  'CodeGroup',
  'Color',
  'Column',
  'Columns',
  'Danger',
  'Expandable',
  'Frame',
  'Icon',
  'Info',
  'Mermaid',
  'Note',
  'Panel',
  'ParamField',
  'Prompt',
  'RequestExample',
  'ResponseExample',
  'ResponseField',
  'Step',
  'Steps',
  'Tab',
  'Tabs',
  'Tile',
  'Tip',
  'Tooltip',
  'Tree',
  'Update',
  'View',
  'Visibility',
  'Warning',
] as const;

/** All names that need no declaration. */
export const PAGE_GLOBALS: readonly string[] = ['React', ...REACT_GLOBALS, ...COMPONENT_GLOBALS];

/** The module that declares them, for the bundler: only what a page uses becomes part of it. */
export const GLOBALS_MODULE = [
  `import * as React from 'react';`,
  `export { React };`,
  `export { ${REACT_GLOBALS.join(', ')} } from 'react';`,
  `export { user } from '@docs/runtime';`,
  `import { globalComponent } from '@docs/runtime';`,
  ...COMPONENT_GLOBALS.map((name) => `export const ${name} = /* @__PURE__ */ globalComponent('${name}');`),
].join('\n');
