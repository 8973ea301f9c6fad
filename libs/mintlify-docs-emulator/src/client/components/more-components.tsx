import { Tile as MintlifyTile } from '@mintlify/components';
import { Children, isValidElement } from 'react';
import type { ReactNode } from 'react';
import { docsHref } from '../page-data.js';
import { CodeGroup } from './code-group.js';

/** Components of Mintlify's pages that `@mintlify/components` lacks, or that need a page around them. */

/** Props of an entry of a changelog. */
export interface UpdateProps {
  label: string;
  description?: string;
  tags?: string[];
  children?: ReactNode;
}

/** @example <Update label="2026-01" tags={['API']}>A new thing.</Update> */
export function Update({ label, description, tags = [], children }: UpdateProps) {
  const id = label.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return (
    <section className="update" id={id}>
      <header>
        <p className="update-label">
          <a href={`#${id}`}>{label}</a>
        </p>
        {description !== undefined && <p>{description}</p>}
        {tags.map((tag) => (
          <span key={tag} className="sidebar-tag">
            {tag}
          </span>
        ))}
      </header>
      <div>{children}</div>
    </section>
  );
}

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
    <section className="examples" aria-label={`${title} example`}>
      <p className="sidebar-title">{title}</p>
      {blocks.length > 1 ? <CodeGroup>{children}</CodeGroup> : children}
    </section>
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

/** All views stand below each other, under their titles. @example <View title="Python">…</View> */
export function View({ title, children }: { title?: string; children?: ReactNode }) {
  return (
    <section className="view" aria-label={title}>
      {title !== undefined && <p className="sidebar-title">{title}</p>}
      {children}
    </section>
  );
}

/** @example <Prompt description="Write a test">…</Prompt> */
export function Prompt({ description, children }: { description?: ReactNode; children?: ReactNode }) {
  return (
    <section className="examples" aria-label="Prompt">
      {description !== undefined && <p className="sidebar-title">{description}</p>}
      {children}
    </section>
  );
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

export { Badge, Callout, Color, Panel, Tree } from '@mintlify/components';
