import { Tabs as MintlifyTabs } from '@mintlify/components';
import { Children, isValidElement, useEffect, useState } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { chooseTitle, useChosenTitle } from '../chosen-title.js';

/** Props of tabs. */
export interface TabsProps extends ComponentProps<typeof MintlifyTabs> {
  /** `false` keeps them apart from other tabs with the same titles. */
  sync?: boolean;
}

/**
 * Mintlify's tabs. Other tabs and code groups with the same title follow.
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
  return (
    <MintlifyTabs key={shown.round} {...rest} defaultTabIndex={shown.index} onTabChange={choose}>
      {children}
    </MintlifyTabs>
  );
}

function titleOf(tab: ReactNode): string {
  return isValidElement<{ title?: string }>(tab) ? (tab.props.title ?? '') : '';
}
