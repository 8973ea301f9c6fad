import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it, expect } from '@jest/globals';
import * as fc from 'fast-check';
import { readPageSyntax } from 'mintlify-docs-emulator/reader';
import { nearestName } from '../../../../libs/mintlify-docs-emulator/src/shared/nearest-name.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

/** Fewer than of a function alone: each parses a page. */
const RUNS = { numRuns: 100 };

/** Blocks of a page that read nothing, each with its number of lines. */
const block = fc.constantFrom(
  'Some text.',
  '## A heading {#own-id}',
  '- one\n- two',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  '```js\nuser.code.block\n```',
  '<Note>\n\nInside `{user.code}`\n\n</Note>',
  '$$\na_{b}\n$$',
  '{/* user.comment */}',
  'Price: $5, {1 + 1}',
  'export const plus = (one) => one + 1;',
);
const step = fc.record({
  name: fc.constantFrom('plan', 'org', 'firstName', '$', '_a1', 'größe'),
  isOptional: fc.boolean(),
});
const chain = fc.array(step, { minLength: 1, maxLength: 4 });
const written = (steps: readonly { name: string; isOptional: boolean }[]): string =>
  steps.map(({ name, isOptional }) => (isOptional ? '?.' : '.') + name).join('');
/** How a read stands in a page. */
const frame = fc.constantFrom(
  (read: string) => `{${read}}`,
  (read: string) => `Hello {${read}}, **bold {${read}}**`,
  (read: string) => `<Card title={${read}}>text</Card>`,
  (read: string) => `| a |\n| - |\n| {${read}} |`,
  (read: string) => `- item\n  - {\`x \${${read}}\`}`,
  (read: string) => `{[1].map((each) => <b key={each}>{${read}}</b>)}`,
);

describe('The reader of pages', () => {
  it('finds each read of user, with its steps and its line', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(block, { maxLength: 4 }),
        chain,
        frame,
        fc.array(block, { maxLength: 3 }),
        fc.boolean(),
        async (before, steps, put, after, hasFrontMatter) => {
          const read = `user${written(steps)}`;
          const head = hasFrontMatter ? ['---\ntitle: user.title\n---'] : [];
          const text = [...head, ...before, put(read), ...after].join('\n\n');
          const { userReads, problem } = await readPageSyntax(text, 'page.mdx');
          equal(problem, undefined, text);
          const lines = text.split('\n');
          const at = lines.flatMap((line, index) =>
            line
              .split(read)
              .slice(1)
              .map(() => index + 1),
          );
          deepEqual(
            userReads.map((each) => `user${written(each.steps)}`),
            at.map(() => read),
            text,
          );
          deepEqual(
            userReads.map((each) => each.steps[0]?.line),
            at,
            text,
          );
        },
      ),
      RUNS,
    );
  });

  it('follows a constant to the same read', async () => {
    await fc.assert(
      fc.asyncProperty(chain, chain, fc.boolean(), async (first, rest, isPattern) => {
        const [last, ...reversed] = first.toReversed();
        const held = isPattern
          ? `const { ${last?.name}: part } = user${written(reversed.toReversed())};`
          : `const part = user${written(first)};`;
        const text = `export const Part = () => { ${held} return <b>{part${written(rest)}}</b>; };`;
        const { userReads, problem } = await readPageSyntax(text, 'page.mdx');
        equal(problem, undefined, text);
        const names = userReads.at(-1)?.steps.map(({ name }) => name);
        deepEqual(
          names,
          [...first, ...rest].map(({ name }) => name),
          text,
        );
      }),
      RUNS,
    );
  });

  it('never throws, and says where the problem is or what it found', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '<',
        '>',
        '</',
        '/>',
        '```',
        '---\n',
        '\n',
        '\n\n',
        '${',
        '`',
        '{{a}}',
        '{/*',
        '*/}',
      ),
      fc.constantFrom(
        'user',
        '.plan',
        '?.',
        '[',
        ']',
        'const ',
        'export ',
        'import ',
        ' = ',
        '=> ',
        '(',
        ')',
        '"',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
      block,
    );
    const file = fc.constantFrom('a.mdx', 'a.md', 'a.jsx', 'a.tsx', 'a.js', 'a.ts');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), file, async (pieces, name) => {
        const { userReads, problem } = await readPageSyntax(pieces.join(''), name, { a: 'x{y' });
        ok(problem === undefined || userReads.length === 0);
        ok(userReads.every(({ steps }) => steps.every(({ line }) => line >= 1)));
      }),
      RUNS,
    );
  });
});

describe('The nearest name', () => {
  const name = fc.oneof(fc.stringMatching(/^[A-Za-z][A-Za-z_ -]{0,11}$/), fc.string({ maxLength: 120 }));

  it('is the same in both directions', () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        equal(nearestName(one, [other]) === undefined, nearestName(other, [one]) === undefined);
      }),
      propertyRuns(500),
    );
  });

  it('is one of the names, or none', () => {
    fc.assert(
      fc.property(name, fc.array(name, { maxLength: 5 }), (one, others) => {
        const near = nearestName(one, others);
        ok(near === undefined || others.includes(near));
        if (others.includes(one)) ok(near !== undefined);
      }),
      propertyRuns(500),
    );
  });

  it('has no more than a third of other letters', () => {
    const letters = fc.stringMatching(/^[a-m]{1,12}$/);
    fc.assert(
      fc.property(letters, fc.stringMatching(/^[n-r]{1,12}$/), (one, strange) => {
        equal(nearestName(one, [strange]), undefined);
        equal(nearestName(one, [one + strange.repeat(one.length)]), undefined);
        const typo = `${one.slice(0, -1)}z`;
        equal(nearestName(one, [typo]), one.length >= 3 ? typo : undefined);
      }),
      propertyRuns(500),
    );
  });

  it.each([
    ['admins', 'admin'],
    ['X_API key', 'x-api-key'],
    ['amdin', 'admin'],
    ['FirstName', 'firstName'],
  ])('of %s is %s', (written, meant) => {
    expect(nearestName(written, ['viewer', meant, 'port'])).toBe(meant);
  });
});
