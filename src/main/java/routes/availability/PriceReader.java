package routes.availability;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import routes.availability.AgentReply.Period;
import routes.availability.AgentReply.Price;

/**
 * Picks the rent out of a text. A number is money if it has a currency or a scale
 * ({@code 750k}), or is grouped, or large and round; fees and deposits are money but no
 * rent, and of several rents none is chosen.
 */
final class PriceReader {

	private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

	/** A bare number from here on is money if it is round: 50000, not 1234567. */
	private static final BigDecimal LARGE = BigDecimal.valueOf(10_000);

	private static final BigDecimal ROUND = BigDecimal.valueOf(500);

	private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000L);

	/**
	 * What an amount and its period may have between them: "1.5m naira every single
	 * year".
	 */
	private static final int REACH = 3;

	/** The words of a number: "two hundred and fifty" is short. */
	private static final int LONGEST = 8;

	private static final Set<String> SEPARATORS = Set.of(",", ".", ";", "+", "&", "(", ")", "\n", "!", "?", "*", "•",
			"plus");

	private static final Set<String> DASHES = Set.of("-", "–", "—", "~");

	private static final Pattern GROUPED = Pattern
		.compile("\\d{1,3}([ ,]\\d{3})+(\\.\\d+)?|\\d{1,3}(\\.\\d{3}){2,}|\\d{1,3}\\.000");

	private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{3})+");

	/** One decimal mark, which groups nothing. */
	private static final Pattern DECIMAL = Pattern.compile("\\d+,\\d{1,2}");

	/** The same before a scale, where "1.250m" is no thousand millions. */
	private static final Pattern SCALED_DECIMAL = Pattern.compile("\\d+(,\\d{1,2}|\\.\\d{1,3})");

	private final List<Piece> pieces;

	private final BitSet used = new BitSet();

	private final List<Amount> amounts = new ArrayList<>();

	PriceReader(List<Piece> pieces) {
		this.pieces = pieces;
		for (int at = 0; at < pieces.size(); at++) {
			Amount amount = amount(at);
			if (amount != null) {
				this.amounts.add(amount);
				at = amount.to() - 1;
			}
		}
		joinRanges();
		this.amounts.removeIf((amount) -> !isMoney(amount));
		this.amounts.forEach((amount) -> this.used.set(tokenAt(amount.from()), tokenAt(amount.to())));
	}

	/**
	 * The tokens that belong to amounts.
	 * @return their indexes
	 */
	BitSet used() {
		return this.used;
	}

	/**
	 * The rent.
	 * @return null if the text names none, or several
	 */
	Price price() {
		List<Labelled> rents = labelled().stream()
			.filter((labelled) -> !labelled.isFee() && !labelled.has(Figure.OLD))
			.toList();
		for (Figure label : new Figure[] { Figure.NEW, Figure.RENT }) {
			List<Labelled> marked = rents.stream().filter((labelled) -> labelled.has(label)).toList();
			if (!marked.isEmpty()) {
				rents = marked;
			}
		}
		List<Labelled> periodic = rents.stream().filter((labelled) -> labelled.period() != null).toList();
		if (!periodic.isEmpty()) {
			rents = periodic;
		}
		Set<BigDecimal> different = rents.stream()
			.map((labelled) -> labelled.amount().value().stripTrailingZeros())
			.collect(Collectors.toSet());
		return (different.size() == 1) ? rents.get(0).price() : null;
	}

	private Amount amount(int at) {
		Piece piece = this.pieces.get(at);
		if (piece.isNumber()) {
			return digits(at);
		}
		return piece.is(Figure.NUMBER) ? words(at) : null;
	}

	private Amount digits(int at) {
		Piece number = this.pieces.get(at);
		Piece after = piece(at + 1);
		int from = at;
		int to = at + 1;
		String currency = null;
		Piece before = piece(at - 1);
		if (before != null && before.is(Figure.CURRENCY)) {
			currency = before.value();
			from = at - 1;
		}
		else if (before != null && isNaira(before) && (before.touches(number) || isThousands(number))) {
			currency = "NGN";
			from = at - 1;
		}
		else if (before != null && before.touches(number) && before.token().kind() == Token.Kind.WORD) {
			return null;
		}
		BigDecimal scale = BigDecimal.ONE;
		if (after != null && after.is(Figure.SCALE) && !isMeasured(at + 1)) {
			scale = new BigDecimal(after.value());
			to++;
		}
		else if (after != null && number.touches(after)
				&& (after.token().kind() == Token.Kind.WORD && !after.is(Figure.CURRENCY, Figure.PERIOD)
						|| after.token().is('%') || after.token().is('/') && !after.is(Figure.PERIOD))) {
			return null;
		}
		after = piece(to);
		if (currency == null && after != null && after.is(Figure.CURRENCY)) {
			currency = after.value();
			to++;
		}
		else if (after != null && currency == null && after.is(Figure.MEASURE, Figure.UNIT)) {
			return null;
		}
		boolean scaled = scale != BigDecimal.ONE;
		BigDecimal value = value(number.token().text(), scaled).multiply(scale);
		return new Amount(value, null, currency, scaled, isGrouped(number), from, to);
	}

	/**
	 * "two million", "five hundred thousand", "one point five million", "half a million".
	 */
	private Amount words(int at) {
		BigDecimal value = BigDecimal.ZERO;
		int to = at;
		for (; to < Math.min(this.pieces.size(), at + LONGEST); to++) {
			Piece piece = this.pieces.get(to);
			if (piece.is(Figure.NUMBER)) {
				BigDecimal number = new BigDecimal(piece.value());
				boolean hundreds = number.intValue() == 100 && value.signum() > 0;
				value = hundreds ? value.multiply(number) : value.add(number);
			}
			else if (piece.token().text().equals("point") && piece(to + 1) != null && piece(to + 1).is(Figure.NUMBER)) {
				to++;
				value = value.add(new BigDecimal(this.pieces.get(to).value()).movePointLeft(1));
			}
			else {
				break;
			}
		}
		Piece scale = piece(to);
		if (scale == null || !scale.is(Figure.SCALE) || scale.token().text().length() == 1 || isMeasured(to)) {
			return null;
		}
		String currency = null;
		to++;
		if (piece(to) != null && piece(to).is(Figure.CURRENCY)) {
			currency = piece(to).value();
			to++;
		}
		return new Amount(value.multiply(new BigDecimal(scale.value())), null, currency, true, false, at, to);
	}

	/** "1 - 1.5m", "1m to 1.2m"; what falls ("from 2m to 1.8m") is the new price. */
	private void joinRanges() {
		for (int at = 0; at + 1 < this.amounts.size(); at++) {
			Amount low = this.amounts.get(at);
			Amount high = this.amounts.get(at + 1);
			if (high.from() != low.to() + 1 || !joins(low)) {
				continue;
			}
			boolean bare = !low.scaled() && high.scaled() && low.value().compareTo(THOUSAND) < 0;
			BigDecimal factor = bare ? scaleOf(high) : BigDecimal.ONE;
			BigDecimal value = low.value().multiply(factor);
			boolean range = value.compareTo(high.value()) < 0;
			String currency = (low.currency() != null) ? low.currency() : high.currency();
			this.amounts.set(at, new Amount(range ? value : high.value(), range ? high.value() : null, currency,
					low.scaled() || high.scaled(), low.grouped() || high.grouped(), low.from(), high.to()));
			this.amounts.remove(at + 1);
		}
	}

	private boolean joins(Amount low) {
		Piece joint = this.pieces.get(low.to());
		if (joint.is(Figure.TO)) {
			Piece before = piece(low.from() - 1);
			boolean and = joint.token().text().equals("and") || joint.token().text().equals("et");
			return !and || (before != null && Set.of("between", "entre").contains(before.token().text()));
		}
		return DASHES.contains(joint.token().text()) || joint.token().text().equals("a");
	}

	private BigDecimal scaleOf(Amount amount) {
		for (int at = amount.from(); at < amount.to(); at++) {
			if (this.pieces.get(at).is(Figure.SCALE)) {
				return new BigDecimal(this.pieces.get(at).value());
			}
		}
		return BigDecimal.ONE;
	}

	private boolean isMoney(Amount amount) {
		BigDecimal value = amount.value();
		BigDecimal highest = (amount.upTo() != null) ? amount.upTo() : value;
		if (value.signum() <= 0 || highest.compareTo(MOST) > 0) {
			return false;
		}
		boolean thousands = value.compareTo(THOUSAND) >= 0;
		if (amount.currency() != null) {
			return thousands || !"NGN".equals(amount.currency());
		}
		if (amount.scaled() || (amount.grouped() && thousands)) {
			return true;
		}
		boolean large = value.compareTo(LARGE) >= 0 && value.remainder(ROUND).signum() == 0;
		return large || (thousands && (period(amount) != null));
	}

	/**
	 * Each amount with the words that speak of it. Where amounts follow each other
	 * without a comma, the first one tells whether a label stands before its amount
	 * ("rent 1m agency 100k") or after it ("1m rent 100k agency").
	 */
	private List<Labelled> labelled() {
		List<Labelled> labelled = new ArrayList<>();
		boolean follow = true;
		for (int at = 0; at < this.amounts.size(); at++) {
			Amount amount = this.amounts.get(at);
			int before = (at > 0) ? this.amounts.get(at - 1).to() : 0;
			int after = (at + 1 < this.amounts.size()) ? this.amounts.get(at + 1).from() : this.pieces.size();
			int left = segmentStart(amount.from(), before);
			int right = segmentEnd(amount.to(), after);
			boolean joined = at > 0 && left == before;
			boolean joins = at + 1 < this.amounts.size() && right == after;
			if (!joined) {
				follow = this.pieces.subList(left, amount.from())
					.stream()
					.noneMatch((piece) -> piece.is(Figure.FEE, Figure.RENT));
			}
			boolean follows = follow;
			List<Figure> labels = new ArrayList<>();
			this.pieces.subList(left, amount.from())
				.stream()
				.map(Piece::figure)
				.filter((figure) -> isOfPrice(figure) || !joined || !follows)
				.forEach(labels::add);
			this.pieces.subList(amount.to(), right)
				.stream()
				.map(Piece::figure)
				.filter((figure) -> !isOfPrice(figure) && (!joins || follows))
				.forEach(labels::add);
			labelled.add(new Labelled(amount, labels, period(amount)));
		}
		return labelled;
	}

	/** "Was", "now": they stand before their amount. */
	private static boolean isOfPrice(Figure figure) {
		return figure == Figure.OLD || figure == Figure.NEW;
	}

	private int segmentStart(int from, int least) {
		int start = from;
		while (start > least && !isSeparator(start - 1)) {
			start--;
		}
		return start;
	}

	private int segmentEnd(int to, int most) {
		int end = to;
		while (end < most && !isSeparator(end)) {
			end++;
		}
		return end;
	}

	private boolean isSeparator(int at) {
		Piece piece = this.pieces.get(at);
		return SEPARATORS.contains(piece.token().text());
	}

	/** "1.5m per year", "1.5m / yr", "1.5m for one year", "yearly rent is 1.5m". */
	private Period period(Amount amount) {
		for (int at = amount.to(); at < Math.min(this.pieces.size(), amount.to() + REACH); at++) {
			Piece piece = this.pieces.get(at);
			if (piece.is(Figure.PERIOD)) {
				Piece count = piece(at - 1);
				boolean several = count != null && at - 1 >= amount.to() && (count.isNumber() && !count.isWhole(1, 1)
						|| count.is(Figure.NUMBER) && !"1".equals(count.value()));
				return several ? null : period(piece);
			}
			if (isSeparator(at) && !piece.token().is('(') || piece.is(Figure.UNIT) || piece.isNumber()) {
				return null;
			}
		}
		for (int at = amount.from() - 1; at >= Math.max(0, amount.from() - REACH - 1); at--) {
			Piece piece = this.pieces.get(at);
			if (piece.is(Figure.PERIOD)) {
				return period(piece);
			}
			if (isSeparator(at) || piece.isNumber()) {
				return null;
			}
		}
		return null;
	}

	private static Period period(Piece piece) {
		return Period.valueOf(piece.value().toUpperCase(Locale.ROOT));
	}

	/** "500 m from the road", "120 m2": metres, not millions. */
	private boolean isMeasured(int scale) {
		Piece after = piece(scale + 1);
		return after != null
				&& (after.is(Figure.MEASURE) || (after.isNumber() && this.pieces.get(scale).touches(after)));
	}

	private static boolean isNaira(Piece piece) {
		return piece.token().kind() == Token.Kind.WORD && piece.token().text().equals("n");
	}

	private static boolean isThousands(Piece number) {
		return isGrouped(number) || number.token().text().length() >= 4;
	}

	private static boolean isGrouped(Piece number) {
		return GROUPED.matcher(number.token().text()).matches();
	}

	/**
	 * Commas and dots group thousands or begin the decimals, depending on the country.
	 */
	private static BigDecimal value(String text, boolean scaled) {
		String digits = text.replace(" ", "");
		if (DECIMAL.matcher(digits).matches() || (scaled && SCALED_DECIMAL.matcher(digits).matches())) {
			return new BigDecimal(digits.replace(',', '.'));
		}
		if (DOTTED.matcher(digits).matches()) {
			return new BigDecimal(digits.replace(".", ""));
		}
		return new BigDecimal(digits.replace(",", ""));
	}

	private Piece piece(int at) {
		return (at >= 0 && at < this.pieces.size()) ? this.pieces.get(at) : null;
	}

	private int tokenAt(int piece) {
		return (piece < this.pieces.size()) ? this.pieces.get(piece).from() : this.pieces.get(piece - 1).to();
	}

	/**
	 * An amount in the text.
	 *
	 * @param value the amount, of a range its lower end
	 * @param upTo the range's upper end, null if it is none
	 * @param currency the ISO 4217 code, null for none
	 * @param scaled whether a scale stands with it, such as k
	 * @param grouped whether its thousands are grouped
	 * @param from its first piece
	 * @param to the piece after its last
	 */
	private record Amount(BigDecimal value, BigDecimal upTo, String currency, boolean scaled, boolean grouped, int from,
			int to) {
	}

	private record Labelled(Amount amount, List<Figure> labels, Period period) {

		private boolean has(Figure label) {
			return this.labels.contains(label);
		}

		/** "5k for inspection" is a fee, "come and see it, rent 1.5m" is none. */
		private boolean isFee() {
			return has(Figure.FEE) || (has(Figure.VISIT) && !has(Figure.RENT) && this.period == null);
		}

		private Price price() {
			return new Price(plain(this.amount.value()), plain(this.amount.upTo()), this.amount.currency(),
					this.period);
		}

		private static BigDecimal plain(BigDecimal value) {
			if (value == null) {
				return null;
			}
			BigDecimal stripped = value.stripTrailingZeros();
			return (stripped.scale() < 0) ? stripped.setScale(0) : stripped;
		}

	}

}
