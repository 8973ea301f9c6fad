import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { useMemo } from 'react';

const MAX_CHARACTERS = 50_000;

/**
 * The Markdown of a spec. HTML in it is shown as text, and links with a script are removed.
 *
 * @example
 * <MarkdownText text="All **plants**" />
 */
export function MarkdownText({ text }: { text: string | undefined }) {
  const html = useMemo(() => toHtml(text ?? ''), [text]);
  if (html === '') return null;
  // `micromark` escapes HTML in the text.
  return <div className="spec-text" dangerouslySetInnerHTML={{ __html: html }} />;
}

function toHtml(text: string): string {
  if (text.trim() === '') return '';
  return micromark(text.slice(0, MAX_CHARACTERS), {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: false,
    allowDangerousProtocol: false,
  });
}
