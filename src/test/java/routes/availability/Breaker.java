package routes.availability;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A database that fails at the statement, or the commit, that a test says.
 */
final class Breaker extends DelegatingDataSource {

	private static final Set<String> STEPS = Set.of("prepareStatement", "commit");

	private int left = Integer.MAX_VALUE;

	private boolean broken;

	private Thread whose;

	Breaker(DataSource dataSource) {
		super(dataSource);
	}

	/**
	 * Fails once, for this thread.
	 * @param step the how many-th statement or commit from now on fails, from 1
	 */
	synchronized void breakAt(int step) {
		this.left = step;
		this.broken = false;
		this.whose = Thread.currentThread();
	}

	/**
	 * Fails no more.
	 * @return whether it has failed since {@link #breakAt}
	 */
	synchronized boolean mend() {
		this.left = Integer.MAX_VALUE;
		return this.broken;
	}

	private synchronized void step() throws SQLException {
		if (this.whose == Thread.currentThread() && --this.left == 0) {
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
