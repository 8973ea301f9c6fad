import { Tile as MintlifyTile } from '@mintlify/components';
import { Children, isValidElement, useRef, useState } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { BesidePage } from '../panel-place.js';
import { docsHref } from '../page-data.js';
import { CodeGroup } from './code-group.js';
import { EntryIcon } from './entry-icon.js';

/** Components of Mintlify's pages that `@mintlify/components` lacks, or that need a page around them. */

/** @example <RequestExample>…</RequestExample> */
export function RequestExample({ children }: { children?: ReactNode }) {
  return <Examples title="Request">{children}</Examples>;
}

/** @example <ResponseExample>…</ResponseExample> */
export function ResponseExample({ children }: { children?: ReactNode }) {
  return <Examples title="Response">{children}</Examples>;
}

function Examples({ title, children }: { title: string; children?: ReactNode }) {
  const blocks = Children.toArray(children).filter((child) => isValidElement(child));
  return (
    <BesidePage>
      <section className="examples" aria-label={`${title} example`}>
        <p className="sidebar-title">{title}</p>
        {blocks.length > 1 ? <CodeGroup>{children}</CodeGroup> : children}
      </section>
    </BesidePage>
  );
}

/** Shows its children to people, or hides what is for agents. @example <Visibility for="humans">…</Visibility> */
export function Visibility({ for: audience, children }: { for?: string; children?: ReactNode }) {
  return audience === 'agents' ? null : <>{children}</>;
}

/** @example <Column>…</Column> */
export function Column({ children }: { children?: ReactNode }) {
  return <div className="column">{children}</div>;
}

/** Props of a prompt. */
export interface PromptProps {
  description?: ReactNode;
  icon?: string;
  iconType?: string;
  children?: ReactNode;
}

/** A text for an assistant, to copy. @example <Prompt description="Write a test">…</Prompt> */
export function Prompt({ description, icon, iconType, children }: PromptProps) {
  const text = useRef<HTMLDivElement>(null);
  const [state, setState] = useState('Copy prompt');
  const copy = async () => {
    await navigator.clipboard.writeText(text.current?.textContent ?? '');
    setState('Copied');
  };
  return (
    <section className="examples" aria-label="Prompt">
      <p className="prompt-head">
        <EntryIcon icon={icon} iconType={iconType} />
        <span className="sidebar-title">{description ?? 'Prompt'}</span>
        {'clipboard' in navigator && (
          <button type="button" className="plain-button" onClick={() => void copy()}>
            {state}
          </button>
        )}
      </p>
      <div ref={text}>{children}</div>
    </section>
  );
}

/** Stands beside the page. @example <Panel>…</Panel> */
export function Panel({ children }: { children?: ReactNode }) {
  return (
    <BesidePage>
      <aside className="examples" aria-label="Panel">
        {children}
      </aside>
    </BesidePage>
  );
}

/** @example <Video src="/demo.mp4" /> */
export function Video({ src, ...rest }: ComponentProps<'video'>) {
  return <video controls {...rest} src={docsHref(src)} />;
}

/** @example <SnippetGroup>…</SnippetGroup> */
export function SnippetGroup({ children }: { children?: ReactNode }) {
  return <>{children}</>;
}

/** @example <Banner>We moved.</Banner> */
export function Banner({ children }: { children?: ReactNode }) {
  return <aside className="examples">{children}</aside>;
}

/** Props of a tile. */
export interface TileProps {
  href?: string;
  title?: string;
  description?: string;
  children?: ReactNode;
}

/** @example <Tile href="/quickstart" title="Quickstart">…</Tile> */
export function Tile({ href = '#', title, description, children }: TileProps) {
  return (
    <MintlifyTile href={docsHref(href)} title={title} description={description}>
      {children}
    </MintlifyTile>
  );
}

export { DocsFrame } from './docs-frame.js';
export { Accordion } from './page-accordion.js';
export { Update } from './page-update.js';
export { View } from './page-view.js';
export { Tree } from './file-tree.js';
export { GitHub } from './github-card.js';
export { Badge, Callout, Color, Property } from '@mintlify/components';
