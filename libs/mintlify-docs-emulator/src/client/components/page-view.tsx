import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { chooseTitle, useChosenTitle } from '../chosen-title.js';
import { usePageViews } from '../page-views.js';
import { readAnchor } from '../url-anchor.js';
import { EntryIcon } from './entry-icon.js';

/** Props of a view. */
export interface ViewProps {
  title?: string;
  /** Default: made from the title. The fragment of the URL chooses it. */
  id?: string;
  icon?: string;
  iconType?: string;
  children?: ReactNode;
}

/**
 * A part of the page for one choice, such as a language. The first view of the page has the menu of all.
 *
 * @example
 * <View title="Python">…</View>
 */
export function View({ title = 'View', id, icon, iconType, children }: ViewProps) {
  const titles = [...new Set(usePageViews(title))];
  const chosenTitle = useChosenTitle();
  useEffect(() => {
    if (id !== undefined && readAnchor() === id) chooseTitle(title);
  }, [id, title]);
  const chosen = titles.find((each) => each === chosenTitle) ?? titles[0];
  return (
    <>
      {titles[0] === title && titles.length > 1 && (
        <p className="view-menu">
          <EntryIcon icon={icon} iconType={iconType} />
          <span aria-hidden="true">View</span>
          <select aria-label="View" value={chosen} onChange={({ target }) => chooseTitle(target.value)}>
            {titles.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </p>
      )}
      <section id={id} className="view" aria-label={title} hidden={chosen !== undefined && chosen !== title}>
        {children}
      </section>
    </>
  );
}
