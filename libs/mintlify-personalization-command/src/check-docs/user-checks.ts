import type { DocsPage, UserRead } from 'mintlify-docs-emulator/reader';
import { isOpenToAnyone, type CheckContext } from './check-context.js';
import type { RuleFinding } from './check-finding.js';
import { propertyShape, type PropertyShape } from './json-shape.js';
import { nearestName } from '../../../mintlify-docs-emulator/src/shared/nearest-name.js';

/** Files without it need not be parsed. */
const MAY_READ_USER = /\buser\s*(?:\?\.|\.|\[)|=\s*user\b/;

/**
 * What the library itself adds to `content`, so no mapper declares it: while someone views the docs as another person.
 */
const VIEWING_AS: PropertyShape = {
  kind: 'known',
  isOptional: true,
  schemas: [{ type: 'object', properties: { until: { type: 'string' } }, required: ['until'] }],
  others: [],
};

/** Rules about `user.…` in pages and snippets. */
export async function checkUserReads(context: CheckContext): Promise<RuleFinding[]> {
  const { folder } = context;
  const findings: RuleFinding[] = [];
  const files = [
    ...folder.pages.map((page) => Object.assign({}, page, { isOpen: isOpenToAnyone(context, page) })),
    // A snippet may stand on any page.
    ...folder.parts.map(({ file, text }) => ({ file, text, isOpen: context.mode === 'personalization' })),
  ];
  for (const { file, text, isOpen, ...page } of files) {
    findings.push(...frontMatterProblem(file, page));
    if (!MAY_READ_USER.test(text)) continue;
    const { userReads, problem } = await context.syntaxOf({ file, text });
    if (problem !== undefined) {
      findings.push({
        rule: 'page-not-checked',
        file,
        line: problem.line ?? 1,
        message: `This file cannot be parsed, so what it reads of user is not checked: ${problem.message}`,
        fix: 'Correct the MDX: mintlify-docs-emulator --check shows the page.',
      });
    }
    for (const read of userReads) findings.push(...checkRead(context, { file, isOpen, read }));
  }
  return findings;
}

function frontMatterProblem(file: string, { problem }: Partial<Pick<DocsPage, 'problem'>>): RuleFinding[] {
  if (problem === undefined) return [];
  const line = Number(/:(?<line>\d+)/.exec(problem)?.groups?.line ?? 1);
  return [
    {
      rule: 'page-not-checked',
      file,
      line,
      message: `The front matter cannot be read, so its groups are not checked: ${problem}`,
      fix: 'Correct the YAML between the lines of three dashes.',
    },
  ];
}

interface PlacedRead {
  readonly file: string;
  /** Whether someone without a login may see the page: `user` is `{}` then. */
  readonly isOpen: boolean;
  readonly read: UserRead;
}

function checkRead({ visitors }: CheckContext, { file, isOpen, read }: PlacedRead): RuleFinding[] {
  const { steps, hasFallback } = read;
  let schemas = [visitors.content];
  let before: { shape: PropertyShape; mayBeMissing: boolean } | undefined;
  for (const [index, { name, isOptional, line }] of steps.entries()) {
    const shown = ['user', ...steps.slice(0, index + 1).map((step) => step.name)].join('.');
    if (before?.mayBeMissing === true && !isOptional) {
      return [unguarded(file, line, steps, index, before.shape.isOptional && before.shape.kind === 'known')];
    }
    // Below what is not known, nothing is.
    if (before !== undefined && before.shape.kind !== 'known') return [];
    const isOurs = index === 0 && name === 'viewingAs';
    const shape = isOurs ? VIEWING_AS : propertyShape(name, schemas, visitors.content);
    if (shape.kind === 'value') return [];
    if (shape.kind === 'unknown') return [unknownKey(file, line, shown, name, shape)];
    schemas = [...shape.schemas];
    before = { shape, mayBeMissing: shape.isOptional || (index === 0 && isOpen) };
  }
  const isChecked = hasFallback || steps.some(({ isOptional }) => isOptional);
  const last = steps.at(-1);
  if (isChecked || last === undefined || before?.shape.kind !== 'known' || !before.shape.isOptional)
    return [];
  const whole = ['user', ...steps.map(({ name }) => name)].join('.');
  return [
    {
      rule: 'user-without-fallback',
      file,
      line: last.line,
      message: `${whole} is optional, and the page has nothing to show without it.`,
      fix: `Write what to show then: {${whole} ?? '…'}.`,
    },
  ];
}

function unguarded(
  file: string,
  line: number,
  steps: UserRead['steps'],
  index: number,
  isOptionalInSchema: boolean,
): RuleFinding {
  const names = steps.map(({ name }) => name);
  const missing = ['user', ...names.slice(0, index)].join('.');
  const why = isOptionalInSchema
    ? `${missing} is optional`
    : `a visitor who is not logged in has no ${missing}`;
  return {
    rule: 'user-read-unguarded',
    file,
    line,
    message: `The page breaks where ${missing}.${names[index]} is read: ${why}.`,
    fix: `Write ${missing}?.${names[index]}.`,
  };
}

function unknownKey(
  file: string,
  line: number,
  shown: string,
  name: string,
  { others }: PropertyShape,
): RuleFinding {
  const near = nearestName(name, others);
  const parent = shown.slice(0, -name.length);
  return {
    rule: 'user-key-unknown',
    file,
    line,
    message: `No claim mapper gives ${shown}.`,
    fix:
      near === undefined
        ? `Add it to content in a claim mapper and its visitor schema, or use one of: ${others.join(', ') || 'none is given'}.`
        : `Write ${parent}${near}.`,
  };
}
