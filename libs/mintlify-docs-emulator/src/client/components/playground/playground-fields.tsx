import { useId, useState } from 'react';
import type { Operation } from '../../../shared/operation-types.js';
import { inputFor, inputText } from '../../../shared/playground-fields.js';
import { isRecord } from '../../../shared/type-guards.js';
import type { Visitor } from '../../../shared/visitor-types.js';
import { playgroundStore } from '../../playground-store.js';
import { ResetButton } from './reset-button.js';
import type { ShownField } from './use-playground.js';

/** Props of the fields. */
export interface PlaygroundFieldsProps {
  operation: Operation;
  fields: readonly ShownField[];
  visitor?: Visitor;
}

/**
 * The fields of a request, each with where its value comes from.
 *
 * @example
 * <PlaygroundFields operation={operation} fields={fields} visitor={visitor} />
 */
export function PlaygroundFields({ fields, visitor }: PlaygroundFieldsProps) {
  return fields.map((field) => <Field key={field.key} field={field} visitor={visitor} />);
}

function Field({ field, visitor }: { field: ShownField; visitor: Visitor | undefined }) {
  const id = useId();
  const { name, place, type, required, key, source } = field;
  return (
    <div className="playground-field" data-testid={`field ${place} ${name}`}>
      <div className="playground-label">
        <label htmlFor={id}>{name}</label>
        <span className="playground-type">
          {place === type || place === 'server' ? type : `${place}, ${type}`}
        </span>
        {required && <span className="playground-required">required</span>}
      </div>
      <FieldInput id={id} field={field} />
      <p className="playground-source" id={`${id}-source`} data-source={source}>
        {describeSource(field, visitor)}
        {source === 'typed' && (
          <>
            {' '}
            <ResetButton name={name} keys={[key]} />
          </>
        )}
      </p>
    </div>
  );
}

function FieldInput({ id, field }: { id: string; field: ShownField }) {
  const [isShown, setShown] = useState(false);
  const { key, name, value, enum: values, isSecurity, prefix, place } = field;
  const shared = {
    id,
    'aria-describedby': `${id}-source`,
    'data-field': `${place} ${name}`,
    value,
    onChange: ({ target }: { target: { value: string } }) => playgroundStore.type(key, target.value),
  };
  // A value that is not in the list can be seen, too.
  if (values && (value === '' || values.includes(value))) {
    return (
      <select {...shared}>
        {value === '' && <option value="">not sent</option>}
        {values.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    );
  }
  if (!isSecurity) return <input {...shared} type="text" spellCheck={false} autoComplete="off" />;
  return (
    <div className="playground-secret">
      {prefix !== undefined && <span aria-hidden="true">{prefix.trim()}</span>}
      <input
        {...shared}
        type={isShown ? 'text' : 'password'}
        spellCheck={false}
        // Browsers ignore `off` for passwords, and this is none of the visitor's.
        autoComplete="new-password"
      />
      <button
        type="button"
        className="plain-button"
        aria-pressed={isShown}
        aria-label={`Show ${name}`}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? 'Hide' : 'Show'}
      </button>
    </div>
  );
}

function describeSource(field: ShownField, visitor: Visitor | undefined): string {
  const { source, place, name, isSecurity } = field;
  const inputs = visitor?.apiPlaygroundInputs;
  switch (source) {
    case 'typed': {
      const given = inputFor(field, inputs);
      return given === undefined || given === field.value
        ? 'Typed by you, and kept in this browser.'
        : 'Typed by you, and kept in this browser. Your user data has another value.';
    }
    case 'visitor':
      return `From your user data: apiPlaygroundInputs.${place}.`;
    case 'spec':
      return 'From the spec.';
    case 'none': {
      const given = inputs?.[place];
      if (!isSecurity && isRecord(given) && inputText(given[name]) !== undefined && place !== 'path') {
        return 'Your user data has a value, but Mintlify fills only fields of the security scheme here.';
      }
      if (!isSecurity && place !== 'path' && place !== 'server') return 'Empty: not sent.';
      return visitor ? 'Empty: your user data has no value for it.' : 'Empty: you are not logged in.';
    }
  }
}
