package routes.availability;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

import routes.availability.AgentReply.Period;

/**
 * Picks the days out of a text, as they are meant on the day of the message.
 * <ul>
 * <li>A day without a year is the next one, or one of the last 60 days.
 * <li>A weekday is the next one after today, "next Monday" the Monday of the next week.
 * <li>"Next week" begins on Monday, "next month" on its first, "by the end of the month"
 * is its last day, "in December" its first.
 * <li>Days in digits are written day first, as in Nigeria and France.
 * <li>What is over ("yesterday", "since Monday", "two weeks ago") is no day.
 * </ul>
 */
final class DateReader {

	private static final int RECENT = 60;

	private static final int FARTHEST_YEARS = 10;

	private final List<Piece> pieces;

	private final LocalDate today;

	private final List<Day> days = new ArrayList<>();

	private final BitSet used = new BitSet();

	DateReader(List<Piece> pieces, LocalDate today) {
		this.pieces = pieces;
		this.today = today;
		int at = 0;
		while (at < pieces.size()) {
			Match match = match(at);
			if (match != null) {
				add(match, at);
				at = match.to();
			}
			else {
				at++;
			}
		}
	}

	/**
	 * The days in the text's order.
	 * @return may be empty
	 */
	List<Day> days() {
		return this.days;
	}

	/**
	 * The tokens that belong to days, with their prepositions.
	 * @return their indexes
	 */
	BitSet used() {
		return this.used;
	}

	private void add(Match match, int at) {
		int from = at;
		Relation relation = Relation.NONE;
		boolean over = match.date() == null;
		while (from > 0 && preposition(from - 1) != null) {
			from--;
			Relation found = preposition(from);
			if (found == Relation.FROM || found == Relation.UNTIL) {
				relation = found;
			}
			over |= this.pieces.get(from).is(Figure.LAST);
		}
		this.used.set(this.pieces.get(from).from(), this.pieces.get(match.to() - 1).to());
		LocalDate date = match.date();
		if (!over && Math.abs(ChronoUnit.YEARS.between(this.today, date)) <= FARTHEST_YEARS) {
			this.days.add(new Day(date, relation, this.pieces.get(at).from()));
		}
	}

	private Relation preposition(int at) {
		Piece piece = this.pieces.get(at);
		if (piece.figure() == null) {
			return null;
		}
		return switch (piece.figure()) {
			case FROM -> Relation.FROM;
			case UNTIL -> Relation.UNTIL;
			case ON, IN, THIS, LAST -> Relation.NONE;
			default -> null;
		};
	}

	/** The longest day that begins at a piece; null for none, its date null if over. */
	private Match match(int at) {
		Piece piece = this.pieces.get(at);
		if (piece.token().kind() == Token.Kind.DATE) {
			return digits(at);
		}
		if (piece.isNumber()) {
			Match day = dayOfMonth(at);
			return (day != null) ? day : span(at, at);
		}
		if (piece.figure() == null) {
			return null;
		}
		return switch (piece.figure()) {
			case DAY -> new Match(this.today.plusDays(Integer.parseInt(piece.value())), at + 1);
			case MONTH, MAYBE_MONTH -> month(at);
			case WEEKDAY, MAYBE_WEEKDAY -> weekday(at);
			case NEXT -> next(at);
			case THIS -> (isWeekday(at + 1)) ? new Match(thisWeekday(value(at + 1)), at + 2) : null;
			case LAST -> last(at);
			case IN -> span(at + 1, at);
			case NUMBER -> span(at, at);
			case END, MIDDLE, BEGINNING -> partOf(at);
			case PERIOD, UNIT -> period(at);
			default -> null;
		};
	}

	private Match digits(int at) {
		String[] parts = this.pieces.get(at).token().text().split("[-/.]");
		int[] numbers = new int[3];
		for (int part = 0; part < 3; part++) {
			numbers[part] = Integer.parseInt(parts[part]);
		}
		boolean yearFirst = parts[0].length() == 4;
		int year = yearFirst ? numbers[0] : numbers[2];
		return match(date((year < 100) ? 2000 + year : year, numbers[1], yearFirst ? numbers[2] : numbers[0]), at + 1);
	}

	/** "1 Dec", "1st of December 2026", "the 15th", "1/12" after a preposition. */
	private Match dayOfMonth(int at) {
		Piece number = this.pieces.get(at);
		if (!number.isWhole(1, 31)) {
			return null;
		}
		int next = at + 1;
		boolean ordinal = is(next, Figure.ORDINAL) && number.touches(this.pieces.get(next));
		if (ordinal) {
			next++;
		}
		int month = (is(next, Figure.ON) || isSign(next, '-')) ? next + 1 : next;
		if (is(month, Figure.MONTH, Figure.MAYBE_MONTH)) {
			return inYear(value(month), number.whole(), month + 1);
		}
		if (!ordinal && isSign(next, '/') && is(at - 1, Figure.FROM, Figure.UNTIL, Figure.ON)
				&& next + 1 < this.pieces.size() && this.pieces.get(next + 1).isWhole(1, 12)
				&& !isSign(next + 2, '/')) {
			return inYear(this.pieces.get(next + 1).whole(), number.whole(), next + 2);
		}
		boolean plain = is(at - 1, Figure.ON, Figure.FROM)
				&& this.pieces.get(at - 1).token().text().matches("le|du|au|a|partir|depuis");
		if ((ordinal && is(at - 1, Figure.FROM, Figure.UNTIL, Figure.ON)) || (plain && isEnd(next))) {
			return is(next, Figure.MEASURE) ? null : new Match(nextDayOfMonth(number.whole()), next);
		}
		return null;
	}

	/** "Dec 1", "December 1st, 2026", "from December". */
	private Match month(int at) {
		int month = value(at);
		if (at + 1 < this.pieces.size() && this.pieces.get(at + 1).isWhole(1, 31)
				&& !is(at + 2, Figure.SCALE, Figure.CURRENCY)) {
			int next = at + 2;
			if (is(next, Figure.ORDINAL) && this.pieces.get(at + 1).touches(this.pieces.get(next))) {
				next++;
			}
			return inYear(month, this.pieces.get(at + 1).whole(), next);
		}
		boolean sure = this.pieces.get(at).is(Figure.MONTH);
		boolean said = is(at - 1, Figure.FROM, Figure.UNTIL, Figure.IN, Figure.NEXT)
				|| (is(at - 1, Figure.ON) && !this.pieces.get(at - 1).token().text().matches("the|for|le"));
		if (sure && said || said && isEnd(at + 1)) {
			Match first = inYear(month, 1, at + 1);
			// The first of the present month is over, the month is not.
			boolean present = first.date() != null && first.date().getMonth() == this.today.getMonth()
					&& first.date().isBefore(this.today);
			return present ? new Match(this.today, first.to()) : first;
		}
		return null;
	}

	/** A day and a month, and the year if it stands there. */
	private Match inYear(int month, int day, int next) {
		int year = isSign(next, ',') ? next + 1 : next;
		if (year < this.pieces.size() && this.pieces.get(year).isWhole(2000, 2100)) {
			return match(date(this.pieces.get(year).whole(), month, day), year + 1);
		}
		LocalDate thisYear = date(this.today.getYear(), month, day);
		if (thisYear != null && thisYear.isBefore(this.today.minusDays(RECENT))) {
			return match(date(this.today.getYear() + 1, month, day), next);
		}
		return match(thisYear, next);
	}

	/** "Monday", "Monday next week", "lundi prochain", "last Monday". */
	private Match weekday(int at) {
		boolean sure = this.pieces.get(at).is(Figure.WEEKDAY);
		if (!sure && !is(at - 1, Figure.FROM, Figure.UNTIL, Figure.ON)) {
			return null;
		}
		int day = value(at);
		if (is(at + 1, Figure.NEXT)) {
			boolean week = isUnit(at + 2, Period.WEEK);
			return new Match(nextWeek(day), week ? at + 3 : at + 2);
		}
		if (is(at + 1, Figure.LAST)) {
			return new Match(null, at + 2);
		}
		return new Match(this.today.with(TemporalAdjusters.next(DayOfWeek.of(day))), at + 1);
	}

	/**
	 * "next Monday", "next week", "next week Monday", "next two weeks", "next December".
	 */
	private Match next(int at) {
		if (isWeekday(at + 1)) {
			return new Match(nextWeek(value(at + 1)), at + 2);
		}
		if (isUnit(at + 1, Period.WEEK)) {
			return isWeekday(at + 2) ? new Match(nextWeek(value(at + 2)), at + 3) : new Match(nextWeek(1), at + 2);
		}
		if (isUnit(at + 1, Period.MONTH)) {
			return new Match(nextMonth(), at + 2);
		}
		if (isUnit(at + 1, Period.YEAR)) {
			return new Match(this.today.with(TemporalAdjusters.firstDayOfNextYear()), at + 2);
		}
		return span(at + 1, at);
	}

	/** "last week", "yesterday", "since two weeks": over. */
	private Match last(int at) {
		if (at + 1 >= this.pieces.size()) {
			return null;
		}
		if (is(at + 1, Figure.PERIOD, Figure.UNIT, Figure.MONTH, Figure.WEEKDAY, Figure.MAYBE_WEEKDAY)) {
			return new Match(null, at + 2);
		}
		return null;
	}

	/** "two weeks" after "in", before "time" or "from now"; "two weeks ago" is over. */
	private Match span(int at, int from) {
		if (at >= this.pieces.size()) {
			return null;
		}
		Piece count = this.pieces.get(at);
		int number;
		if (count.isWhole(1, 400)) {
			number = count.whole();
		}
		else if (count.is(Figure.NUMBER) && count.value().matches("[1-9]\\d?")) {
			number = Integer.parseInt(count.value());
		}
		// "a week" is one phrase: a period of rents
		else if (count.is(Figure.PERIOD) && count.to() - count.from() == 2) {
			return span(count, 1, at + 1, from != at);
		}
		else {
			return null;
		}
		return is(at + 1, Figure.UNIT, Figure.PERIOD) ? span(this.pieces.get(at + 1), number, at + 2, from != at)
				: null;
	}

	private Match span(Piece unit, int number, int to, boolean announced) {
		if (is(to, Figure.AGO, Figure.LAST)) {
			return new Match(null, to + 1);
		}
		boolean time = to < this.pieces.size() && this.pieces.get(to).token().text().equals("time");
		boolean fromNow = is(to, Figure.FROM) && to + 1 < this.pieces.size()
				&& this.pieces.get(to + 1).token().text().matches("now|today");
		if (!announced && !time && !fromNow) {
			return null;
		}
		LocalDate date = switch (period(unit)) {
			case DAY -> this.today.plusDays(number);
			case WEEK -> this.today.plusWeeks(number);
			case MONTH -> this.today.plusMonths(number);
			case YEAR -> this.today.plusYears(number);
		};
		return new Match(date, time ? to + 1 : fromNow ? to + 2 : to);
	}

	/** "end of the month", "fin décembre", "mid next month", "early December". */
	private Match partOf(int at) {
		Figure part = this.pieces.get(at).figure();
		int next = at + 1;
		while (is(next, Figure.ON) || is(next, Figure.THIS)) {
			next++;
		}
		boolean following = is(next, Figure.NEXT);
		if (following) {
			next++;
		}
		if (is(next, Figure.MONTH, Figure.MAYBE_MONTH)) {
			LocalDate first = inYear(value(next), 1, next + 1).date();
			// "End of November" said in November: its first may be over, its end is not.
			LocalDate month = (first.getMonth() == this.today.getMonth()) ? this.today.withDayOfMonth(1) : first;
			return new Match(part(part, month, Period.MONTH), next + 1);
		}
		if (!is(next, Figure.PERIOD, Figure.UNIT)) {
			return null;
		}
		Period period = period(this.pieces.get(next));
		int to = next + 1;
		if (is(to, Figure.NEXT)) {
			following = true;
			to++;
		}
		LocalDate begin = switch (period) {
			case WEEK ->
				this.today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).plusWeeks(following ? 1 : 0);
			case MONTH -> following ? nextMonth() : this.today.withDayOfMonth(1);
			case YEAR -> this.today.withDayOfYear(1).plusYears(following ? 1 : 0);
			case DAY -> null;
		};
		return (begin != null) ? new Match(part(part, begin, period), to) : null;
	}

	private static LocalDate part(Figure part, LocalDate begin, Period period) {
		LocalDate last = switch (period) {
			case WEEK -> begin.plusDays(6);
			case YEAR -> begin.with(TemporalAdjusters.lastDayOfYear());
			default -> begin.with(TemporalAdjusters.lastDayOfMonth());
		};
		return switch (part) {
			case END -> last;
			case MIDDLE -> begin.plusDays(ChronoUnit.DAYS.between(begin, last) / 2);
			default -> begin;
		};
	}

	/** "semaine prochaine", "month end"; "a week ago". */
	private Match period(int at) {
		if (is(at + 1, Figure.NEXT)) {
			Match next = switch (period(this.pieces.get(at))) {
				case WEEK -> new Match(nextWeek(1), at + 2);
				case MONTH -> new Match(nextMonth(), at + 2);
				case YEAR -> new Match(this.today.with(TemporalAdjusters.firstDayOfNextYear()), at + 2);
				case DAY -> null;
			};
			return next;
		}
		if (is(at + 1, Figure.LAST, Figure.AGO)) {
			return new Match(null, at + 2);
		}
		boolean end = at + 1 < this.pieces.size() && this.pieces.get(at + 1).token().text().matches("end|ending");
		if (end && isUnit(at, Period.MONTH)) {
			return new Match(part(Figure.END, this.today.withDayOfMonth(1), Period.MONTH), at + 2);
		}
		return span(at, at);
	}

	private LocalDate nextWeek(int day) {
		return this.today.with(TemporalAdjusters.next(DayOfWeek.MONDAY)).plusDays(day - 1);
	}

	private LocalDate thisWeekday(int day) {
		return this.today.with(TemporalAdjusters.nextOrSame(DayOfWeek.of(day)));
	}

	private LocalDate nextMonth() {
		return this.today.with(TemporalAdjusters.firstDayOfNextMonth());
	}

	private LocalDate nextDayOfMonth(int day) {
		for (int month = 0; month < 3; month++) {
			LocalDate first = this.today.withDayOfMonth(1).plusMonths(month);
			if (day <= first.lengthOfMonth() && !first.withDayOfMonth(day).isBefore(this.today)) {
				return first.withDayOfMonth(day);
			}
		}
		throw new IllegalStateException("There is no day " + day + " in three months");
	}

	private static LocalDate date(int year, int month, int day) {
		try {
			return LocalDate.of(year, month, day);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/** A day that no month has is none, but its digits still belong to it. */
	private static Match match(LocalDate date, int to) {
		return new Match(date, to);
	}

	private boolean is(int at, Figure... figures) {
		return at >= 0 && at < this.pieces.size() && this.pieces.get(at).is(figures);
	}

	private boolean isSign(int at, char sign) {
		return at < this.pieces.size() && this.pieces.get(at).token().is(sign);
	}

	private boolean isWeekday(int at) {
		return is(at, Figure.WEEKDAY, Figure.MAYBE_WEEKDAY);
	}

	private boolean isUnit(int at, Period period) {
		return is(at, Figure.PERIOD, Figure.UNIT) && period(this.pieces.get(at)) == period;
	}

	/** Nothing, or a sign that ends a clause. */
	private boolean isEnd(int at) {
		return at >= this.pieces.size() || this.pieces.get(at).token().kind() == Token.Kind.SIGN;
	}

	private int value(int at) {
		return Integer.parseInt(this.pieces.get(at).value());
	}

	private static Period period(Piece piece) {
		return Period.valueOf(piece.value().toUpperCase(Locale.ROOT));
	}

	/** How a day stands in its sentence. */
	enum Relation {

		/** From that day on. */
		FROM,
		/** Until that day. */
		UNTIL,
		/** On that day, or just named. */
		NONE

	}

	/**
	 * A day that the text names.
	 *
	 * @param date the day
	 * @param relation how it stands in its sentence
	 * @param token the index of its first token
	 */
	record Day(LocalDate date, Relation relation, int token) {
	}

	private record Match(LocalDate date, int to) {
	}

}
