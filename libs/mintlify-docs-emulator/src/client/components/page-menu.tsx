import { useState } from 'react';
import { pageData } from '../page-data.js';

/**
 * What a page offers beside its title, from `contextual` of docs.json: copying it as Markdown, and showing that.
 *
 * @example
 * <PageMenu />
 */
export function PageMenu() {
  const { looks, page } = pageData;
  const { sourcePath } = page;
  const [state, setState] = useState('Copy page');
  if (sourcePath === undefined || looks.contextual.length === 0) return null;
  const copy = async () => {
    try {
      const answer = await fetch(sourcePath);
      if (!answer.ok) throw new Error(answer.statusText);
      await navigator.clipboard.writeText(await answer.text());
      setState('Copied');
    } catch {
      setState('Copying failed');
    }
  };
  return (
    <p className="page-menu">
      {looks.contextual.includes('copy') && 'clipboard' in navigator && (
        <button type="button" className="plain-button" onClick={() => void copy()}>
          {state}
        </button>
      )}
      {looks.contextual.includes('view') && (
        <a className="plain-button" href={sourcePath}>
          View as Markdown
        </a>
      )}
    </p>
  );
}
