package routes.listings;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import hub.channel.Text;
import hub.contact.Preferences;
import hub.contact.Wishes;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Platform;
import hub.platform.Property;
import hub.platform.PropertyFilter;
import hub.text.Search;
import hub.text.SearchWords;
import hub.text.Texts;
import hub.turn.Options;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

/**
 * Asks seekers what they look for, field by field or in their own words. There are two
 * such forms: the filter of what is being looked through, and the preference for the long
 * run.
 */
@Component("wishForm")
public class WishForm {

	/** What a choice of the form says to show the homes. */
	public static final String SHOW = "SHOW";

	/** What it says where everything has been said. */
	public static final String SAID = "SAID";

	private static final String FILTER = "filter";

	private static final String ANY = "any";

	/** So many listings tell what areas and kinds there are. */
	private static final int SAMPLE = 100;

	/** The rows of one list (Meta: 10) beside "any" and "back". */
	private static final int MOST_CHOICES = 8;

	/** Who says "5" means millions, or nothing that can be known. */
	private static final BigDecimal LEAST_RENT = BigDecimal.TEN;

	private static final int MOST_BEDROOMS = 5;

	private static final int LONGEST_AREA = 40;

	private static final Pattern DIGITS = Pattern.compile("\\D*(\\d{1,2})\\D*");

	private static final Pattern FIRST_LETTERS = Pattern.compile("(?<![\\p{L}\\p{M}'’])\\p{Ll}");

	private final Platform platform;

	private final Preferences preferences;

	private final Searches searches;

	private final RentReader rents;

	private final ListingWords words;

	private final Options options;

	private final Texts texts;

	public WishForm(Platform platform, Preferences preferences, Searches searches, RentReader rents, ListingWords words,
			Options options, Texts texts) {
		this.platform = platform;
		this.preferences = preferences;
		this.searches = searches;
		this.rents = rents;
		this.words = words;
		this.options = options;
		this.texts = texts;
	}

	/**
	 * Takes a choice of the form.
	 * @param turn the turn
	 * @param form {@code filter} or {@code preferences}, which is the action's id too
	 * @param objects what the choice names: nothing for the form itself, a field to be
	 * asked for, or a field and its value
	 * @return {@link #SHOW} if homes are to be shown now, else {@link #SAID}
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 * which areas there are
	 */
	public String choose(Turn turn, String form, List<String> objects) {
		String field = objects.isEmpty() ? "" : objects.get(0);
		String value = (objects.size() > 1) ? objects.get(1) : null;
		Wishes wishes = wishes(turn, form);
		switch (field) {
			case "show" -> {
				return SHOW;
			}
			case "keep" -> {
				keepAll(turn, "preferences", wishes);
				turn.leaveDialogue();
				String kept = this.texts.say(turn.language(), "wish.kept", this.words.summary(wishes, turn.language()));
				turn.reply(
						OutboundMessage.text(kept)
							.withOptions(List.of(row(turn, "filter:show", "wish.show"),
									this.options.of(turn, "seeker_notifications"), this.options.of(turn, "main_menu")),
									null));
			}
			case ANY -> clear(turn, form);
			case "area" -> {
				if (value == null || slug(value).isEmpty()) {
					put(turn, form, field, areas());
				}
				else {
					change(turn, form, wishes, wishes.withArea(value.equals(ANY) ? null : area(value)));
				}
			}
			case "kind" -> {
				if (value == null || !(value.equals(ANY) || isKind(turn, value))) {
					put(turn, form, field, kinds(turn));
				}
				else {
					change(turn, form, wishes, wishes.withRentType(value.equals(ANY) ? null : value));
				}
			}
			case "bedrooms" -> {
				if (value == null || !value.matches("\\d{1,2}|" + ANY)) {
					put(turn, form, field, rooms(turn));
				}
				else {
					change(turn, form, wishes, wishes.withBedrooms(value.equals(ANY) ? null : Integer.valueOf(value)));
				}
			}
			case "rent" -> {
				if (value == null) {
					put(turn, form, field, Map.of());
				}
				else {
					change(turn, form, wishes, wishes.withPrices(null, null));
				}
			}
			default -> show(turn, form, wishes,
					this.texts.say(turn.language(), form.equals(FILTER) ? "wish.ask.filter" : "wish.ask.preferences"));
		}
		return SAID;
	}

	/**
	 * Takes words that answer the form.
	 * @param turn the turn
	 * @param form {@code filter} or {@code preferences}
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 * which areas there are
	 */
	public void hear(Turn turn, String form) {
		String field = turn.sender().dialogue().data();
		String text = turn.message().text();
		Wishes wishes = wishes(turn, form);
		read(field, text, wishes).ifPresentOrElse((changed) -> change(turn, form, wishes, changed),
				() -> show(turn, form, wishes, this.texts.say(turn.language(), "wish.unclear")));
	}

	/**
	 * Takes words that answer nothing for what a seeker looks for. Words that may be a
	 * place and nothing else must be one: most sentences are no search.
	 * @param turn the turn
	 * @return the search; null if the words are none
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 * which areas there are
	 */
	public SearchState search(Turn turn) {
		Optional<Search> search = SearchWords.read(turn.message().text());
		if (search.isEmpty() || (count(search.get()) == 1 && search.get().words() != null
				&& known(search.get().words()).isEmpty())) {
			return null;
		}
		return SearchState.of(all(turn.message().text(), Wishes.ANY)
			.orElseGet(() -> this.preferences.wishes(turn.account().userId())));
	}

	/**
	 * Reads words that answer the form.
	 * @param field which was asked for, null for none
	 * @param text the words
	 * @param wishes what was looked for before
	 * @return what is looked for now; empty if that is unclear
	 */
	Optional<Wishes> read(String field, String text, Wishes wishes) {
		Optional<Wishes> answer = (field != null) ? one(field, text, wishes) : Optional.empty();
		return answer.or(() -> all(text, wishes));
	}

	/** Words in answer to the question for one field. */
	private Optional<Wishes> one(String field, String text, Wishes wishes) {
		return switch (field) {
			case "area" -> isPlace(text) ? Optional.of(wishes.withArea(area(text))) : Optional.empty();
			case "bedrooms" -> Optional.of(DIGITS.matcher(text))
				.filter((number) -> number.matches())
				.map((number) -> Integer.valueOf(number.group(1)))
				.or(() -> SearchWords.read(text + " bedrooms")
					.filter((search) -> count(search) == 1)
					.map(Search::bedrooms))
				.map(wishes::withBedrooms);
			case "rent" -> this.rents.read(text)
				.filter((most) -> most.compareTo(LEAST_RENT) >= 0)
				.map((most) -> wishes.withPrices(null, most));
			default -> Optional.empty();
		};
	}

	/** A name, and not a sentence of several wishes. */
	private static boolean isPlace(String text) {
		return !Text.isBlank(name(text)) && text.strip().length() <= LONGEST_AREA
				&& text.codePoints().noneMatch(Character::isDigit);
	}

	/**
	 * Words that may name everything at once; several wishes take the place of all that
	 * were.
	 */
	private Optional<Wishes> all(String text, Wishes wishes) {
		return SearchWords.read(text).filter((search) -> count(search) > 0).map((search) -> {
			Wishes heard = (count(search) > 1) ? Wishes.ANY : wishes;
			if (search.words() != null) {
				heard = heard.withArea(area(search.words()));
			}
			if (search.minPrice() != null || search.maxPrice() != null) {
				heard = heard.withPrices(amount(search.minPrice()), amount(search.maxPrice()));
			}
			if (search.bedrooms() != null) {
				heard = heard.withBedrooms(search.bedrooms());
			}
			return (search.rentType() != null) ? heard.withRentType(search.rentType()) : heard;
		});
	}

	private static long count(Search search) {
		boolean rent = search.minPrice() != null || search.maxPrice() != null;
		return Stream.of(search.words() != null, rent, search.bedrooms() != null, search.rentType() != null)
			.filter((named) -> named)
			.count();
	}

	private static BigDecimal amount(Long number) {
		return (number != null) ? BigDecimal.valueOf(number) : null;
	}

	private Wishes wishes(Turn turn, String form) {
		Optional<Wishes> looked = form.equals(FILTER) ? this.searches.find(turn.contact().id()).map(SearchState::wishes)
				: Optional.empty();
		return looked.orElseGet(() -> this.preferences.wishes(turn.account().userId()));
	}

	private void keepAll(Turn turn, String form, Wishes wishes) {
		if (form.equals(FILTER)) {
			this.searches.keep(turn, SearchState.of(wishes));
			return;
		}
		turn.change((database) -> this.preferences.keep(database, turn.account().userId(), wishes, turn.now()));
	}

	private void clear(Turn turn, String form) {
		keepAll(turn, form, Wishes.ANY);
		show(turn, form, Wishes.ANY, this.texts.say(turn.language(), "wish.changed"));
	}

	/** A preference is the account's: a turn of another number may change it too. */
	private void change(Turn turn, String form, Wishes before, Wishes wishes) {
		if (form.equals(FILTER)) {
			this.searches.keep(turn, SearchState.of(wishes));
		}
		else {
			turn.change((database) -> this.preferences.change(database, turn.account().userId(), before, wishes,
					turn.now()));
		}
		show(turn, form, wishes, this.texts.say(turn.language(), "wish.changed"));
	}

	/** The form as it is filled in now, which waits for words too. */
	private void show(Turn turn, String form, Wishes wishes, String words) {
		boolean filter = form.equals(FILTER);
		turn.ask(filter ? "listings-hear-filter" : "listings-hear-preferences", null, Turn.PATIENCE);
		List<Option> rows = new ArrayList<>();
		rows.add(filter ? row(turn, "filter:show", "wish.show") : this.options.of(turn, "seeker_browse"));
		rows.add(row(turn, form + ":area", "wish.area"));
		rows.add(row(turn, form + ":rent", "wish.rent"));
		rows.add(row(turn, form + ":bedrooms", "wish.bedrooms"));
		rows.add(row(turn, form + ":kind", "wish.kind"));
		if (!wishes.isAny()) {
			rows.add(row(turn, form + ":any", "wish.clear"));
		}
		rows.add(filter ? row(turn, "filter:keep", "wish.keep") : this.options.of(turn, "seeker_notifications"));
		rows.add(this.options.of(turn, "main_menu"));
		String text = words + "\n\n" + this.words.form(wishes, turn.language()) + "\n\n"
				+ this.texts.say(turn.language(), "wish.how");
		turn.reply(OutboundMessage.text(text).withOptions(rows, this.texts.say(turn.language(), "wish.open")));
	}

	private Option row(Turn turn, String token, String key) {
		return new Option(token, this.texts.say(turn.language(), key));
	}

	private void put(Turn turn, String form, String field, Map<String, String> values) {
		turn.ask(form.equals(FILTER) ? "listings-hear-filter" : "listings-hear-preferences", field, Turn.PATIENCE);
		List<Option> rows = new ArrayList<>();
		values.forEach((value, title) -> rows.add(new Option(form + ":" + field + ":" + value, title)));
		rows.add(row(turn, form + ":" + field + ":" + ANY, "wish.any"));
		rows.add(row(turn, form, "wish.back"));
		String question = switch (field) {
			case "area" -> "wish.ask.area";
			case "bedrooms" -> "wish.ask.bedrooms";
			case "kind" -> "wish.ask.kind";
			default -> "wish.ask.rent";
		};
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), question))
			.withOptions(rows, this.texts.say(turn.language(), "options.open")));
	}

	private static Map<String, String> byCount(List<Property> homes, Function<Property, String> field,
			Function<String, String> token, Function<String, String> title) {
		Map<String, Long> counts = homes.stream()
			.map(field)
			.filter((value) -> !Text.isBlank(value))
			.collect(groupingBy(String::strip, counting()));
		Map<String, String> choices = new LinkedHashMap<>();
		counts.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
				.thenComparing(Map.Entry.comparingByKey()))
			.filter((entry) -> !token.apply(entry.getKey()).isEmpty())
			.limit(MOST_CHOICES)
			.forEach((entry) -> choices.put(token.apply(entry.getKey()), title.apply(entry.getKey())));
		return choices;
	}

	private List<Property> sample() {
		return this.platform.properties(PropertyFilter.available(SAMPLE)).items();
	}

	private Map<String, String> areas() {
		return byCount(sample(), Property::area, WishForm::slug, (area) -> Text.plain(area, LONGEST_AREA));
	}

	private Map<String, String> kinds(Turn turn) {
		return byCount(sample(), Property::rentType, (kind) -> kind.matches("[A-Za-z0-9._-]{1,80}") ? kind : "",
				(kind) -> this.words.kind(kind, turn.language()));
	}

	/** A token may be old or forged, and the platform refuses kinds that are none. */
	private boolean isKind(Turn turn, String value) {
		return ListingWords.isKind(value) || kinds(turn).containsKey(value);
	}

	private Map<String, String> rooms(Turn turn) {
		Map<String, String> rooms = new LinkedHashMap<>();
		for (int n = 1; n <= MOST_BEDROOMS; n++) {
			rooms.put(Integer.toString(n), this.texts.say(turn.language(), "listing.beds", n));
		}
		return rooms;
	}

	/**
	 * An area as the platform writes it: by its name or its token, else the one that the
	 * words contain, else as it was said.
	 */
	private String area(String said) {
		return known(said).orElseGet(() -> FIRST_LETTERS.matcher(name(said))
			.replaceAll((letter) -> letter.group().toUpperCase(Locale.ROOT)));
	}

	private static String name(String said) {
		return Text.plain(said.replace('-', ' '), LONGEST_AREA);
	}

	private Optional<String> known(String said) {
		String wanted = slug(said);
		List<String> areas = sample().stream()
			.map(Property::area)
			.filter((area) -> area != null && !slug(area).isEmpty())
			.distinct()
			.toList();
		return areas.stream()
			.filter((area) -> slug(area).equals(wanted))
			.findFirst()
			.or(() -> areas.stream()
				.filter((area) -> ("-" + wanted + "-").contains("-" + slug(area) + "-"))
				.findFirst());
	}

	/** A name as a token may carry it. */
	private static String slug(String name) {
		String folded = SearchWords.fold(SearchWords.place(name)).toLowerCase(Locale.ROOT);
		return Text.cut(folded.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", ""), 80);
	}

}
