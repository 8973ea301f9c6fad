import { useId } from 'react';
import type { Operation } from '../../../shared/operation-types.js';
import { playgroundStore } from '../../playground-store.js';
import type { TypedValues } from '../../playground-store.js';
import type { BodyValue } from './body-value.js';
import { ResetButton } from './reset-button.js';

/** Props of the body. */
export interface PlaygroundBodyProps {
  operation: Operation;
  typed: TypedValues;
  body: BodyValue | undefined;
}

/**
 * The body of the request, as text.
 *
 * @example
 * <PlaygroundBody operation={operation} typed={typed} body={bodyOf(operation, typed, find)} />
 */
export function PlaygroundBody({ operation, body }: PlaygroundBodyProps) {
  const id = useId();
  if (!body) return null;
  const types = operation.requestBody?.bodies.map(({ mediaType }) => mediaType) ?? [];
  return (
    <div className="playground-field">
      <div className="playground-label">
        <label htmlFor={id}>Body</label>
        {types.length > 1 ? (
          <select
            aria-label="Media type"
            value={body.mediaType}
            onChange={({ target }) => playgroundStore.type(body.typeKey, target.value)}
          >
            {types.map((type) => (
              <option key={type}>{type}</option>
            ))}
          </select>
        ) : (
          <span className="playground-type">{body.mediaType}</span>
        )}
        {operation.requestBody?.required && <span className="playground-required">required</span>}
      </div>
      <textarea
        id={id}
        data-field="body undefined"
        spellCheck={false}
        rows={Math.min(Math.max(body.value.split('\n').length + 1, 4), 16)}
        value={body.value}
        onChange={({ target }) => playgroundStore.type(body.key, target.value)}
      />
      <p className="playground-source" data-source={body.source}>
        {body.source === 'typed' && (
          <>
            Typed by you. <ResetButton name="the body" keys={[body.key]} />
          </>
        )}
        {body.source === 'spec' && 'An example from the spec.'}
        {body.source === 'none' && 'The spec has no example.'}
      </p>
    </div>
  );
}
