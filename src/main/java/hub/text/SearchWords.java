package hub.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what somebody looks for from their own words, such as "2 bed in Yaba under 3m".
 * Words that name no home, no price and no number of rooms are no search: a wrong search
 * hides what was meant, and the visitor can always choose.
 */
public final class SearchWords {

	private static final String AMOUNT = "(?:₦|ngn|n|\\$|fcfa)?\\s?(\\d[\\d,.]*)\\s?(k|m|million|millions|thousand|mille)?\\b";

	private static final Pattern BETWEEN = Pattern
		.compile("\\b(?:between|from|entre|de)?\\s?" + AMOUNT + "\\s?(?:-|–|and|to|et|a)\\s?" + AMOUNT);

	private static final Pattern MOST = Pattern.compile(
			"(?:\\b(?:under|below|less than|max|maximum|at most|up to|not more than|within|budget(?: of| is)?|moins de|jusqu'a|sous|au plus)|<)\\s?(?:of\\s|de\\s)?"
					+ AMOUNT);

	private static final Pattern LEAST = Pattern.compile(
			"(?:\\b(?:over|above|more than|min|minimum|at least|from|starting at|plus de|a partir de|au moins)|>)\\s?(?:of\\s|de\\s)?"
					+ AMOUNT);

	/** An amount that can be nothing but money is the most that is to be paid. */
	private static final Pattern MONEY = Pattern.compile(
			"(?:₦|\\bngn|\\bn|\\$)\\s?(\\d[\\d,.]*)\\s?(k|m|million|millions|thousand|mille)?\\b|\\b(\\d[\\d,.]*)\\s?(k|m|million|millions|thousand|mille)\\b");

	private static final Pattern PERIOD = Pattern.compile(
			"(?:/|\\b(?:per|a|par|an)\\s)\\s?(?:annum|year|month|week|night|day|an|mois|semaine|nuit)\\b|\\b(?:naira|yearly|monthly)\\b");

	private static final Map<String, Integer> NUMBERS = Map.ofEntries(Map.entry("one", 1), Map.entry("two", 2),
			Map.entry("three", 3), Map.entry("four", 4), Map.entry("five", 5), Map.entry("six", 6), Map.entry("un", 1),
			Map.entry("une", 1), Map.entry("deux", 2), Map.entry("trois", 3), Map.entry("quatre", 4),
			Map.entry("cinq", 5));

	private static final Pattern BEDROOMS = Pattern.compile("\\b(\\d{1,2}|" + String.join("|", NUMBERS.keySet())
			+ ")[\\s-]?(?:bed(?:room)?s?|beds?room|br|bdrms?|bhk|chambres?(?: a coucher)?)\\b");

	/** What homes are called, and what the platform calls that kind. */
	private static final Map<String, String> KINDS = kinds();

	/** A home of any kind. */
	private static final Set<String> HOMES = Set.of("home", "homes", "place", "places", "property", "properties",
			"listing", "listings", "accommodation", "rent", "rental", "rentals", "logement", "logements", "bien",
			"biens", "louer", "location", "annonces");

	/** Says that something is looked for. */
	private static final Pattern WISH = Pattern.compile(
			"\\b(?:looking for|show(?: me)?|find(?: me)?|search(?: for)?|browse|anything|any|need|want|cherche|montre[rz]?(?: moi)?|trouve[rz]?(?: moi)?|voir)\\b");

	/** What neither names a place nor anything else. */
	private static final Set<String> FILLERS = Set.of("i", "im", "i'm", "am", "we", "looking", "for", "a", "an", "the",
			"need", "want", "show", "me", "find", "search", "any", "anything", "some", "please", "pls", "with", "to",
			"let", "is", "are", "there", "do", "you", "have", "got", "available", "in", "at", "around", "near", "and",
			"or", "of", "on", "my", "hi", "hello", "good", "nice", "new", "je", "cherche", "un", "une", "des", "de",
			"le", "la", "les", "du", "dans", "au", "aux", "pour", "avec", "moi", "montrez", "montrer", "montre",
			"trouvez", "trouver", "voir", "vers", "pres", "bonjour", "svp", "chez", "browse", "all", "budget", "per",
			"'d", "would", "like", "id", "i'd");

	/** What places are called for short. */
	private static final Map<String, String> PLACES = Map.of("vi", "victoria island", "v.i", "victoria island", "v.i.",
			"victoria island");

	private static final int LONGEST_PLACE = 3;

	private static final int LONGEST_TEXT = 200;

	private static final long LEAST_MONEY = 1000;

	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	private SearchWords() {
	}

	private static Map<String, String> kinds() {
		Map<String, String> kinds = new LinkedHashMap<>();
		kinds.put("short[ -]?lets?", "short_let");
		kinds.put("serviced apartments?", "short_let");
		kinds.put("flats?|apartments?|appartements?|apt", "apartment");
		kinds.put("house|houses|duplex(?:es)?|bungalows?|terraces?|villas?|maisons?|mansions?", "house");
		kinds.put("office spaces?|offices?|bureaux?", "office");
		kinds.put("shops?|stores?|boutiques?", "shop");
		kinds.put("rooms?|self[ -]?con(?:tain(?:ed)?)?|chambres?", "room");
		return kinds;
	}

	/**
	 * Reads a text.
	 * @param text what somebody wrote
	 * @return what they look for, with nothing set for homes of any kind; empty if it is
	 * no search
	 */
	public static Optional<Search> read(String text) {
		if (text.length() > LONGEST_TEXT) {
			return Optional.empty();
		}
		Reading reading = new Reading(fold(text));
		return reading.search();
	}

	/**
	 * Folds case, accents, apostrophes and blanks.
	 * @param text what somebody wrote
	 * @return the same in plain small letters
	 */
	public static String fold(String text) {
		String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD).replace('’', '\'');
		return MARKS.matcher(decomposed)
			.replaceAll("")
			.toLowerCase(Locale.ROOT)
			.replaceAll("[\\s\\p{Z}]+", " ")
			.strip();
	}

	/**
	 * The full name of a place that is called something shorter.
	 * @param name such as {@code VI}
	 * @return such as {@code victoria island}; the same if it has no short form
	 */
	public static String place(String name) {
		return PLACES.getOrDefault(fold(name), name);
	}

	/** A text of which piece by piece is understood and taken away. */
	private static final class Reading {

		private String rest;

		private Long least;

		private Long most;

		private Integer bedrooms;

		private String kind;

		private Reading(String text) {
			this.rest = text;
		}

		private Optional<Search> search() {
			boolean wished = WISH.matcher(this.rest).find();
			readBedrooms();
			readPrices();
			readKind();
			boolean homes = false;
			List<String> left = new ArrayList<>();
			for (String word : this.rest.replaceAll("[^\\p{L}\\p{N}'. -]", " ").split("[ ]+")) {
				String bare = word.replaceAll("^[.'-]+|[.'-]+$", "");
				if (HOMES.contains(bare)) {
					homes = true;
				}
				else if (!bare.isEmpty() && !FILLERS.contains(bare)) {
					left.add(bare);
				}
			}
			boolean certain = this.bedrooms != null || this.most != null || this.least != null || this.kind != null;
			if (left.size() > LONGEST_PLACE || !(certain || homes || (wished && !left.isEmpty()))) {
				return Optional.empty();
			}
			String words = left.isEmpty() ? null
					: Arrays.stream(String.join(" ", left).split(" "))
						.map((word) -> PLACES.getOrDefault(word, word))
						.reduce((a, b) -> a + " " + b)
						.orElseThrow();
			return Optional.of(new Search(words, this.least, this.most, this.bedrooms, this.kind));
		}

		private void readBedrooms() {
			Matcher found = BEDROOMS.matcher(this.rest);
			if (found.find()) {
				String number = found.group(1);
				this.bedrooms = NUMBERS.containsKey(number) ? NUMBERS.get(number) : Integer.valueOf(number);
				take(found);
			}
		}

		private void readPrices() {
			Matcher between = BETWEEN.matcher(this.rest);
			if (between.find()) {
				String unit = (between.group(2) != null) ? between.group(2) : between.group(4);
				Long from = money(between.group(1), unit);
				Long to = money(between.group(3), between.group(4));
				if (from != null && to != null && from < to) {
					this.least = from;
					this.most = to;
					take(between);
				}
			}
			Matcher most = MOST.matcher(this.rest);
			if (this.most == null && most.find() && money(most.group(1), most.group(2)) != null) {
				this.most = money(most.group(1), most.group(2));
				take(most);
			}
			Matcher least = LEAST.matcher(this.rest);
			if (this.least == null && least.find() && money(least.group(1), least.group(2)) != null) {
				this.least = money(least.group(1), least.group(2));
				take(least);
			}
			Matcher money = MONEY.matcher(this.rest);
			if (this.most == null && this.least == null && money.find()) {
				this.most = (money.group(1) != null) ? money(money.group(1), money.group(2))
						: money(money.group(3), money.group(4));
				take(money);
			}
			if (this.most != null || this.least != null) {
				this.rest = PERIOD.matcher(this.rest).replaceAll(" ");
			}
		}

		private void readKind() {
			for (Map.Entry<String, String> name : KINDS.entrySet()) {
				Matcher found = Pattern.compile("\\b(?:" + name.getKey() + ")\\b").matcher(this.rest);
				if (found.find()) {
					this.kind = name.getValue();
					this.rest = found.replaceAll(" ");
					return;
				}
			}
		}

		private void take(Matcher found) {
			this.rest = this.rest.substring(0, found.start()) + " " + this.rest.substring(found.end());
		}

		/** Null for what is too little to be money. */
		private static Long money(String number, String unit) {
			String digits = number.replaceAll("[.,]+$", "");
			boolean grouped = digits.matches("\\d{1,3}([.,]\\d{3})+");
			double amount;
			try {
				amount = Double.parseDouble(grouped ? digits.replaceAll("[.,]", "") : digits.replace(',', '.'));
			}
			catch (NumberFormatException ex) {
				return null;
			}
			if (unit != null) {
				amount *= (unit.startsWith("m") && !unit.equals("mille")) ? 1_000_000 : 1000;
			}
			return (amount >= LEAST_MONEY && amount <= 1e12) ? Math.round(amount) : null;
		}

	}

}
