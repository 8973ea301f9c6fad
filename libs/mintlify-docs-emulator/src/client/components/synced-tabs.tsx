import { Tabs as MintlifyTabs } from '@mintlify/components';
import { Children, isValidElement, useEffect, useRef, useState } from 'react';
import type { ComponentProps, ReactNode, RefObject } from 'react';
import { chooseTitle, useChosenTitle } from '../chosen-title.js';
import { tabAnchor, useOpenedTab } from './opened-tab.js';

/** Props of tabs. */
export interface TabsProps extends ComponentProps<typeof MintlifyTabs> {
  /** `false` keeps them apart from other tabs with the same titles. */
  sync?: boolean;
}

/**
 * Mintlify's tabs. Other tabs and code groups with the same title follow. The fragment of the URL opens one.
 *
 * @example
 * <Tabs><Tab title="npm">…</Tab><Tab title="pnpm">…</Tab></Tabs>
 */
export function Tabs({ sync = true, defaultTabIndex = 0, children, ...rest }: TabsProps) {
  const titles = Children.toArray(children).map(titleOf);
  const [shown, setShown] = useState({ index: defaultTabIndex, round: 0 });
  const chosenTitle = useChosenTitle();
  const wanted = sync ? titles.indexOf(chosenTitle ?? '') : -1;
  // Mintlify's tabs take an index only at their start.
  useEffect(() => {
    if (wanted === -1) return;
    setShown(({ index, round }) =>
      index === wanted ? { index, round } : { index: wanted, round: round + 1 },
    );
  }, [wanted]);
  const choose = (index: number): void => {
    setShown(({ round }) => ({ index, round }));
    if (sync) chooseTitle(titles[index] ?? '');
  };
  const panels = useRef<HTMLDivElement>(null);
  const anchors = Children.toArray(children).map((tab) =>
    isValidElement<{ id?: string; title?: string }>(tab) ? tabAnchor(tab.props) : '',
  );
  useOpenedTab(anchors, panels, (index) => {
    setShown(({ round }) => ({ index, round: round + 1 }));
    if (sync) chooseTitle(titles[index] ?? '');
  });
  return (
    <MintlifyTabs
      key={shown.round}
      {...rest}
      // Their type knows no null.
      panelsRef={panels as RefObject<HTMLDivElement>}
      defaultTabIndex={shown.index}
      onTabChange={choose}
    >
      {children}
    </MintlifyTabs>
  );
}

function titleOf(tab: ReactNode): string {
  return isValidElement<{ title?: string }>(tab) ? (tab.props.title ?? '') : '';
}
