import type { ComponentProps } from 'react';
import { parseUrl } from '../../shared/url-parser.js';
import { pageData } from '../page-data.js';

/**
 * An iframe of a page. One of an origin that the content policy blocks is a note that says which, and how to allow it.
 *
 * @example
 * <DocsFrame src="https://www.youtube.com/embed/abc" title="A tour" />
 */
export function DocsFrame({ src = '', title, children, ...rest }: ComponentProps<'iframe'>) {
  const url = parseUrl(src, location.href);
  if (url && pageData.allowedOrigins?.includes(url.origin)) {
    return <iframe {...rest} src={url.href} title={title ?? url.hostname} />;
  }
  if (!url || !/^https?:$/.test(url.protocol)) return <>{children}</>;
  const { origin } = url;
  return (
    <p className="blocked-frame" data-testid="blocked-frame">
      {title !== undefined && <strong>{title}</strong>}
      <span>
        A frame from <code>{origin}</code> is blocked. To show it, start the emulator with{' '}
        <code>--allow-origin {origin}</code>.
      </span>
      <a href={url.href} target="_blank" rel="noreferrer">
        Open it in a new tab
      </a>
    </p>
  );
}
