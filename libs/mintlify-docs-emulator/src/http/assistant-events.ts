import type { Passage } from '../search/docs-search.js';

const MAX_PASSAGE_CHARACTERS = 600;
/** A word and what is behind it: the steps in which the text comes. */
const STEPS = /\S+\s*/g;

/**
 * The answer of the assistant as events of the AI SDK's UI message stream, version 1: text in steps, and the pages as
 * sources.
 *
 * @param passages what the search found, the best first.
 * @param id of the message.
 * @example
 * assistantEvents([], 'a').at(-1); // '[DONE]'
 */
export function assistantEvents(passages: readonly Passage[], id: string): string[] {
  const text = answerText(passages);
  const steps = text.match(STEPS) ?? [];
  return [
    JSON.stringify({ type: 'start', messageId: id }),
    JSON.stringify({ type: 'start-step' }),
    JSON.stringify({ type: 'text-start', id: 'text' }),
    ...steps.map((delta) => JSON.stringify({ type: 'text-delta', id: 'text', delta })),
    JSON.stringify({ type: 'text-end', id: 'text' }),
    ...passages.map(({ path, heading }, index) =>
      JSON.stringify({
        type: 'source-url',
        sourceId: `source-${index + 1}`,
        url: `/${path}`,
        title: heading,
      }),
    ),
    JSON.stringify({ type: 'finish-step' }),
    JSON.stringify({ type: 'finish' }),
    '[DONE]',
  ];
}

function answerText(passages: readonly Passage[]): string {
  if (passages.length === 0) return 'I found nothing about this in the docs that you may read.';
  const parts = passages.map(({ heading, path, text }) => `**[${heading}](/${path})**\n\n${shorten(text)}`);
  return ['This is what the docs say.', ...parts].join('\n\n').trim();
}

function shorten(text: string): string {
  if (text.length <= MAX_PASSAGE_CHARACTERS) return text;
  return `${text.slice(0, MAX_PASSAGE_CHARACTERS).replace(/\s+\S*$/, '')} …`;
}
