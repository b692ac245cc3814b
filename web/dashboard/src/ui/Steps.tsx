import type { Hub, Message, Routed, Step, Way } from '../hub.ts';
import { hashOf } from '../place.ts';
import { usePolled } from '../poll.ts';
import { others, stepsOf, stepWords, tries } from '../thread.ts';
import { capital, exactTime, later } from '../words.ts';

/** The way of one message through the hub. */
export function Steps({ id, hub, message }: { id: string; hub: Hub; message: Message }) {
  const way = usePolled(() => hub.way(message.id), message.id);
  if (!way.data) {
    return (
      <div className="steps" id={id}>
        <p className="soft">{way.error?.message ?? 'Following it …'}</p>
      </div>
    );
  }
  const { data } = way;
  const steps = stepsOf(data, message);
  const related = others(data, message);
  return (
    <div className="steps" id={id}>
      <Flow way={data} />
      <StepList steps={steps} />
      {related.length > 0 && (
        <>
          <p className="soft">Of the same flow</p>
          <ul className="related">
            {related.map((one) => (
              <li key={one.id}>
                <span className="soft">{one.direction === 'in' ? 'in' : 'out'}</span> {one.text.slice(0, 90) || capital(one.kind)}
                {one.text.length > 90 && ' …'} <small>{capital(one.state)}</small>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Flow({ way: { flow } }: { way: Way }) {
  return flow === undefined ? null : (
    <p className="flow">
      Flow{' '}
      <a href={hashOf({ view: 'conversations', open: { kind: 'way', id: flow } })}>
        <code>{flow}</code>
      </a>{' '}
      <span className="soft">grep it in the logs</span>
    </p>
  );
}

/** Steps with their times, each after the first one, and the routes that they went through. */
export function StepList({ steps }: { steps: readonly Step[] }) {
  const began = steps.find((step) => step.at !== undefined)?.at;
  return (
    <ol>
      {steps.map((step, n) => (
        <li key={n} data-step={step.step}>
          <b>{stepWords(step)}</b>
          {step.at && <time dateTime={step.at}>{exactTime(step.at)}</time>}
          {step.at && began && step.at !== began && <small>{later(step.at, began)}</small>}
          {step.route && !step.routes && <code>{step.route}</code>}
          {step.attempts !== undefined && (
            <small>{step.attempts === 1 ? '1 attempt' : `${step.attempts} attempts`}</small>
          )}
          {step.error && <span className="failure">{step.error}</span>}
          {step.routes && <Routes routes={step.routes} />}
        </li>
      ))}
    </ol>
  );
}

/** Which routes something went through, each with what it is for. */
function Routes({ routes }: { routes: readonly Routed[] }) {
  const all = tries(routes);
  return (
    <div className="routes">
      {all.map((one, n) => (
        <div key={n}>
          {all.length > 1 && (
            <p className="soft">
              Attempt {one[0]?.attempt}, {exactTime(one[0]?.at ?? '')}
            </p>
          )}
          <ul aria-label="Routes it went through">
            {one.map((routed, m) => (
              <li key={m}>
                <code>{routed.route}</code>
                <small>{later(routed.at, one[0]?.at ?? routed.at)}</small>
                {routed.description && <span className="soft">{routed.description}</span>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
