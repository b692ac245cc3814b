import { useState } from 'react';
import type { Hub } from '../hub.ts';
import { hashOf } from '../place.ts';
import { usePolled } from '../poll.ts';
import { capital, moment } from '../words.ts';
import { Card } from './Card.tsx';
import { Replay } from './Icons.tsx';

const FIRST = 10;
const MOST = 200;

/** What could not be handled or sent, to be tried again. */
export function DeadLetters({ hub }: { hub: Hub }) {
  const [shown, setShown] = useState(FIRST);
  const [busy, setBusy] = useState<string>();
  const [told, setTold] = useState('');
  const dead = usePolled(() => hub.deadLetters(shown), String(shown));
  const items = dead.data?.items ?? [];

  const replay = async (id: string) => {
    setBusy(id);
    try {
      await hub.replay(id);
      setTold(`${id} is tried again.`);
    } catch (error) {
      setTold(`${id}: ${error instanceof Error ? error.message : String(error)}`);
    }
    setBusy(undefined);
    dead.refresh();
  };

  return (
    <Card title="Dead letters" size="whole" note={<small className="soft">kept for 30 days</small>}>
      <p className="told" role="status">
        {told}
      </p>
      {items.length === 0 ? (
        <p className="empty">{dead.data ? 'None. Everything was handled and sent.' : 'Reading …'}</p>
      ) : (
        <div className="scroll" tabIndex={0} role="group" aria-label="Dead letters, a table">
          <table className="dead">
            <thead>
              <tr>
                <th scope="col">Message</th>
                <th scope="col">Of</th>
                <th scope="col">Reason</th>
                <th scope="col">Attempts</th>
                <th scope="col">Died</th>
                <th scope="col">
                  <span className="hidden">Replay</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((letter) => (
                <tr key={letter.id}>
                  <th scope="row">
                    {letter.steps_of === undefined ? (
                      <code>{letter.id}</code>
                    ) : (
                      <a href={hashOf({ view: 'conversations', open: { kind: 'way', id: letter.steps_of } })} title="Its way">
                        <code>{letter.id}</code>
                      </a>
                    )}
                  </th>
                  <td>{letter.contact ?? 'nobody known'}</td>
                  <td className="reason">{letter.reason ?? 'not noted'}</td>
                  <td>{letter.attempts}</td>
                  <td>{moment(letter.died_at)}</td>
                  <td>
                    <button
                      type="button"
                      className="small"
                      aria-label={`Replay ${capital(letter.queue)} ${letter.id}`}
                      disabled={busy !== undefined}
                      onClick={() => void replay(letter.id)}
                    >
                      <Replay size={16} /> Replay
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {dead.data?.next_cursor && shown < MOST && (
        <button type="button" className="small more" onClick={() => setShown(MOST)}>
          Show more
        </button>
      )}
    </Card>
  );
}
