import { CodeBlock } from './code-block.js';
import { CodeGroup } from './code-group.js';
import { DocsImage } from './docs-image.js';
import * as mintlify from './mintlify-components.js';
import * as more from './more-components.js';
import { Mermaid } from './mermaid-diagram.js';
import { Icon } from './mintlify-icon.js';
import { DocsLink, DocsTable, Heading, heading } from './prose.js';

/** The components that pages can use without an import, and those that render Markdown elements. */
export const KNOWN_COMPONENTS = {
  ...mintlify,
  ...more,
  CardGroup: mintlify.Columns,
  CodeBlock,
  CodeGroup,
  DocsImage,
  DocsLink,
  FileTree: more.Tree,
  Heading,
  Icon,
  Link: DocsLink,
  Mermaid,
  a: DocsLink,
  h2: heading('h2'),
  h3: heading('h3'),
  h4: heading('h4'),
  img: DocsImage,
  pre: CodeBlock,
  table: DocsTable,
};
