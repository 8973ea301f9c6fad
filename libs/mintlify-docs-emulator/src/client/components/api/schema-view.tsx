import { Property } from '@mintlify/components';
import { useEffect, useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { OperationSchema } from '../../../shared/operation-types.js';
import { isRecord } from '../../../shared/type-guards.js';
import { modelOf, typeLabel } from '../../api/schema-model.js';
import type { SchemaModel } from '../../api/schema-model.js';
import type { SampleUse } from '../../api/schema-sampler.js';
import { MarkdownText } from './markdown-text.js';
import { SchemaFacts } from './schema-facts.js';
import { useSchemas } from './schema-context.js';

/** Props of a schema. */
export interface SchemaViewProps {
  schema: OperationSchema;
  /** Requests leave out what is read only, responses what is write only. */
  use: SampleUse;
}

/**
 * A schema: its variants, and its properties. What is inside a property is shown when a visitor opens it, so that
 * schemas may lead back to themselves.
 *
 * @example
 * <SchemaView schema={body.schema} use="request" />
 */
export function SchemaView({ schema, use }: SchemaViewProps) {
  const { find, load } = useSchemas();
  const model = modelOf(schema, find);
  const { missing } = model;
  useEffect(() => {
    if (missing !== undefined) void load(missing);
  }, [missing, load]);
  if (missing !== undefined) return <p className="schema-facts">Loading {typeLabel(schema, find)} …</p>;
  const { items, additionalProperties } = model.schema;
  return (
    <>
      {model.properties.map(([name, property]) => (
        <PropertyView
          key={name}
          name={name}
          schema={property}
          use={use}
          isRequired={model.required.has(name)}
        />
      ))}
      {model.variants.length > 0 && <SchemaVariants variants={model.variants} use={use} />}
      {isRecord(items) && hasInside(items, find) && <SchemaView schema={items} use={use} />}
      {isRecord(additionalProperties) && Object.keys(additionalProperties).length > 0 && (
        <PropertyView name="{key}" schema={additionalProperties} use={use} isRequired={false} />
      )}
    </>
  );
}

/** Props of a property. */
export interface PropertyViewProps extends SchemaViewProps {
  name: string;
  isRequired: boolean;
  isDeprecated?: boolean;
  /** Markdown. Default: that of the schema. */
  description?: string;
  /** Where a parameter goes, such as `query`. */
  location?: string;
  /** In place of that of the schema. */
  example?: unknown;
}

/**
 * A property or a parameter, with what is inside it when a visitor opens it.
 *
 * @example
 * <PropertyView name="id" schema={{ type: 'integer' }} use="response" isRequired />
 */
export function PropertyView({
  name,
  schema,
  use,
  isRequired,
  isDeprecated = false,
  description,
  location,
  example,
}: PropertyViewProps) {
  const { find } = useSchemas();
  const model = modelOf(schema, find);
  const { schema: own } = model;
  if (own[use === 'request' ? 'readOnly' : 'writeOnly'] === true) return null;
  const { pre, post } = pillsOf(own);
  const text = description ?? (typeof own.description === 'string' ? own.description : undefined);
  return (
    <Property
      name={name}
      type={typeLabel(schema, find)}
      location={location}
      required={isRequired}
      deprecated={isDeprecated || own.deprecated === true}
      default={own.default}
      pre={pre}
      post={post}
    >
      <MarkdownText text={text} />
      <SchemaFacts schema={{ ...own, ...(example !== undefined && { example }) }} />
      {hasInside(schema, find) && (
        <Disclosure title={insideTitle(model)}>
          <SchemaView schema={schema} use={use} />
        </Disclosure>
      )}
    </Property>
  );
}

function SchemaVariants({ variants, use }: { variants: OperationSchema[]; use: SampleUse }) {
  const { find } = useSchemas();
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const shown = variants[Math.min(chosen, variants.length - 1)];
  if (!shown) return null;
  const { description } = modelOf(shown, find).schema;
  const content = (
    <>
      <MarkdownText text={typeof description === 'string' ? description : undefined} />
      {hasInside(shown, find) ? (
        <SchemaView schema={shown} use={use} />
      ) : (
        <>
          <p className="schema-facts">
            <code>{typeLabel(shown, find)}</code>
          </p>
          <SchemaFacts schema={modelOf(shown, find).schema} />
        </>
      )}
    </>
  );
  if (variants.length === 1) return content;
  return (
    <div className="schema-variants">
      <div className="variant-choices" role="group" aria-label="Variants">
        {variants.map((variant, index) => (
          <button
            // oxlint-disable-next-line react/no-array-index-key -- variants have no other key, and keep their order.
            key={index}
            type="button"
            aria-pressed={index === chosen}
            aria-controls={id}
            onClick={() => setChosen(index)}
          >
            {modelOf(variant, find).name ?? typeLabel(variant, find, 1)}
          </button>
        ))}
      </div>
      <div id={id}>{content}</div>
    </div>
  );
}

function Disclosure({ title, children }: { title: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="schema-inside" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{isOpen ? title.replace('Show', 'Hide') : title}</summary>
      {isOpen && <div className="schema-inside-content">{children}</div>}
    </details>
  );
}

function insideTitle({ variants, properties }: SchemaModel): string {
  return variants.length > 1 && properties.length === 0 ? 'Show variants' : 'Show child attributes';
}

function hasInside(schema: unknown, find: (ref: string) => OperationSchema | undefined, depth = 0): boolean {
  if (depth > 4) return false;
  const { properties, variants, missing, schema: own } = modelOf(schema, find);
  if (properties.length > 0 || missing !== undefined) return true;
  if (variants.length > 1) return true;
  if (variants.some((variant) => hasInside(variant, find, depth + 1))) return true;
  const { items, additionalProperties } = own;
  if (isRecord(additionalProperties) && Object.keys(additionalProperties).length > 0) return true;
  return isRecord(items) && hasInside(items, find, depth + 1);
}

function pillsOf(schema: OperationSchema): { pre: string[]; post: string[] } {
  const xMint = isRecord(schema['x-mint']) ? schema['x-mint'] : {};
  const listOf = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  const marks = [
    ...(schema.readOnly === true ? ['read-only'] : []),
    ...(schema.writeOnly === true ? ['write-only'] : []),
  ];
  return { pre: listOf(xMint.pre), post: [...marks, ...listOf(xMint.post)] };
}
