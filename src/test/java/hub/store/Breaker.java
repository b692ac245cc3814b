package hub.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.TransactionException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A database that is gone from the statement, or the commit, on that a test says.
 */
public final class Breaker extends DelegatingDataSource {

	private static final Set<String> STEPS = Set.of("prepareStatement", "commit");

	private int left = Integer.MAX_VALUE;

	private boolean broken;

	private Thread whose;

	/**
	 * A way to a database that can be broken.
	 * @param dataSource the database
	 */
	public Breaker(DataSource dataSource) {
		super(dataSource);
	}

	/**
	 * Fails from then on, for this thread, as when the process has died.
	 * @param step the how many-th statement or commit from now on fails, from 1
	 */
	public synchronized void breakAt(int step) {
		this.left = step;
		this.broken = false;
		this.whose = Thread.currentThread();
	}

	/**
	 * Fails no more.
	 * @return whether it has failed since {@link #breakAt}
	 */
	public synchronized boolean mend() {
		this.left = Integer.MAX_VALUE;
		return this.broken;
	}

	/**
	 * Until it has happened once: crashes at the first step, the second, and so on. After
	 * each crash either nothing has happened, or all of it, and the next try, which comes
	 * anyhow, adds nothing.
	 * @param action what may crash
	 * @param picture shows all that it may change
	 * @param between what happens before the next try, such as the end of a lease
	 */
	public void crashEverywhere(Runnable action, Supplier<String> picture, Runnable between) {
		String before = picture.get();
		for (int step = 1;; step++) {
			breakAt(step);
			try {
				action.run();
			}
			catch (DataAccessException | TransactionException | IllegalStateException ex) {
				// pulled
			}
			boolean wasBroken = mend();
			String after = picture.get();
			if (!after.equals(before)) {
				assertThat(step).as("steps that were broken").isGreaterThan(3);
				if (wasBroken) {
					action.run();
					assertThat(picture.get()).as("tried again after a crash at step %d", step).isEqualTo(after);
				}
				return;
			}
			assertThat(wasBroken).as("something happens in the end").isTrue();
			between.run();
		}
	}

	private synchronized void step() throws SQLException {
		if (this.whose == Thread.currentThread() && --this.left <= 0) {
			this.broken = true;
			throw new SQLException("The test pulls the plug", "08006");
		}
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					if (STEPS.contains(method.getName())) {
						step();
					}
					try {
						return method.invoke(connection, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

}
