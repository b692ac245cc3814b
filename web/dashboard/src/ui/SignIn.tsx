import { useState, type FormEvent } from 'react';
import { Problem, type Session } from '../session.ts';
import { span } from '../words.ts';
import { Logo } from './Icons.tsx';

export function SignIn({ session }: { session: Session }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFailure(undefined);
    try {
      await session.signIn(String(form.get('user')), String(form.get('password')));
    } catch (error) {
      setFailure(words(error));
      setBusy(false);
    }
  };

  return (
    <main className="sign-in">
      <form onSubmit={(event) => void submit(event)} aria-labelledby="sign-in">
        <Logo size={44} />
        <h1 id="sign-in">Inspakta Hub</h1>
        <p className="soft">The operators’ dashboard</p>
        <label>
          User name
          <input name="user" autoComplete="username" autoCapitalize="none" spellCheck={false} required autoFocus />
        </label>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        {failure && (
          <p className="failure" role="alert">
            {failure}
          </p>
        )}
        <button type="submit" className="primary" disabled={busy} aria-busy={busy}>
          {busy ? 'Signing in …' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}

function words(error: unknown): string {
  if (error instanceof Problem) {
    return error.status === 401
      ? 'User name or password is wrong.'
      : error.status === 429
        ? `Too many wrong logins. Try again in ${span(error.retryAfter ?? 900)}.`
        : error.message;
  }
  return 'The hub does not answer.';
}
