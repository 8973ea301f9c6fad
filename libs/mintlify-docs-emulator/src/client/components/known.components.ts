import { callout } from './callout.js';
import { Card, CardGroup } from './card.js';
import { CodeBlock, CodeGroup } from './code-block.js';
import { DocsImage, DocsLink, DocsTable, heading } from './prose.js';
import { Step, Steps } from './steps.js';

/** The components that pages may use without an import, and how Markdown's own elements are drawn. */
export const KNOWN_COMPONENTS = {
  Card,
  CardGroup,
  CodeGroup,
  Columns: CardGroup,
  Check: callout('check', 'Check'),
  Info: callout('info', 'Info'),
  Note: callout('note', 'Note'),
  Step,
  Steps,
  Tip: callout('tip', 'Tip'),
  Warning: callout('warning', 'Warning'),
  a: DocsLink,
  h2: heading('h2'),
  h3: heading('h3'),
  h4: heading('h4'),
  img: DocsImage,
  pre: CodeBlock,
  table: DocsTable,
};
