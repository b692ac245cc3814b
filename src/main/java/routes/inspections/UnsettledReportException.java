package routes.inspections;

import hub.platform.PlatformUnavailableException;

/**
 * A report went out to the platform, and nobody knows what became of it. Tried again
 * under its key it is taken once, and whoever takes part in the inspection is told: an
 * inspector who reports anew would be told that it is reported already, and nobody else
 * anything.
 */
public class UnsettledReportException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates it.
	 * @param failure what went wrong; not as the cause, or the turn would end as those do
	 * that have certainly changed nothing
	 */
	public UnsettledReportException(PlatformUnavailableException failure) {
		super("It is not known whether the platform has taken a report: " + failure.getMessage());
		addSuppressed(failure);
	}

}
