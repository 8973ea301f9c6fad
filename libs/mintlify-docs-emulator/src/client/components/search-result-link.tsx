import type { SearchResult, SearchTextPart } from '../../shared/search-types.js';
import { docsHref } from '../page-data.js';

/** Props of a result. */
export interface SearchResultLinkProps {
  id: string;
  result: SearchResult;
  isChosen: boolean;
  /** Called when it is opened here, and not in another tab. */
  onOpen: () => void;
}

/**
 * A result of the search: where it is, its title, and what it says, with the hits marked.
 *
 * @example
 * <SearchResultLink id="result-0" result={result} isChosen onOpen={close} />
 */
export function SearchResultLink({ id, result, isChosen, onOpen }: SearchResultLinkProps) {
  const { path, page, title, breadcrumb, excerpt, method } = result;
  const isSection = path.includes('#');
  const places = isSection ? [...breadcrumb, page] : breadcrumb;
  return (
    <a
      id={id}
      className="search-result"
      role="option"
      aria-selected={isChosen}
      tabIndex={-1}
      href={docsHref(path)}
      onClick={({ ctrlKey, metaKey, shiftKey }) => {
        if (!ctrlKey && !metaKey && !shiftKey) onOpen();
      }}
    >
      {places.length > 0 && <span className="search-place">{places.join(' › ')}</span>}
      <span className="search-title">
        {method !== undefined && <span className="search-method">{method}</span>}
        <MarkedText parts={title} />
      </span>
      {excerpt.length > 0 && (
        <span className="search-excerpt">
          <MarkedText parts={excerpt} />
        </span>
      )}
    </a>
  );
}

function MarkedText({ parts }: { parts: readonly SearchTextPart[] }) {
  return parts.map(({ text, isHit }, index) =>
    // oxlint-disable-next-line react/no-array-index-key -- parts never move.
    isHit ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
  );
}
