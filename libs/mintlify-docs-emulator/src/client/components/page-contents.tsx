import { useEffect, useState } from 'react';
import { PANEL_PLACE_ID } from '../panel-place.js';
import type { Visitor } from '../../shared/visitor-types.js';

interface Heading {
  id: string;
  text: string;
  isDeep: boolean;
}

/**
 * "On this page": links to the headings of the page. They are read from the rendered page, because a heading
 * may contain user data.
 *
 * @example
 * <PageContents visitor={visitor} />
 */
export function PageContents({ visitor }: { visitor?: Visitor }) {
  const [headings, setHeadings] = useState<Heading[]>([]);
  useEffect(() => setHeadings(readHeadings()), [visitor]);
  return (
    <div className="page-contents">
      {/* Panels take the place of the contents. */}
      <div id={PANEL_PLACE_ID} />
      {headings.length >= 2 && (
        <nav className="contents-list" aria-label="On this page">
          <p className="sidebar-title">On this page</p>
          <ul>
            {headings.map(({ id, text, isDeep }) => (
              <li key={id} className={isDeep ? 'deep' : undefined}>
                <a href={`#${encodeURIComponent(id)}`}>{text}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  );
}

function readHeadings(): Heading[] {
  const found = document.querySelectorAll<HTMLElement>('.page-text h2[id], .page-text h3[id]');
  return Array.from(found, (heading) => ({
    id: heading.id,
    // The text ends with the `#` of the heading's link to itself.
    text: (heading.textContent ?? '').replace(/#$/, ''),
    isDeep: heading.tagName === 'H3',
  }));
}
