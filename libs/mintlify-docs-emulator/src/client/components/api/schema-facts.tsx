import type { OperationSchema } from '../../../shared/operation-types.js';
import { textOf } from '../../api/schema-sampler.js';

const LIMITS: readonly [string, string][] = [
  ['minimum', '≥'],
  ['exclusiveMinimum', '>'],
  ['maximum', '≤'],
  ['exclusiveMaximum', '<'],
  ['multipleOf', 'multiple of'],
  ['minLength', 'min length'],
  ['maxLength', 'max length'],
  ['minItems', 'min items'],
  ['maxItems', 'max items'],
  ['pattern', 'pattern'],
];
const MAX_VALUES = 60;

/**
 * What a schema says about its values: limits, the values to choose from, and an example.
 *
 * @example
 * <SchemaFacts schema={{ minimum: 1, enum: [1, 2] }} />
 */
export function SchemaFacts({ schema }: { schema: OperationSchema }) {
  const limits = LIMITS.flatMap(([key, label]) => {
    const value = schema[key];
    return typeof value === 'number' || typeof value === 'string' ? [`${label} ${value}`] : [];
  });
  const { enum: values, const: single, examples, example } = schema;
  const choices: unknown[] = Array.isArray(values) ? values : single === undefined ? [] : [single];
  const shown: unknown = example ?? (Array.isArray(examples) ? examples[0] : undefined);
  return (
    <>
      {limits.length > 0 && <p className="schema-facts">{limits.join(', ')}</p>}
      {choices.length > 0 && (
        <p className="schema-facts">
          Available options:{' '}
          {choices.slice(0, MAX_VALUES).map((value) => (
            <code key={textOf(value)}>{value === '' ? '""' : textOf(value)}</code>
          ))}
          {choices.length > MAX_VALUES && ` and ${choices.length - MAX_VALUES} more`}
        </p>
      )}
      {shown !== undefined && (
        <p className="schema-facts">
          Example: <code>{textOf(shown).slice(0, 500)}</code>
        </p>
      )}
    </>
  );
}
