import { FormattedText } from '../../../shared/FormattedText.tsx';
import type { Hub, Message } from '../hub.ts';
import { hashOf, type Open } from '../place.ts';
import { usePolled } from '../poll.ts';
import { stepsOf } from '../thread.ts';
import { capital, channelName, moment } from '../words.ts';
import { Back, Way as WayIcon } from './Icons.tsx';
import { StepList } from './Steps.tsx';

/** The way of a message or a flow, found by its id: what came, what it led to, and each step of it. */
export function WholeWay({ hub, id }: { hub: Hub; id: string }) {
  const way = usePolled(() => hub.way(id), id);
  const { data } = way;
  const common = data?.steps.filter((step) => step.message_id === undefined) ?? [];
  return (
    <section className="thread" aria-label="Way">
      <header>
        <a className="icon-button" href={hashOf({ view: 'conversations' })} aria-label="Back to people">
          <Back />
        </a>
        <span className="face" data-role="none" aria-hidden="true">
          <WayIcon size={18} />
        </span>
        <div className="who">
          <h2>{data?.flow ?? id}</h2>
          <small>The way through the hub</small>
        </div>
      </header>
      <div className="log" tabIndex={0} role="group" aria-label="Steps">
        {!data && <p className="empty">{way.error?.message ?? 'Following it …'}</p>}
        {data && (
          <div className="whole-way">
            {common.length > 0 && (
              <article className="steps" aria-label="What came">
                <StepList steps={common} />
              </article>
            )}
            {data.messages.map((message) => (
              <article key={message.id} className="steps" aria-label={`Message ${message.id}`}>
                <p className="flow">
                  <b>{message.direction === 'in' ? 'Came' : 'Went out'}</b>{' '}
                  <span className="soft">
                    {channelName(message.channel)} · {moment(message.at)} · {capital(message.state)}
                  </span>{' '}
                  <Conversation message={message} />
                </p>
                <div className="words">
                  {message.text === '' ? <p className="soft">{capital(message.kind)}</p> : <FormattedText text={message.text} />}
                </div>
                {message.error && <p className="failure">{message.error}</p>}
                <StepList steps={stepsOf(data, message).filter((step) => step.message_id !== undefined)} />
              </article>
            ))}
          </div>
        )}
      </div>
    </section>
  );
}

function Conversation({ message }: { message: Message }) {
  const open: Open | undefined =
    message.thread_id !== undefined
      ? { kind: 'chat', id: message.thread_id }
      : message.contact_id !== undefined
        ? { kind: 'contact', id: message.contact_id }
        : undefined;
  return open && <a href={hashOf({ view: 'conversations', open })}>Conversation</a>;
}
