import { useState } from 'react';
import type { CSSProperties } from 'react';
import type { SiteBanner as Banner } from '../../shared/site-looks-types.js';
import { useDarkMode } from '../color-mode.js';
import { pageData } from '../page-data.js';

/**
 * The announcement above every page, until the visitor closes it.
 *
 * @example
 * <SiteBanner banner={{ html: 'We <strong>moved</strong>', isDismissible: true, type: 'info' }} />
 */
export function SiteBanner({ banner: { html, isDismissible, type, color } }: { banner: Banner }) {
  const isDark = useDarkMode();
  const key = `docs-banner:${html}`;
  const [isClosed, setClosed] = useState(() => isDismissible && wasClosed(key));
  if (isClosed) return null;
  const style: CSSProperties | undefined = color && { background: isDark ? color.dark : color.light };
  return (
    <aside className="site-banner" data-type={type} style={style} aria-label="Announcement">
      {/* oxlint-disable-next-line react/no-danger -- made from Markdown by the server, without tags of the author. */}
      <p dangerouslySetInnerHTML={{ __html: withBasePath(html) }} />
      {isDismissible && (
        <button
          type="button"
          aria-label="Dismiss"
          onClick={() => {
            remember(key);
            setClosed(true);
          }}
        >
          ×
        </button>
      )}
    </aside>
  );
}

function withBasePath(html: string): string {
  return html.replaceAll(/href="\/(?!\/)/g, `href="${pageData.basePath}/`);
}

function wasClosed(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

function remember(key: string): void {
  try {
    localStorage.setItem(key, 'closed');
  } catch {
    // Without storage, it is back on the next page.
  }
}
