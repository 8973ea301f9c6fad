import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { SearchResult } from '../../shared/search-types.js';
import type { Visitor } from '../../shared/visitor-types.js';
import { searchDocs } from '../search-client.js';
import { SearchIcon } from './search-box.js';
import { SearchResultLink } from './search-result-link.js';

/** Props of the dialog. */
export interface SearchDialogProps {
  visitor?: Visitor;
  onClose: () => void;
}

interface SearchState {
  /** What was searched. */
  query: string;
  results: SearchResult[];
  hasFailed?: boolean;
}

const NOTHING: SearchState = { query: '', results: [] };

/**
 * The search: a field, and below it what it finds. Arrow keys choose a result, Enter opens it, Escape closes the dialog.
 *
 * @example
 * <SearchDialog visitor={visitor} onClose={close} />
 */
export function SearchDialog({ visitor, onClose }: SearchDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const state = useSearch(query, visitor);
  const { results } = state;
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => setChosen(0), [results]);
  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen, id]);
  const onKeyDown = (event: KeyboardEvent): void => {
    // The keys of an input method are its own.
    if (event.nativeEvent.isComposing || results.length === 0) return;
    const next = { ArrowDown: chosen + 1, ArrowUp: chosen - 1 }[event.key];
    if (next !== undefined) setChosen((next + results.length) % results.length);
    else if (event.key === 'Enter') document.getElementById(`${id}-${chosen}`)?.click();
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      className="search-dialog"
      aria-label="Search"
      onClose={onClose}
      onClick={({ target }) => {
        // Of what is around the dialog, too.
        if (target === dialog.current) dialog.current.close();
      }}
    >
      <div className="search-panel">
        <div className="search-field">
          <SearchIcon />
          <input
            type="text"
            role="combobox"
            aria-label="Search the docs"
            aria-autocomplete="list"
            aria-expanded={results.length > 0}
            aria-controls={`${id}-results`}
            aria-activedescendant={results.length > 0 ? `${id}-${chosen}` : undefined}
            placeholder="Search the docs"
            autoFocus
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="go"
            maxLength={200}
            value={query}
            onChange={({ target }) => setQuery(target.value)}
            onKeyDown={onKeyDown}
          />
          <button type="button" className="plain-button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        <p className="search-status" role="status">
          {statusOf(state, query)}
        </p>
        <div
          id={`${id}-results`}
          className="search-results"
          role="listbox"
          aria-label="Results"
          aria-busy={state.query !== query}
        >
          {results.map((result, index) => (
            <SearchResultLink
              key={`${result.path} ${index}`}
              id={`${id}-${index}`}
              result={result}
              isChosen={index === chosen}
              onOpen={() => dialog.current?.close()}
            />
          ))}
        </div>
      </div>
    </dialog>
  );
}

function useSearch(query: string, visitor: Visitor | undefined): SearchState {
  const [state, setState] = useState(NOTHING);
  useEffect(() => {
    const stop = new AbortController();
    const show = (found: Omit<SearchState, 'query'>): void => {
      if (!stop.signal.aborted) setState({ query, ...found });
    };
    const search = async (): Promise<void> => {
      try {
        show({ results: await searchDocs(query, visitor, stop.signal) });
      } catch {
        show({ results: [], hasFailed: true });
      }
    };
    void search();
    return () => stop.abort();
  }, [query, visitor]);
  return state;
}

function statusOf({ query, results, hasFailed }: SearchState, typed: string): string {
  if (typed.trim() === '') return 'Type to search titles, headings, text and API operations.';
  if (query !== typed && results.length === 0) return 'Searching…';
  if (hasFailed) return 'The search cannot be reached. Check that the emulator still runs.';
  if (results.length === 0) return `No results for “${query.trim()}”.`;
  return results.length === 1 ? '1 result' : `${results.length} results`;
}
