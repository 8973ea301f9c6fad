import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import ts from 'typescript';
import { ERROR_RESPONSES } from '../../../libs/mintlify-personalization/src/http/error-responses.js';
import { readPages } from '../../support/manual.support.js';

const LIBRARY = 'libs/mintlify-personalization/src';
const textOf = (name: string): string => readPages().find((page) => page.name === name)?.text ?? '';

/** The texts of a union type, as its file has them. */
function readUnion(file: string, name: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const found = source.statements.filter(ts.isTypeAliasDeclaration).find((type) => type.name.text === name);
  if (found === undefined || !ts.isUnionTypeNode(found.type))
    throw new Error(`${name} is no union in ${file}.`);
  return found.type.types.flatMap((type) =>
    ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [],
  );
}

/** The names of an interface's members. */
function readMembers(file: string, name: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const found = source.statements.filter(ts.isInterfaceDeclaration).find((type) => type.name.text === name);
  if (found === undefined) throw new Error(`There is no ${name} in ${file}.`);
  return found.members.flatMap((member) =>
    member.name && ts.isIdentifier(member.name) ? [member.name.text] : [],
  );
}

/** What stands in the first column of the tables below a heading. */
function readColumn(text: string, heading: string): string[] {
  const [, rest = ''] = text.split(`\n## ${heading}\n`);
  const [section = ''] = rest.split('\n## ');
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name);
}

it('every error code has its meaning and its fix in the manual, and none that is not', () => {
  const explained = [...textOf('troubleshooting').matchAll(/^### `(\w+)`\n\n\S.*\n\n\S/gm)].map(
    ([, code = '']) => code,
  );
  expect(explained.toSorted()).toEqual(readUnion(`${LIBRARY}/errors.ts`, 'MintlifyErrorCode').toSorted());
});

it.each(Object.entries(ERROR_RESPONSES))(
  '%s has the fix of the table of errors in the manual',
  (code, { fix }) => {
    const [, section = ''] = textOf('troubleshooting').split(`\n### \`${code}\`\n`);
    expect(section.split('\n#')[0]).toContain(`\n${fix}`);
  },
);

it('every reason to refuse a redirect is explained', () => {
  const explained = readColumn(textOf('troubleshooting'), 'When a redirect is refused');
  const reasons = readUnion(`${LIBRARY}/redirect/redirect-target.ts`, 'RedirectRefusal');
  expect(explained.toSorted()).toEqual(reasons.toSorted());
});

it('every type of audit event is explained', () => {
  const [, table = ''] = textOf('audit-events').split('\n| type ');
  const [rows = ''] = table.split('\n\n');
  const explained = [...rows.matchAll(/`([a-z_]+\.[a-z_]+)`/g)].map(([, type = '']) => type);
  expect(explained.toSorted()).toEqual(
    readUnion(`${LIBRARY}/ports/audit-sink.ts`, 'AuditEventType').toSorted(),
  );
});

it.each([
  ['Docs site options', 'ports/docs-site-options.ts', 'DocsSiteOptions'],
  ['App options', 'options/mintlify-personalization-options.ts', 'MintlifyPersonalizationConfiguration'],
])('the manual has all of the %s', (heading, file, type) => {
  const documented = readColumn(textOf('options'), heading);
  expect(documented.toSorted()).toEqual(readMembers(`${LIBRARY}/${file}`, type).toSorted());
});

it('every static option is in the manual', () => {
  const file = `${LIBRARY}/options/mintlify-personalization-options.ts`;
  const documented = readColumn(textOf('options'), 'Static options').map((name) => name.split('.')[0] ?? '');
  const members = readMembers(file, 'MintlifyPersonalizationComposition');
  expect([...new Set(documented)].toSorted()).toEqual(members.toSorted());
});

it('every limit of userLimits is in the manual', () => {
  const documented = readColumn(textOf('user-format'), 'Limits');
  const limits = readMembers(`${LIBRARY}/options/user-limits.ts`, 'UserLimits');
  expect(documented.toSorted()).toEqual(limits.toSorted());
});

it('every command is in the manual', () => {
  const sources = readdirSync('libs', { recursive: true, encoding: 'utf8' })
    .filter((file) => /^[^/\\]+[/\\]src[/\\].+command\.ts$/.test(file))
    .map((file) => readFileSync(join('libs', file), 'utf8'));
  const commands = sources.flatMap((source) =>
    [...source.matchAll(/new Command\('([\w-]+)'\)/g)].map(([, name = '']) => name),
  );
  expect(commands.length).toBeGreaterThan(0);
  expect(readColumn(textOf('command-line'), 'Commands').toSorted()).toEqual(commands.toSorted());
});

it.each(['introduction', 'quickstart', 'claim-mappers'])(
  '%s greets the visitor, and the anonymous too',
  (name) => {
    expect(textOf(name)).toMatch(/\{user\.firstName \?\?/);
  },
);
