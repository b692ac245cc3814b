package sandbox.time;

import java.time.Duration;
import java.time.ZoneOffset;

import sandbox.store.SandboxDatabase;
import sandbox.webhook.WebhookSender;

import org.springframework.stereotype.Component;

/**
 * Sees from outside, in the hub's tables, whether the hub has something to do now; what it
 * will have to do is seen by {@link HubRowsDue}. What waits for longer than five seconds (a
 * back-off, a pause, a send in doubt) does not count as work.
 */
@Component
public class HubQueues {

	private static final String BUSY = """
			select (select count(*) from hub.inbox i join hub.inbound_lane l on l.contact_key = i.contact_key
			where i.state = 0 and l.due_at <= clock_timestamp() + interval '5 s')
			+ (select count(*) from hub.outbox o join hub.outbound_lane l on l.lane_key = o.lane_key
			left join hub.sender s on s.channel = o.channel
			where o.state in (0, 3) and l.due_at <= clock_timestamp() + interval '5 s'
			and coalesce(s.paused_until, '-infinity') <= clock_timestamp() + interval '5 s')""";

	/** Rows whose time has come, until the hub's next tick has seen to them. */
	private static final String DUE = """
			select (select count(*) from hub.availability_burst where due_at <= :now)
			+ (select count(*) from hub.availability_check where due_at <= :now)
			+ (select count(*) from hub.availability_refusal)
			+ (select count(*) from hub.reminder
			where due_at <= :now and coalesce(retry_at, '-infinity') <= clock_timestamp() + interval '5 s')
			+ (select count(*) from (%s) unfound where unfound.scheduled_at <= :now + %s and not exists (
			select 1 from hub.reminder_sweep where due_at > :now or retry_at > clock_timestamp() + interval '5 s'))
			+ (select count(*) from (values (1)) one where %s and not exists (
			select 1 from hub.alert_run where due_at > :now or retry_at > clock_timestamp() + interval '5 s'))
			+ (select count(*) from hub.broadcast b join hub.broadcast_recipient r on r.broadcast_id = b.id
			where b.ended_at is null and b.stopped_at is null and r.state = 0)"""
		.formatted(RemindersDue.UNFOUND, RemindersDue.AHEAD, AlertsDue.WANTED);

	private final SandboxDatabase database;

	private final SandboxClock clock;

	private final WebhookSender webhooks;

	HubQueues(SandboxDatabase database, SandboxClock clock, WebhookSender webhooks) {
		this.database = database;
		this.clock = clock;
		this.webhooks = webhooks;
	}

	/**
	 * Waits until nothing is left to do: every webhook delivered, every turn taken,
	 * everything sent and its statuses back. Calm is believed when it lasts.
	 * @param patience how long to wait at most
	 * @return false if there was still work when patience ended
	 */
	public boolean awaitIdle(Duration patience) {
		long end = System.nanoTime() + patience.toNanos();
		int calm = 0;
		while (calm < 3) {
			calm = idle() ? calm + 1 : 0;
			if (calm < 3 && System.nanoTime() > end) {
				return false;
			}
			pause();
		}
		return true;
	}

	private boolean idle() {
		return this.webhooks.underWay() == 0 && (!hubHasTables()
				|| (this.database.sql(BUSY).query(Long.class).single() == 0 && this.database.sql(DUE)
					.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
					.query(Long.class)
					.single() == 0));
	}

	private boolean hubHasTables() {
		return this.database.sql("select to_regclass('hub.broadcast_recipient') is not null").query(Boolean.class).single();
	}

	private static void pause() {
		try {
			Thread.sleep(40);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the hub", ex);
		}
	}

}
