package routes.inspections;

/**
 * What an inspector reports, ready for the platform.
 *
 * @param visit what is reported on which inspection
 * @param words notes or a reason, null for none
 */
public record VisitReport(Visit visit, String words) {
}
