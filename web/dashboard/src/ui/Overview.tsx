import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { CheckFigures, Hub, Metrics, Series } from '../hub.ts';
import { EVERY_MS, usePolled } from '../poll.ts';
import { stepLabel, type Range } from '../range.ts';
import { capital, change, channelName, count, moment, percent, span } from '../words.ts';
import { Card, Figure, Shares } from './Card.tsx';
import { Chart, type Colour } from './Chart.tsx';
import { DeadLetters } from './DeadLetters.tsx';
import { Health } from './Health.tsx';
import { Warning } from './Icons.tsx';

const MINUTE_MS = 60_000;

const STATES: readonly [string, Colour][] = [
  ['queued', 'calm'],
  ['sent', 'in'],
  ['delivered', 'out'],
  ['read', 'good'],
  ['played', 'good'],
  ['failed', 'bad'],
];

export function Overview({ hub, range, choice }: { hub: Hub; range: Range; choice: ReactNode }) {
  const metrics = usePolled(() => hub.metrics(range.spanMs), range.id);
  const series = usePolled(() => hub.series(range), range.id);
  const before = usePolled(() => hub.metricsBefore(range.spanMs), range.id, MINUTE_MS);
  const agents = usePolled(() => hub.agents(range.spanMs), range.id);
  const users = usePolled(() => hub.users(), 'users', 4 * EVERY_MS);
  const status = usePolled(() => hub.status(), 'status');
  const { data } = metrics;
  const silent = metrics.error && status.error;
  const refused = status.data?.refused_route_edits ?? [];

  return (
    <div className="overview">
      <div className="bar">
        <Health status={status.data} silent={silent !== undefined} />
        {choice}
      </div>
      {silent && (
        <p className="banner" role="alert">
          <Warning /> {silent.message === 'Failed to fetch' ? 'The hub does not answer.' : silent.message} What you see is what it said last.
        </p>
      )}
      {refused.length > 0 && (
        <section className="banner" aria-label="Refused route edits">
          <Warning />
          <div>
            <h2>
              {refused.length === 1 ? 'A route edit was refused' : `${refused.length} route edits were refused`}; what ran before
              runs on
            </h2>
            <ul>
              {refused.map((edit) => (
                <li key={`${edit.file}:${edit.line}`}>
                  <code>
                    {edit.file}:{edit.line}
                  </code>{' '}
                  {edit.reason} <small>{moment(edit.at)}</small>
                </li>
              ))}
            </ul>
          </div>
        </section>
      )}
      <Figures now={data} before={before.data} range={range} />
      <div className="grid">
        <Trends series={series.data} range={range} />
        <Card title="Messages by channel">
          <Shares
            empty="Nothing was said in this period."
            shares={shares(data?.messages.by_channel, (channel) => [channelName(channel), 'out'])}
          />
        </Card>
        <Card title="What became of what was sent">
          <Shares
            empty="Nothing was sent over WhatsApp in this period."
            shares={STATES.flatMap(([state, colour]) => {
              const value = data?.messages.by_state[state];
              return value === undefined ? [] : [{ name: capital(state), value, colour }];
            })}
          />
        </Card>
        <Card title="People">
          <dl className="pairs">
            <Pair name="Contacts" value={count(users.data?.contacts)} />
            <Pair name="Active in 24 hours" value={count(users.data?.active_24h)} />
            <Pair name="Active in 7 days" value={count(users.data?.active_7d)} />
            <Pair name="Active in 30 days" value={count(users.data?.active_30d)} />
            {Object.entries(users.data?.linked.by_role ?? {}).map(([role, people]) => (
              <Pair key={role} name={`Linked ${role}s`} value={count(people)} />
            ))}
            <Pair name="Opted out" value={count(users.data?.opted_out)} />
          </dl>
        </Card>
        <Queues metrics={data} />
        <Card title="Agents’ answers" size="half">
          {agents.data?.items.length === 0 || agents.data === undefined ? (
            <p className="empty">{agents.data ? 'No agent was asked in this period.' : 'Reading …'}</p>
          ) : (
            <div className="scroll" tabIndex={0} role="group" aria-label="Agents’ answers, a table">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Agent</th>
                    <th scope="col">Asked</th>
                    <th scope="col">Answered</th>
                    <th scope="col">Median</th>
                    <th scope="col">p90</th>
                    <th scope="col">Said yes</th>
                    <th scope="col">Booked</th>
                  </tr>
                </thead>
                <tbody>
                  {agents.data.items.map((agent) => (
                    <tr key={agent.agent_id}>
                      <th scope="row">{agent.agent_name}</th>
                      <td>{count(agent.asked)}</td>
                      <td>
                        {count(agent.answered)} <small>{percent(agent.success_rate)}</small>
                      </td>
                      <td>{span(agent.median_response_seconds)}</td>
                      <td>{span(agent.p90_response_seconds)}</td>
                      <td>{count(agent.available)}</td>
                      <td>{count(agent.booked)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </Card>
        <DeadLetters hub={hub} />
      </div>
    </div>
  );
}

function shares(counts: Record<string, number> | undefined, look: (key: string) => [string, string]) {
  return Object.entries(counts ?? {})
    .sort(([, one], [, other]) => other - one)
    .map(([key, value]) => {
      const [name, colour] = look(key);
      return { name, value, colour };
    });
}

function Pair({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Figures({ now, before, range }: { now?: Metrics; before?: Metrics; range: Range }) {
  const checks: Partial<CheckFigures> = now?.checks ?? {};
  const past: Partial<CheckFigures> = before?.checks ?? {};
  const said = now && (now.messages.by_direction.in ?? 0) + (now.messages.by_direction.out ?? 0);
  const saidBefore = before && (before.messages.by_direction.in ?? 0) + (before.messages.by_direction.out ?? 0);
  const success = now?.delivery_success_rate;
  return (
    <section aria-labelledby="figures">
      <h2 id="figures" className="hidden">
        Figures of the last {range.words}, and how they differ from the {range.words} before
      </h2>
      <dl className="figures">
        <Figure name="Checks asked" value={count(checks.asked)} change={change(checks.asked, past.asked)} note={checks.expired ? `${count(checks.expired)} expired` : undefined} />
        <Figure name="Checks answered" value={count(checks.answered)} change={change(checks.answered, past.answered, true)} note={`${count(checks.available)} available`} />
        <Figure name="Success rate" value={percent(checks.success_rate)} change={change(checks.success_rate, past.success_rate, true, true)} note="answered of asked" />
        <Figure name="Median response" value={span(checks.median_response_seconds)} change={change(checks.median_response_seconds, past.median_response_seconds, false)} note="until an agent answers" />
        <Figure name="p90 response" value={span(checks.p90_response_seconds)} change={change(checks.p90_response_seconds, past.p90_response_seconds, false)} note="9 of 10 come sooner" />
        <Figure name="Check to booking" value={percent(now?.conversion_rate)} change={change(now?.conversion_rate, before?.conversion_rate, true, true)} note={`${count(now?.bookings)} bookings in all`} />
        <Figure name="Messages" value={count(said)} change={change(said, saidBefore)} note={`${count(now?.messages.by_direction.in ?? (now ? 0 : undefined))} in, ${count(now?.messages.by_direction.out ?? (now ? 0 : undefined))} out`} />
        <Figure
          name="Delivery success"
          value={percent(success)}
          change={change(success, before?.delivery_success_rate, true, true)}
          note={now?.messages.by_state.failed ? `${count(now.messages.by_state.failed)} failed` : 'of what was sent'}
          tone={success === undefined ? undefined : success >= 0.98 ? 'good' : success >= 0.9 ? 'warn' : 'bad'}
        />
      </dl>
    </section>
  );
}

function Trends({ series, range }: { series?: Series; range: Range }) {
  const points = series?.points ?? [];
  const labels = points.map((point) => stepLabel(Date.parse(point.at), range));
  const of = (read: (point: Series['points'][number]) => number | undefined) => points.map((point) => read(point) ?? 0);
  const times = points.map((point) => point.checks?.median_response_seconds ?? null);
  return (
    <>
      <Card title="Messages over time" size="half">
        <Chart
          name="Messages over time"
          stacked
          labels={labels}
          rows={[
            { name: 'From people', colour: 'in', values: of((point) => point.messages.by_direction.in) },
            {
              name: 'From the hub',
              colour: 'out',
              values: of((point) => (point.messages.by_direction.out ?? 0) - (point.messages.by_state.failed ?? 0)),
            },
            { name: 'Failed', colour: 'bad', values: of((point) => point.messages.by_state.failed) },
          ]}
        />
      </Card>
      <Card title="Checks and bookings over time" size="half">
        <Chart
          name="Checks and bookings over time"
          labels={labels}
          writeSecond={span}
          rows={[
            { name: 'Asked', colour: 'calm', values: of((point) => point.checks?.asked) },
            { name: 'Answered', colour: 'out', values: of((point) => point.checks?.answered) },
            { name: 'Booked', colour: 'in', values: of((point) => point.bookings) },
            { name: 'Median response (right)', colour: 'warn', values: times, kind: 'line', second: true },
          ]}
        />
      </Card>
    </>
  );
}

const KEPT = 60;

/** What waits, and how that went while somebody looked. */
function Queues({ metrics }: { metrics?: Metrics }) {
  const [history, setHistory] = useState<{ at: string; inbound: number; outbound: number }[]>([]);
  const last = useRef<Metrics>(undefined);
  useEffect(() => {
    if (metrics && last.current !== metrics) {
      last.current = metrics;
      const { inbound, outbound } = metrics.queues;
      const now = { at: new Date().toISOString(), inbound: inbound.depth, outbound: outbound.depth };
      setHistory((before) => [...before.slice(1 - KEPT), now]);
    }
  }, [metrics]);
  return (
    <Card title="Queues now" size="half" note={<small className="soft">since this page was opened</small>}>
      <div className="queues">
        <div className="scroll" tabIndex={0} role="group" aria-label="Queues, a table">
          <table>
            <thead>
              <tr>
                <th scope="col">Queue</th>
                <th scope="col">Waiting</th>
                <th scope="col">Oldest</th>
                <th scope="col">Dead</th>
              </tr>
            </thead>
            <tbody>
              {(['inbound', 'outbound'] as const).map((queue) => {
                const figures = metrics?.queues[queue];
                return (
                  <tr key={queue}>
                    <th scope="row">{capital(queue)}</th>
                    <td>{count(figures?.depth)}</td>
                    <td data-tone={(figures?.oldest_seconds ?? 0) > 60 ? 'warn' : undefined}>
                      {figures && figures.depth > 0 ? span(figures.oldest_seconds) : '–'}
                    </td>
                    <td data-tone={(figures?.dead ?? 0) > 0 ? 'bad' : undefined}>{count(figures?.dead)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        <Chart
          name="What waits, since this page was opened"
          height={130}
          labels={history.map(({ at }) => new Date(at).toLocaleTimeString())}
          rows={[
            { name: 'Inbound', colour: 'in', kind: 'line', values: history.map(({ inbound }) => inbound) },
            { name: 'Outbound', colour: 'out', kind: 'line', values: history.map(({ outbound }) => outbound) },
          ]}
        />
      </div>
    </Card>
  );
}
