import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NO_ONE } from '../shared/group-rules.js';
import type { GroupRule } from '../shared/group-rules.js';
import { locateFile } from './file-locator.js';
import { readFrontMatter } from './front-matter-reader.js';
import type { FrontMatter } from './front-matter-reader.js';
import { SiteError } from './site-error.js';
import type { SiteWarning } from './site-warning.js';

/** A skill of the docs: a file that says what an AI agent can do with the product. */
export interface Skill {
  /** The name in URLs, such as `payments`. */
  name: string;
  description: string;
  /** Path inside the docs folder, such as `.mintlify/skills/payments/SKILL.md`. */
  file: string;
  text: string;
  /** `sha256:` and the hash of the text, in hexadecimal. */
  digest: string;
  /** From `groups`: who gets it. Absent: everyone. */
  rule?: GroupRule;
  warnings: SiteWarning[];
}

const FOLDER = ['.mintlify', 'skills'];
const FILE_NAMES = ['skill.md', 'SKILL.md'];
const MAX_SKILLS = 200;
const MAX_SKILL_BYTES = 1_000_000;
const MAX_DESCRIPTION_CHARACTERS = 1024;

/**
 * Reads the skills of a docs folder: `skill.md` at its root, and `.mintlify/skills/NAME/SKILL.md`. Links that lead
 * outside the folder are not followed.
 *
 * @example
 * const [skill] = await readSkills('/srv/docs');
 */
export async function readSkills(directory: string): Promise<Skill[]> {
  const names = await readdir(join(directory, ...FOLDER)).catch(() => []);
  const folders = names.filter((name) => !name.startsWith('.')).toSorted();
  const places = [[], ...folders.slice(0, MAX_SKILLS).map((name) => FOLDER.concat(name))];
  const skills: Skill[] = [];
  for (const parts of places) {
    const skill = await readSkill(directory, parts);
    if (skill) skills.push(skill);
  }
  return skills;
}

async function readSkill(directory: string, parts: readonly string[]): Promise<Skill | undefined> {
  for (const fileName of FILE_NAMES) {
    const file = await locateFile(directory, [...parts, fileName]);
    if (!file) continue;
    const { size } = await stat(file.absolutePath);
    return describeSkill(
      size > MAX_SKILL_BYTES ? '' : await readFile(file.absolutePath, 'utf8'),
      file.relativePath,
      size > MAX_SKILL_BYTES,
    );
  }
  return undefined;
}

function describeSkill(text: string, file: string, isTooLong: boolean): Skill {
  const { rule, warnings, ...written } = isTooLong
    ? { rule: { ...NO_ONE }, warnings: [`is over ${MAX_SKILL_BYTES} bytes, so no one gets this skill.`] }
    : readRules(text, file);
  return {
    name: slug(written.name ?? '') || slug(file.split('/').at(-2) ?? '') || 'skill',
    description: (written.description ?? '').slice(0, MAX_DESCRIPTION_CHARACTERS),
    file,
    text,
    digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
    ...(rule && { rule }),
    warnings: warnings.map((message) => ({ file, line: 1, message })),
  };
}

function readRules(text: string, file: string): FrontMatter & { warnings: string[] } {
  try {
    const { warnings = [], ...rest } = readFrontMatter(text, file);
    return {
      ...rest,
      warnings: warnings.map((message) => message.replace('sees this page', 'gets this skill')),
    };
  } catch (error) {
    const reason = error instanceof SiteError ? error.reason : String(error);
    return { rule: { ...NO_ONE }, warnings: [`${reason} So no one gets this skill.`] };
  }
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .slice(0, 100)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
