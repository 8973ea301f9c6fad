import { useCallback, useEffect, useRef, useState } from 'react';
import type { Visitor } from '../../shared/visitor-types.js';
import { prepareSearch } from '../search-client.js';
import { isSearchKey } from '../search-keys.js';
import { SearchDialog } from './search-dialog.js';

/** Props of the search. */
export interface SearchBoxProps {
  /** Absent if anonymous. */
  visitor?: Visitor;
}

/**
 * The button that opens the search. `/` and Ctrl+K or Cmd+K open it too, and after it the focus is where it was.
 *
 * @example
 * <SearchBox visitor={visitor} />
 */
export function SearchBox({ visitor }: SearchBoxProps) {
  const [isOpen, setOpen] = useState(false);
  const isPrepared = useRef(false);
  const prepare = (): void => {
    if (!isPrepared.current) prepareSearch(visitor);
    isPrepared.current = true;
  };
  const focused = useRef<Element | null>(null);
  const open = useCallback(() => {
    focused.current = document.activeElement;
    setOpen(true);
  }, []);
  const close = useCallback(() => {
    setOpen(false);
    if (focused.current instanceof HTMLElement) focused.current.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // A picture, for one, is a dialog too.
      if (!isSearchKey(event) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      open();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [open]);
  return (
    <>
      <button
        type="button"
        className="search-button"
        aria-haspopup="dialog"
        aria-keyshortcuts="/ Control+K Meta+K"
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={open}
      >
        <SearchIcon />
        <span>Search</span>
        <kbd aria-hidden="true">/</kbd>
      </button>
      {isOpen && <SearchDialog visitor={visitor} onClose={close} />}
    </>
  );
}

/**
 * A magnifying glass.
 *
 * @example
 * <SearchIcon />
 */
export function SearchIcon() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d="M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm3.3 7.8 3.2 3.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    </svg>
  );
}
