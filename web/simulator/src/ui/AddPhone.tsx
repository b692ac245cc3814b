import { useState, type FormEvent } from 'react';
import { readPhone } from '../messages.ts';
import { Sheet } from './Sheet.tsx';

/** Any number in the world is a phone of the sandbox. */
export function AddPhone({ onClose, onAdd }: { onClose: () => void; onAdd: (phone: string, name: string) => void }) {
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const phone = readPhone(number);
    if (phone) {
      onAdd(phone, name.trim());
    } else {
      setWrong(true);
    }
  };
  return (
    <Sheet title="Add a phone" onClose={onClose}>
      <form className="sheet-form" onSubmit={submit} noValidate>
        <label className="field-label">
          Number with its country code, or a user id
          <input
            type="tel"
            autoFocus
            placeholder="+234 803 123 4567"
            value={number}
            aria-invalid={wrong}
            aria-describedby={wrong ? 'number-wrong' : undefined}
            onChange={(event) => {
              setNumber(event.target.value);
              setWrong(false);
            }}
          />
        </label>
        {wrong && (
          <p className="wrong" id="number-wrong" role="alert">
            Write a plus, the country code and the number, such as +234 803 123 4567; or a user id such as NG.4711.
          </p>
        )}
        <label className="field-label">
          Profile name (optional)
          <input type="text" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <button type="submit" className="primary">
          Add phone
        </button>
      </form>
    </Sheet>
  );
}
