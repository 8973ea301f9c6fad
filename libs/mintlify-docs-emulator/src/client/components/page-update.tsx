import { Update as MintlifyUpdate } from '@mintlify/components';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { BesidePage } from '../panel-place.js';
import { addUpdateTags, toggleUpdateTag, useUpdateTags } from '../update-filter.js';

/** Props of an entry of a changelog. */
export interface UpdateProps {
  /** A text, or an element such as an icon with a text. */
  label: ReactNode;
  description?: string;
  tags?: string[];
  id?: string;
  children?: ReactNode;
}

/**
 * An entry of a changelog. Readers can choose tags: then only entries with one of them are shown.
 *
 * @example
 * <Update label="2026-01" tags={['API']}>A new thing.</Update>
 */
export function Update({ label, description, tags, id, children }: UpdateProps) {
  const ownId = id ?? (typeof label === 'string' ? slugOf(label) : '');
  const own = Array.isArray(tags) ? tags.map(String) : [];
  const { chosen } = useUpdateTags();
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the tags of an entry never change.
  useEffect(() => addUpdateTags(own), []);
  if (chosen.length > 0 && !own.some((tag) => chosen.includes(tag))) return null;
  return (
    // Its label may be an element, which its types do not say.
    <MintlifyUpdate id={ownId} label={label as string} description={description} tags={own} isVisible>
      {children}
    </MintlifyUpdate>
  );
}

function slugOf(label: string): string {
  return label.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
}

/**
 * The tags of the page's updates, to choose from. Pages without any have nothing here.
 *
 * @example
 * <UpdateFilter />
 */
export function UpdateFilter() {
  const { all, chosen } = useUpdateTags();
  if (all.length === 0) return null;
  return (
    <BesidePage>
      <section className="update-filter" aria-label="Filter by tag">
        <p className="sidebar-title">Filter</p>
        {all.map((tag) => (
          <button
            key={tag}
            type="button"
            className="plain-button"
            aria-pressed={chosen.includes(tag)}
            onClick={() => toggleUpdateTag(tag)}
          >
            {tag}
          </button>
        ))}
      </section>
    </BesidePage>
  );
}
