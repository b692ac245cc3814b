import {
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import type { Delivery, Faults, Mail, ProviderFaults } from '../api.ts';
import type { Engine } from '../engine.ts';
import { dayLabel, findCode, spanOf, timeOf } from '../messages.ts';
import type { State } from '../state.ts';
import { Bolt, Check, Clock as ClockIcon, Mail as MailIcon, Pulse } from './Icons.tsx';
import { useNow } from './useNow.ts';

export type Tool = 'mail' | 'faults' | 'clock' | 'deliveries';

const TOOLS: readonly { id: Tool; name: string; icon: ReactNode }[] = [
  { id: 'mail', name: 'Mail', icon: <MailIcon /> },
  { id: 'clock', name: 'Clock', icon: <ClockIcon /> },
  { id: 'faults', name: 'Faults', icon: <Bolt /> },
  { id: 'deliveries', name: 'Deliveries', icon: <Pulse /> },
];

interface ToolsProps {
  state: State;
  engine: Engine;
  tool: Tool;
  onTool: (tool: Tool) => void;
}

/** What stands beside the phones: the mailbox, the clock, the faults and the webhooks' deliveries. */
export function Tools({ state, engine, tool, onTool }: ToolsProps) {
  const tabs = useRef<HTMLDivElement>(null);
  const counts: Partial<Record<Tool, number>> = { mail: state.mails.length, faults: countFaults(state.faults) };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const at = TOOLS.findIndex(({ id }) => id === tool);
      const next = TOOLS[(at + step + TOOLS.length) % TOOLS.length];
      if (next) {
        onTool(next.id);
        tabs.current?.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
      }
    }
  };

  return (
    <section className="tools" aria-label="Sandbox tools">
      <div className="tabs" role="tablist" aria-label="Tools" ref={tabs} onKeyDown={onKeyDown}>
        {TOOLS.map(({ id, name, icon }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-selected={id === tool}
            aria-controls="tool"
            tabIndex={id === tool ? 0 : -1}
            onClick={() => onTool(id)}
          >
            {icon}
            <span>{name}</span>
            {!!counts[id] && <span className={`badge ${id === 'faults' ? 'warn' : 'calm'}`}>{counts[id]}</span>}
          </button>
        ))}
      </div>
      <div className="tool" role="tabpanel" id="tool" aria-labelledby={`tab-${tool}`} tabIndex={0}>
        {tool === 'mail' && <Mailbox mails={state.mails} now={engine.hubNow()} />}
        {tool === 'clock' && <ClockTool state={state} engine={engine} />}
        {tool === 'faults' && <FaultsTool faults={state.faults} engine={engine} />}
        {tool === 'deliveries' && <Deliveries deliveries={state.deliveries} engine={engine} />}
      </div>
    </section>
  );
}

function Mailbox({ mails, now }: { mails: readonly Mail[]; now: number }) {
  const [to, setTo] = useState('');
  const addresses = [...new Set(mails.map((mail) => mail.to))].sort();
  const shown = mails.filter((mail) => to === '' || mail.to === to);
  if (mails.length === 0) {
    return (
      <Empty icon={<MailIcon size={28} />} title="No mail yet">
        Link codes and alerts that the hub mails arrive here. Send <code>/link sade@example.com</code> from Sade’s
        phone.
      </Empty>
    );
  }
  return (
    <>
      <label className="field-label">
        Mailbox of
        <select value={to} onChange={(event) => setTo(event.target.value)}>
          <option value="">Everybody ({mails.length})</option>
          {addresses.map((address) => (
            <option key={address} value={address}>
              {address} ({mails.filter((mail) => mail.to === address).length})
            </option>
          ))}
        </select>
      </label>
      <ul className="mails">
        {shown.map((mail, i) => {
          const code = findCode(mail.text) ?? findCode(mail.subject);
          return (
            <li key={mail.n}>
              <details open={i === 0}>
                <summary>
                  <span className="mail-to">{mail.to}</span>
                  <time dateTime={mail.at} title={dayLabel(mail.at, now)}>
                    {timeOf(mail.at)}
                  </time>
                  <span className="mail-subject">{mail.subject}</span>
                  {code && <span className="mail-code">{code}</span>}
                </summary>
                <p className="mail-text">{mail.text.trim()}</p>
              </details>
            </li>
          );
        })}
      </ul>
    </>
  );
}

const STEPS = [
  { duration: 'PT1M', name: '+1 min' },
  { duration: 'PT1H', name: '+1 hour' },
  { duration: 'PT24H', name: '+24 hours' },
];

/** What falls due when nobody answers a visitor's question, with the usual settings. */
const SILENCE = [
  { duration: 'PT2H', name: 'Until the reminder', hint: '+2 hours' },
  { duration: 'PT4H', name: 'Until the next agent is asked', hint: '+4 hours' },
  { duration: 'PT24H', name: 'Until the question expires', hint: '+24 hours' },
];

function ClockTool({ state, engine }: { state: State; engine: Engine }) {
  useNow(1_000);
  const [moving, setMoving] = useState<string>();
  const [amount, setAmount] = useState('2');
  const [unit, setUnit] = useState('H');
  const now = new Date(engine.hubNow());
  const offset = state.clock?.offsetSeconds ?? 0;

  const advance = async (duration: string) => {
    setMoving(duration);
    await engine.advance(duration);
    setMoving(undefined);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void advance(unit === 'D' ? `P${amount}D` : `PT${amount}${unit}`);
  };

  return (
    <>
      <div className="clock-face">
        <p className="clock-time">
          {now.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })}
        </p>
        <p>{now.toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })}</p>
        <p className={`offset ${offset > 0 ? 'ahead' : ''}`}>
          {offset > 0 ? `${spanOf(offset)} ahead of real time` : 'Real time'}
        </p>
      </div>
      <div className="clock-steps">
        {STEPS.map(({ duration, name }) => (
          <button
            key={duration}
            type="button"
            disabled={moving !== undefined}
            aria-busy={moving === duration}
            onClick={() => void advance(duration)}
          >
            {name}
          </button>
        ))}
      </div>
      <fieldset className="silence">
        <legend>The agent stays silent</legend>
        {SILENCE.map(({ duration, name, hint }) => (
          <button
            key={duration}
            type="button"
            className="secondary"
            disabled={moving !== undefined}
            onClick={() => void advance(duration)}
          >
            {name} <small>{hint}</small>
          </button>
        ))}
      </fieldset>
      <form className="clock-custom" onSubmit={submit}>
        <label className="field-label">
          Forward by
          <input
            type="number"
            min={1}
            max={10_000}
            step={1}
            required
            value={amount}
            onChange={(event) => setAmount(event.target.value)}
          />
        </label>
        <label className="field-label">
          Unit
          <select value={unit} onChange={(event) => setUnit(event.target.value)}>
            <option value="M">minutes</option>
            <option value="H">hours</option>
            <option value="D">days</option>
          </select>
        </label>
        <button type="submit" className="primary" disabled={moving !== undefined}>
          Move
        </button>
      </form>
      <p className="note" role="status">
        {moving
          ? 'The clock walks: what is due on the way happens in its order …'
          : 'The hub’s business time: codes expire, reminders and follow-ups fall due, the 24-hour window closes. It only goes forward; a reset brings it back.'}
      </p>
    </>
  );
}

const WHATSAPP_CODES: readonly [number, string][] = [
  [130429, 'too many messages'],
  [131056, 'too many to one person'],
  [131048, 'spam limit, pause bulk'],
  [131000, 'something went wrong'],
  [131016, 'service overloaded'],
  [131026, 'cannot be delivered'],
  [131047, 'outside the window'],
  [131049, 'not before 24 hours'],
  [131050, 'person stopped marketing'],
  [132000, 'template does not fit'],
  [190, 'token expired'],
  [368, 'blocked for violations'],
];

const TWILIO_CODES: readonly [number, string][] = [
  [20429, 'too many requests'],
  [63018, 'rate limit'],
  [63016, 'outside the window'],
  [63024, 'invalid recipient'],
  [63015, 'sandbox not joined'],
  [21610, 'unsubscribed'],
  [21211, 'invalid number'],
];

function FaultsTool({ faults, engine }: { faults?: Faults; engine: Engine }) {
  const current = faults ?? {};
  const count = countFaults(faults);
  const change = (changes: Faults) => void engine.setFaults({ ...current, ...changes });
  return (
    <>
      <div className="faults-head">
        <p className="note" role="status">
          {count === 0 ? 'Everything behaves.' : `${count} ${count === 1 ? 'fault is' : 'faults are'} on.`}
        </p>
        <button type="button" className="secondary" disabled={count === 0} onClick={() => void engine.clearFaults()}>
          <Check size={16} /> Behave
        </button>
      </div>
      <ProviderFields
        name="WhatsApp (Meta)"
        id="whatsapp"
        faults={current.whatsapp ?? {}}
        codes={WHATSAPP_CODES}
        onChange={(whatsapp) => change({ whatsapp })}
      />
      <ProviderFields
        name="WhatsApp (Twilio)"
        id="twilio"
        faults={current.twilio ?? {}}
        codes={TWILIO_CODES}
        onChange={(twilio) => change({ twilio })}
      />
      <fieldset className="fault-group">
        <legend>Platform (Inspector)</legend>
        <Toggle
          name="Down"
          hint="every call fails"
          on={!!current.inspector?.down}
          onChange={(down) => change({ inspector: { ...current.inspector, down } })}
        />
        <Rate
          name="Errors"
          value={current.inspector?.error_rate}
          onChange={(error_rate) => change({ inspector: { ...current.inspector, error_rate } })}
        />
        <Amount
          name="Delay"
          unit="ms"
          value={current.inspector?.delay_ms}
          onChange={(delay_ms) => change({ inspector: { ...current.inspector, delay_ms } })}
        />
      </fieldset>
      <fieldset className="fault-group">
        <legend>Mail server</legend>
        <Toggle
          name="Down"
          hint="connections are refused"
          on={!!current.mail?.down}
          onChange={(down) => change({ mail: { ...current.mail, down } })}
        />
      </fieldset>
    </>
  );
}

interface ProviderFieldsProps {
  name: string;
  id: string;
  faults: ProviderFaults;
  codes: readonly [number, string][];
  onChange: (faults: ProviderFaults) => void;
}

function ProviderFields({ name, id, faults, codes, onChange }: ProviderFieldsProps) {
  const change = (changes: ProviderFaults) => onChange({ ...faults, ...changes });
  // Whoever names a code wants to see it.
  const changeCode = (code: number | undefined) =>
    change({ error_code: code, error_rate: code && !faults.error_rate ? 1 : faults.error_rate });
  return (
    <fieldset className="fault-group">
      <legend>{name}</legend>
      <Rate
        name="Duplicates"
        hint="webhooks come twice"
        value={faults.duplicate}
        onChange={(duplicate) => change({ duplicate })}
      />
      <Rate
        name="Disorder"
        hint="webhooks overtake"
        value={faults.reorder}
        onChange={(reorder) => change({ reorder })}
      />
      <Rate name="Errors" value={faults.error_rate} onChange={(error_rate) => change({ error_rate })} />
      <Amount name="Error code" value={faults.error_code} codes={codes} listId={`codes-${id}`} onChange={changeCode} />
      <Rate name="Time-outs" value={faults.timeout_rate} onChange={(timeout_rate) => change({ timeout_rate })} />
      <Amount name="Delay" unit="ms" value={faults.delay_ms} onChange={(delay_ms) => change({ delay_ms })} />
    </fieldset>
  );
}

function Toggle(props: { name: string; hint: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="fault">
      <span>
        {props.name} <small>{props.hint}</small>
      </span>
      <input
        type="checkbox"
        role="switch"
        checked={props.on}
        onChange={(event) => props.onChange(event.target.checked)}
      />
    </label>
  );
}

interface RateProps {
  name: string;
  hint?: string;
  value?: number;
  onChange: (value: number) => void;
}

/** A share in percent; sent when the slider rests. */
function Rate({ name, hint, value = 0, onChange }: RateProps) {
  const [percent, setPercent] = useDraft(String(Math.round(value * 100)));
  const commit = () => {
    const share = Number(percent) / 100;
    if (share !== value) {
      onChange(share);
    }
  };
  return (
    <label className="fault">
      <span>
        {name} {hint && <small>{hint}</small>}
      </span>
      <input
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        style={{ '--share': `${percent}%` } as CSSProperties}
        aria-valuetext={`${percent} percent`}
        onChange={(event) => setPercent(event.target.value)}
        onPointerUp={commit}
        onKeyUp={commit}
        onBlur={commit}
      />
      <output>{percent} %</output>
    </label>
  );
}

interface AmountProps {
  name: string;
  value?: number;
  unit?: string;
  codes?: readonly [number, string][];
  listId?: string;
  onChange: (value: number | undefined) => void;
}

/** A number; sent when the field is left or Enter is pressed. */
function Amount({ name, value, unit, codes, listId, onChange }: AmountProps) {
  const [text, setText] = useDraft(value ? String(value) : '');
  const commit = () => {
    const number = text === '' ? undefined : Number(text);
    if ((number ?? 0) !== (value ?? 0)) {
      onChange(number);
    }
  };
  const meaning = codes?.find(([code]) => code === value)?.[1];
  return (
    <label className="fault">
      <span>
        {name} {meaning && <small>{meaning}</small>}
      </span>
      <input
        type="number"
        min={0}
        step={1}
        placeholder={codes ? 'usual' : '0'}
        list={listId}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
      {unit && <output>{unit}</output>}
      {codes && (
        <datalist id={listId}>
          {codes.map(([code, words]) => (
            <option key={code} value={code}>
              {words}
            </option>
          ))}
        </datalist>
      )}
    </label>
  );
}

/** A field's own text while it is edited; a new value from outside replaces it. */
function useDraft(value: string): [string, (value: string) => void] {
  const [draft, setDraft] = useState(value);
  const [from, setFrom] = useState(value);
  if (from !== value) {
    setFrom(value);
    setDraft(value);
  }
  return [draft, setDraft];
}

function countFaults(faults: Faults | undefined): number {
  return Object.values(faults ?? {})
    .flatMap((group: object | undefined) => Object.entries(group ?? {}))
    .filter(([name, value]) => name !== 'error_code' && !!value).length;
}

function Deliveries({ deliveries, engine }: { deliveries: readonly Delivery[]; engine: Engine }) {
  useEffect(() => {
    engine.watchDeliveries(true);
    return () => engine.watchDeliveries(false);
  }, [engine]);
  if (deliveries.length === 0) {
    return (
      <Empty icon={<Pulse size={28} />} title="No deliveries yet">
        Each webhook that the providers’ stand-ins send to the hub is listed here, with the hub’s answer and how long it
        took.
      </Empty>
    );
  }
  return (
    <table className="deliveries">
      <caption className="hidden">Webhooks sent to the hub, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Webhook</th>
          <th scope="col">Answer</th>
          <th scope="col">ms</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <tr key={delivery.id}>
            <td>
              <time dateTime={delivery.at}>
                {new Date(delivery.at).toLocaleTimeString(undefined, {
                  hour: '2-digit',
                  minute: '2-digit',
                  second: '2-digit',
                })}
              </time>
            </td>
            <td>
              <b>
                {delivery.provider} · {delivery.kind}
              </b>
              <span>{delivery.error ?? delivery.summary}</span>
            </td>
            <td>
              <span className={`answer ${answerKind(delivery)}`}>{answerOf(delivery)}</span>
              {delivery.attempts > 1 && <small>{delivery.attempts} times</small>}
            </td>
            <td>{delivery.ms ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function answerOf({ status, state }: Delivery): string {
  return status ? String(status) : state === 'given_up' ? 'given up' : state === 'delivered' ? 'none' : state;
}

function answerKind({ status, state }: Delivery): string {
  if (!status) {
    return state === 'given_up' ? 'bad' : 'open';
  }
  return status >= 500 ? 'bad' : status >= 400 ? 'refused' : 'good';
}

function Empty({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className="empty">
      {icon}
      <h3>{title}</h3>
      <p>{children}</p>
    </div>
  );
}
