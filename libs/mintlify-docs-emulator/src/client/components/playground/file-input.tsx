import { useId, useState } from 'react';
import { base64Size, byteSize } from '../../../shared/byte-size.js';
import { MAX_FILE_BYTES } from '../../../shared/request-body.js';
import type { ChosenFile } from '../../../shared/request-body.js';
import type { FileField } from '../../api/file-fields.js';

/** Props of a file. */
export interface FileInputProps {
  field: FileField;
  chosen: readonly ChosenFile[];
  /** Of the other fields. */
  others: readonly ChosenFile[];
  onChoose: (files: readonly ChosenFile[]) => void;
}

/**
 * Chooses the files of a field. They are read at once, and sent as they were then.
 *
 * @example
 * <FileInput field={field} chosen={files} others={[]} onChoose={setFiles} />
 */
export function FileInput({ field, chosen, others, onChoose }: FileInputProps) {
  const id = useId();
  const [problem, setProblem] = useState<string>();

  async function choose(files: readonly File[]): Promise<void> {
    setProblem(undefined);
    const taken = others.reduce((sum, { base64 }) => sum + base64Size(base64), 0);
    if (files.reduce((sum, { size }) => sum + size, taken) > MAX_FILE_BYTES) {
      onChoose([]);
      setProblem(`The playground sends ${byteSize(MAX_FILE_BYTES)} of files. Choose smaller ones.`);
      return;
    }
    try {
      onChoose(await Promise.all(files.map((file) => readFile(field.name, file))));
    } catch {
      onChoose([]);
      setProblem('The browser could not read the file. Choose it again.');
    }
  }

  return (
    <div className="playground-file" data-testid={`file ${field.name}`}>
      <div className="playground-label">
        <label htmlFor={id}>{field.name || 'File'}</label>
        <span className="playground-type">{field.isList ? 'files' : 'file'}</span>
        {field.required && <span className="playground-required">required</span>}
      </div>
      <input
        id={id}
        type="file"
        multiple={field.isList}
        aria-describedby={`${id}-source`}
        onChange={({ target }) => void choose([...(target.files ?? [])])}
      />
      <p className="playground-source" id={`${id}-source`} role={problem === undefined ? undefined : 'alert'}>
        {problem ?? (chosen.map(describe).join(', ') || 'No file: not sent.')}
      </p>
    </div>
  );
}

function describe({ name, base64 }: ChosenFile): string {
  return `${name}, ${byteSize(base64Size(base64))}`;
}

function readFile(field: string, file: File): Promise<ChosenFile> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('error', () => reject(reader.error ?? new Error('not read')));
    reader.addEventListener('load', () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve({ field, name: file.name, mediaType: file.type, base64: url.slice(url.indexOf(',') + 1) });
    });
    reader.readAsDataURL(file);
  });
}
