import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { compilePage } from '../../../libs/mintlify-docs-emulator/src/mdx/page-compiler.js';
import {
  EXCERPT_CHARACTERS,
  excerptOf,
  markHits,
} from '../../../libs/mintlify-docs-emulator/src/search/excerpt.js';
import { readBlocks } from '../../../libs/mintlify-docs-emulator/src/search/page-blocks.js';
import {
  MAX_QUERY_TERMS,
  placedTerms,
  readQuery,
  termsOf,
} from '../../../libs/mintlify-docs-emulator/src/search/query-terms.js';
import { withoutFrontMatter } from '../../../libs/mintlify-docs-emulator/src/site/front-matter-reader.js';
import { propertyRuns } from '../../support/property-runs.support.js';

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 400, size: 'max' }),
  fc
    .array(fc.constantFrom('key', 'Keys', 'rotate', 'é', 'e\u0301', '東京', '…', 'ﬁ', '-', ' ', '\n'), {
      maxLength: 200,
      size: 'max',
    })
    .map((parts) => parts.join(' ')),
);
const textOf = (source: string) =>
  readBlocks(source).map((block) =>
    block.kind === 'snippet'
      ? `<${block.source}>`
      : block.kind === 'heading'
        ? `# ${block.title} {#${block.id}}`
        : block.text,
  );

describe('the terms of a query', () => {
  it('are the same in any case, and with or without accents', () => {
    expect(readQuery('  Rotate the KEY, the clé ')).toEqual(['rotate', 'the', 'key', 'cle']);
    expect(readQuery('東京 API')).toEqual(['東', '京', 'api']);
    expect(readQuery(' "*?! ')).toEqual([]);
  });

  it('are few, and terms of the text that was typed', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const words = readQuery(text);
        assert.ok(words.length <= MAX_QUERY_TERMS);
        assert.equal(new Set(words).size, words.length);
        // Neither marks nor accents nor capitals.
        for (const word of words) {
          assert.match(word, /^[\p{L}\p{N}]+$/u);
          assert.equal(word, word.toLowerCase());
        }
      }),
      propertyRuns(500),
    );
    expect.assertions(1);
    expect(readQuery('a'.repeat(10_000))).toEqual([]);
  });

  it('are found with their places as without', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const placed = placedTerms(text);
        assert.deepEqual(
          placed.map(({ word }) => word),
          termsOf(text),
        );
        for (const [index, { start, end }] of placed.entries()) {
          assert.ok(start < end && end <= text.length);
          assert.ok(start >= (placed[index - 1]?.end ?? 0));
        }
      }),
      propertyRuns(500),
    );
    expect(placedTerms('A token')).toHaveLength(2);
  });
});

describe('an excerpt', () => {
  it('is a part of the text, with the hits marked and nothing else', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 30 }), (text, pick) => {
        const words = termsOf(text);
        // Some of the terms, so that there are others around.
        const hits = new Set(words.filter((_, index) => index % (pick + 1) === 0));
        const parts = excerptOf(text, hits);
        if (hits.size === 0) {
          assert.deepEqual(parts, []);
          return;
        }
        assert.ok(parts.some(({ isHit }) => isHit));
        const shown = parts.filter(({ text: each }) => each !== '… ' && each !== ' …');
        const whole = shown.map((part) => part.text).join('');
        assert.ok(text.includes(whole) || parts.length !== shown.length);
        assert.ok(whole.length <= EXCERPT_CHARACTERS + 60);
        for (const { text: part, isHit } of parts) {
          assert.ok(part !== '');
          if (isHit) assert.ok(hits.has(termsOf(part)[0] ?? ''));
          assert.ok(part.isWellFormed() || !text.isWellFormed());
        }
      }),
      propertyRuns(1000),
    );
    expect(excerptOf('Keep the key secret.', new Set(['key']))).toEqual([
      { text: 'Keep the ', isHit: false },
      { text: 'key', isHit: true },
      { text: ' secret.', isHit: false },
    ]);
  });

  it('shows the place where most of the terms stand together', () => {
    const text = `A key. ${'Other text. '.repeat(40)}Rotate the key here. ${'More text. '.repeat(40)}`;
    const shown = excerptOf(text, new Set(['key', 'rotate']));
    expect(shown.map((part) => part.text).join('')).toContain('Rotate the key here.');
    expect(shown.at(0)?.text).toBe('… ');
    expect(shown.at(-1)?.text).toBe(' …');
  });

  it('marks a whole title without changing it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const parts = markHits(text, new Set(termsOf(text).slice(0, 3)));
        assert.equal(parts.map((part) => part.text).join(''), text);
      }),
      propertyRuns(500),
    );
    expect(markHits('Rotate keys', new Set(['keys'])).at(-1)).toEqual({ text: 'keys', isHit: true });
  });
});

describe('the text of a page', () => {
  it('has headings with the ids of the page, and no JavaScript', () => {
    const source = `import Part from '/snippets/part.mdx'
import { x } from '/snippets/x.jsx'

export const secret = () => {

  return 'hidden in code';
};

Some **bold** [link](https://foo.test/a_(b)) and \`code span\` &amp; <kbd>K</kbd>{' '}more.

## What's *new*? {#news}

{user.groups?.includes('admin') && <Note>Don't show this</Note>}

{/* a comment */}

<Note title="A note">
  In the note
</Note>

<Visibility for="agents">
For agents

</Visibility>

<Visibility for="humans">For people</Visibility>

### Setup
| a | b |
| - | - |
| one | two |

\`\`\`ts app.ts
const token = '{x}';
# no heading
\`\`\`

<h3 id="own">Own</h3>

## Setup

<Part />
`;
    expect(textOf(source)).toEqual([
      'Some bold link and code span & K more.',
      "# What's new? {#news}",
      'A note In the note For people',
      '# Setup {#setup}',
      "a b one two const token = '{x}'; # no heading",
      '# Own {#own}',
      '# Setup {#setup-2}',
      '</snippets/part.mdx>',
    ]);
  });

  it('has the headings that the compiler has, on the pages of the manual and the samples', async () => {
    const pages = [
      'docs/quickstart.mdx',
      'docs/tenants.mdx',
      'docs/troubleshooting.mdx',
      'docs/reference/index.mdx',
      'test/sites/plant-api/quickstart.mdx',
      'test/sites/plant-api/api/create-plant.mdx',
      'test/sites/handbook/laptop.mdx',
      'libs/mintlify-docs-emulator/sample/quickstart.mdx',
    ];
    for (const page of pages) {
      const source = readFileSync(join(import.meta.dirname, '../../..', page), 'utf8');
      const { code } = await compilePage(source, page);
      const compiled = Array.from(
        code.matchAll(/_jsxs?\(_components\.h[1-6], \{\s*id: "(?<id>[^"]*)"/g),
        ({ groups }) => groups?.['id'],
      );
      const read = readBlocks(withoutFrontMatter(source)).flatMap((block) =>
        block.kind === 'heading' ? [block.id] : [],
      );
      expect({ page, ids: read }).toEqual({ page, ids: compiled });
    }
  });

  it('is read from any text, in which braces and tags do not match', () => {
    const parts = fc.constantFrom(
      '{', '}', '<', '>', '</', '/>', '`', '```', '\n', '\n\n', '# ', '<Note', '</Note>', '"', "'", '${', '/*', '//', 'a', ' ', '](', ')', '[', '|', 'import ', 'export ', '<!--', '\\', '&', '{#',
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60, size: 'max' }), (pieces) => {
        const source = pieces.join('');
        const read = readBlocks(source).flatMap((block) => (block.kind === 'text' ? [block.text] : []));
        assert.ok(read.join('').length <= source.length + 10);
      }),
      propertyRuns(1000),
    );
    expect(textOf('{ never closed')).toEqual([]);
  });
});
