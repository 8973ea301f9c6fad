import type { ComponentProps } from 'react';
import { docsHref } from '../page-data.js';

/**
 * A link in a page. Links inside the docs get the base path; external links send no referrer.
 *
 * @example
 * <DocsLink href="/quickstart">Quickstart</DocsLink>
 */
export function DocsLink({ href, children, ...rest }: ComponentProps<'a'>) {
  const isExternal = /^https?:/.test(href ?? '');
  return (
    <a href={docsHref(href)} {...(isExternal && { rel: 'noreferrer' })} {...rest}>
      {children}
    </a>
  );
}

/**
 * A table that scrolls on a narrow screen.
 *
 * @example
 * <DocsTable><tbody>…</tbody></DocsTable>
 */
export function DocsTable(props: ComponentProps<'table'>) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Table">
      <table {...props} />
    </div>
  );
}

/**
 * Creates a heading with a link to itself.
 *
 * @example
 * const H2 = heading('h2');
 */
export function heading(Tag: 'h2' | 'h3' | 'h4') {
  return ({ id, children, ...rest }: ComponentProps<'h2'>) => (
    <Tag id={id} {...rest}>
      {children}
      {id && (
        <a className="heading-link" href={`#${id}`} aria-label="Link to this section">
          #
        </a>
      )}
    </Tag>
  );
}

const HEADINGS = { 2: heading('h2'), 3: heading('h3'), 4: heading('h4') };

/**
 * A heading as a component.
 *
 * @example
 * <Heading level={3} id="setup">Setup</Heading>
 */
export function Heading({ level = 2, ...rest }: ComponentProps<'h2'> & { level?: number | string }) {
  const size = Math.min(Math.max(Math.round(Number(level)) || 2, 2), 4);
  const Tag = HEADINGS[size === 4 ? 4 : size === 3 ? 3 : 2];
  return <Tag {...rest} />;
}
