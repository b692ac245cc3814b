import type { Status } from '../hub.ts';
import { capital, channelName, span } from '../words.ts';

/** How the hub is, in a line. */
export function Health({ status, silent }: { status?: Status; silent: boolean }) {
  const parts = Object.entries(status?.dependencies ?? {});
  const bad = parts.filter(([, state]) => state !== 'UP');
  const tone = silent || status?.status === 'DOWN' ? 'bad' : bad.length > 0 ? 'warn' : status ? 'good' : 'calm';
  const words = silent
    ? 'No answer'
    : status === undefined
      ? 'Looking …'
      : status.status === 'DOWN'
        ? 'Down'
        : bad.length > 0
          ? `Degraded: ${bad.map(([part, state]) => `${part} ${state.toLowerCase()}`).join(', ')}`
          : 'All systems up';
  const channels = Object.entries(status?.channels ?? {});
  return (
    <div className="health">
      <span className="pill" data-tone={tone} role="status">
        {words}
      </span>
      {parts.length > 0 && bad.length === 0 && (
        <span className="soft">{parts.map(([part]) => (part === 'redis' ? 'Redis' : capital(part))).join(' · ')}</span>
      )}
      {channels.length > 0 && (
        <span className="soft">
          {channels
            .map(([channel, state]) => `${channelName(channel)}${state === 'configured' ? '' : ' (not configured)'}`)
            .join(' · ')}
        </span>
      )}
      {status?.uptime_seconds !== undefined && (
        <span className="soft">
          {status.version}, up {span(status.uptime_seconds)}
        </span>
      )}
    </div>
  );
}
