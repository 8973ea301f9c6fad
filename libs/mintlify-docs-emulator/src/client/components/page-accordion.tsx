import { Accordion as MintlifyAccordion } from '@mintlify/components';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { anchorIds, readAnchor } from '../url-anchor.js';
import type { IconProps } from './mintlify-components.js';

/** Props of an accordion. */
export interface AccordionProps extends IconProps {
  title?: ReactNode;
  description?: string;
  defaultOpen?: boolean;
  /** Default: made from the title. */
  id?: string;
  children?: ReactNode;
}

/**
 * A part of the page to open. The fragment of the URL opens the one with its id.
 *
 * @example
 * <Accordion title="Why?">Because.</Accordion>
 */
export function Accordion({
  title,
  description,
  defaultOpen = false,
  id,
  icon,
  iconType,
  children,
}: AccordionProps) {
  const isNamed = (): boolean => id !== undefined && anchorIds(readAnchor()).includes(id);
  const [openings, setOpenings] = useState(0);
  useEffect(() => {
    const follow = (): void => setOpenings((count) => (isNamed() ? count + 1 : count));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- an id never changes.
  }, []);
  return (
    <MintlifyAccordion
      key={openings}
      // A title that is no text makes no ids: those of two equal titles would be equal.
      title={<span id={id}>{title}</span>}
      description={description}
      defaultOpen={defaultOpen}
      icon={icon}
      iconType={iconType}
      getInitialOpenFromUrl={isNamed}
    >
      {children}
    </MintlifyAccordion>
  );
}
