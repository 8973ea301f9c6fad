import { passesRule } from '../shared/group-rules.js';
import type { Visitor } from '../shared/visitor-types.js';
import type { Skill } from '../site/skill-reader.js';
import type { EmulatorContext } from './emulator-context.js';
import { jsonReply } from './reply.js';
import type { Reply } from './reply.js';

const ROOT = '/skill.md';
const INDEX = '/.well-known/skills/index.json';
const DISCOVERY = '/.well-known/agent-skills/index.json';
const SKILL = /^\/\.well-known\/(?:agent-)?skills\/(?<name>[^/]+)\/skill\.md$/i;
const DISCOVERY_SCHEMA = 'https://schemas.agentskills.io/discovery/0.2.0/schema.json';

/**
 * Answers the skills of the docs: `/skill.md`, their two indexes below `/.well-known`, and each skill there. A skill with
 * `groups` is in none of them for a visitor who does not pass.
 *
 * @param path inside the docs.
 * @param visitor absent if anonymous, or known only to the browser.
 * @returns `undefined` for any other path, and for a skill that the visitor does not get.
 * @example
 * await answerSkill(context, '/skill.md', undefined);
 */
export async function answerSkill(
  { sites, basePath }: Pick<EmulatorContext, 'sites' | 'basePath'>,
  path: string,
  visitor: Visitor | undefined,
): Promise<Reply | undefined> {
  const name = SKILL.exec(path)?.groups?.name;
  if (name === undefined && ![ROOT, INDEX, DISCOVERY].includes(path)) return undefined;
  const { skills } = await sites.read();
  const seen = skills.filter(({ rule }) => passesRule(rule, visitor && (visitor.groups ?? [])));
  if (name !== undefined) return replyOf(seen.find((skill) => skill.name === name));
  if (path === ROOT) {
    const own = seen.find(({ file }) => !file.includes('/'));
    return replyOf(own ?? (seen.length === 1 ? seen[0] : undefined)) ?? toIndex(seen, basePath);
  }
  return jsonReply(200, path === INDEX ? indexOf(seen) : discoveryOf(seen, basePath));
}

function indexOf(skills: readonly Skill[]) {
  return { skills: skills.map(({ name, description }) => ({ name, description, files: ['SKILL.md'] })) };
}

function discoveryOf(skills: readonly Skill[], basePath: string) {
  return {
    $schema: DISCOVERY_SCHEMA,
    skills: skills.map(({ name, description, digest }) => ({
      name,
      type: 'skill-md',
      description,
      url: `${basePath}/.well-known/agent-skills/${name}/SKILL.md`,
      digest,
    })),
  };
}

function replyOf(skill: Skill | undefined): Reply | undefined {
  return skill && { status: 200, type: 'text/markdown; charset=utf-8', body: skill.text };
}

/** Several skills have no first one. */
function toIndex(skills: readonly Skill[], basePath: string): Reply | undefined {
  if (skills.length < 2) return undefined;
  return { ...jsonReply(307, indexOf(skills)), headers: { location: basePath + INDEX } };
}
