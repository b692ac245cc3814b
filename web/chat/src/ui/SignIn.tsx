import { useEffect, useRef, useState, type FormEvent } from 'react';
import { auth, Problem } from '../api.ts';
import { useTexts } from '../texts.ts';
import { useChat } from './context.ts';
import { Close, Logo } from './Icons.tsx';
import { wordsFor } from './NoticeBar.tsx';
import { PreferencesMenu, type Preferences } from './Preferences.tsx';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;
/** A mail takes a moment; whoever asks again at once only makes the first code void. */
const AGAIN_SECONDS = 30;

/** Signs in by a mailed code, in two steps. */
export default function SignIn({ ended, preferences }: { ended: boolean; preferences: Preferences }) {
  const texts = useTexts();
  const chat = useChat();
  const [email, setEmail] = useState(chat.session.lastEmail);
  const [code, setCode] = useState('');
  const [step, setStep] = useState<'email' | 'code'>('email');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const [wait, setWait] = useState(0);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => field.current?.focus(), [step]);
  useEffect(() => {
    if (wait > 0) {
      const timer = setTimeout(() => setWait(wait - 1), 1_000);
      return () => clearTimeout(timer);
    }
  }, [wait]);

  const attempt = async (act: () => Promise<void>, bad: string) => {
    setBusy(true);
    setError('');
    try {
      await act();
    } catch (problem) {
      const status = problem instanceof Problem ? problem.status : -1;
      setError(
        status === 400 || status === 422
          ? bad
          : status === 429
            ? texts.tooManyCodes
            : wordsFor(problem instanceof Problem ? problem.code : 'unknown', texts),
      );
      field.current?.focus();
    }
    setBusy(false);
  };

  const requestCode = () =>
    attempt(async () => {
      await auth.requestCode(email.trim());
      setCode('');
      setWait(AGAIN_SECONDS);
      setStep('code');
    }, texts.badEmail);

  const redeemCode = (digits: string) =>
    attempt(async () => {
      const { access_token } = await auth.redeemCode(email.trim(), digits);
      if (!chat.session.accept(access_token, true)) {
        throw new Error('The hub gave a token that can’t be used');
      }
    }, texts.badCode);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (step === 'email') {
      if (EMAIL.test(email.trim())) {
        void requestCode();
      } else {
        setError(texts.badEmail);
        field.current?.focus();
      }
    } else if (/^\d{6}$/.test(code)) {
      void redeemCode(code);
    } else {
      setError(texts.sixDigits);
      field.current?.focus();
    }
  };

  return (
    <div className="sign-in">
      <div className="sign-in-tools">
        <PreferencesMenu preferences={preferences} />
        {chat.host.origin !== undefined && (
          <button
            type="button"
            className="icon-button"
            aria-label={texts.closeChat}
            onClick={() => chat.host.tell('close')}
          >
            <Close />
          </button>
        )}
      </div>
      <form className="sign-in-card" onSubmit={submit} noValidate>
        <Logo size={52} />
        <h1>{texts.signIn}</h1>
        <p className="lead">{ended ? texts.signedOut : texts.tagline}</p>
        {step === 'email' ? (
          <>
            <label htmlFor="email">{texts.email}</label>
            <input
              ref={field}
              id="email"
              type="email"
              autoComplete="email"
              inputMode="email"
              placeholder="name@example.com"
              value={email}
              aria-invalid={error !== ''}
              aria-describedby="sign-in-note"
              onChange={(event) => setEmail(event.target.value)}
            />
          </>
        ) : (
          <>
            <label htmlFor="code">{texts.code}</label>
            <input
              ref={field}
              id="code"
              className="code"
              type="text"
              autoComplete="one-time-code"
              inputMode="numeric"
              maxLength={6}
              value={code}
              aria-invalid={error !== ''}
              aria-describedby="sign-in-note"
              onChange={(event) => {
                const digits = event.target.value.replace(/\D/g, '');
                setCode(digits);
                if (digits.length === 6 && !busy) {
                  void redeemCode(digits);
                }
              }}
            />
          </>
        )}
        <p id="sign-in-note" className={error ? 'error' : 'note'} role={error ? 'alert' : undefined}>
          {error || (step === 'email' ? texts.signInWhy : texts.codeSent(email.trim()))}
        </p>
        <button type="submit" className="primary wide" disabled={busy} aria-busy={busy}>
          {step === 'email' ? texts.sendCode : texts.enter}
        </button>
        {step === 'code' && (
          <div className="sign-in-more">
            <button type="button" className="link" onClick={() => (setStep('email'), setError(''))}>
              {texts.otherEmail}
            </button>
            <button type="button" className="link" disabled={wait > 0 || busy} onClick={() => void requestCode()}>
              {wait > 0 ? texts.sendAgainIn(wait) : texts.sendAgain}
            </button>
          </div>
        )}
      </form>
    </div>
  );
}
