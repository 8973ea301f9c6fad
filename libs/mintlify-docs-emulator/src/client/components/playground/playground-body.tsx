import { useId } from 'react';
import type { Operation } from '../../../shared/operation-types.js';
import type { ChosenFile } from '../../../shared/request-body.js';
import { playgroundStore } from '../../playground-store.js';
import type { BodyValue } from './body-value.js';
import { FileInput } from './file-input.js';
import { ResetButton } from './reset-button.js';

/** Props of the body. */
export interface PlaygroundBodyProps {
  operation: Operation;
  body: BodyValue | undefined;
  files: readonly ChosenFile[];
  onChooseFiles: (field: string, files: readonly ChosenFile[]) => void;
}

/**
 * The body of the request: a text, files, or a form with both.
 *
 * @example
 * <PlaygroundBody operation={operation} body={bodyOf(operation, typed, find)} files={files} onChooseFiles={chooseFiles} />
 */
export function PlaygroundBody({ operation, body, files, onChooseFiles }: PlaygroundBodyProps) {
  const id = useId();
  if (!body) return null;
  const types = operation.requestBody?.bodies.map(({ mediaType }) => mediaType) ?? [];
  return (
    <div className="playground-field" data-testid="playground-request-body">
      <div className="playground-label">
        {body.hasText ? <label htmlFor={id}>Body</label> : <span className="playground-title">Body</span>}
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
      {body.files.map((field) => (
        <FileInput
          key={field.name}
          field={field}
          chosen={files.filter((each) => each.field === field.name)}
          others={files.filter((each) => each.field !== field.name)}
          onChoose={(chosen) => onChooseFiles(field.name, chosen)}
        />
      ))}
      {body.hasText && <BodyText id={id} body={body} />}
    </div>
  );
}

function BodyText({ id, body }: { id: string; body: BodyValue }) {
  return (
    <>
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
    </>
  );
}
