import { escapeControls } from '../../../mintlify-personalization/src/user/escape-controls.js';
import type { Schema } from '../check-docs/json-shape.js';

const MAX_LINE = 100;

/** A union of types, each once. `any` takes in all others. */
export function unionOf(types: readonly string[]): string {
  const all = [...new Set(types)];
  if (all.includes('any')) return 'any';
  return all.length === 0 ? 'never' : all.join(' | ');
}

/** A name as TypeScript writes it before a colon. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** The comment above a property, from its `description` and `deprecated`; empty if it has neither. */
export function docComment({ description, deprecated }: Schema, indent: string): string {
  const text = typeof description === 'string' ? description : '';
  const lines = [
    ...text
      .split(/\r?\n/)
      .map((line) => escapeControls(line.trim()).replaceAll('*/', '*\\/'))
      .filter(Boolean),
    ...(deprecated === true ? ['@deprecated'] : []),
  ];
  if (lines.length === 0) return '';
  const [first = ''] = lines;
  if (lines.length === 1 && first.length < MAX_LINE) return `${indent}/** ${first} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`;
}
