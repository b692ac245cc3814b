package routes.chat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hub.chat.Card;
import hub.chat.Cards;
import hub.chat.ChatThread;
import hub.chat.ThreadMessage;
import hub.chat.Threads;
import hub.message.Option;
import hub.platform.Page;
import hub.platform.Platform;
import hub.platform.PlatformRefusedException;
import hub.platform.Property;
import hub.platform.PropertyFilter;
import hub.text.Search;
import hub.text.Texts;
import hub.turn.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Shows homes in a thread, as cards.
 */
@Component("chatListings")
public class ChatListings {

	/** So many cards are shown at a time. */
	private static final int CARDS = 3;

	private static final Logger log = LoggerFactory.getLogger(ChatListings.class);

	private final Platform platform;

	private final Offers offers;

	private final Cards cards;

	private final Texts texts;

	private final Threads threads;

	public ChatListings(Platform platform, Offers offers, Cards cards, Texts texts, Threads threads) {
		this.platform = platform;
		this.offers = offers;
		this.cards = cards;
		this.texts = texts;
		this.threads = threads;
	}

	/**
	 * Finds the next homes. A place in the list that the platform does not know, or no
	 * longer, is the beginning; what it does not take as something to look for fits no
	 * home.
	 * @param request what the visitor wants
	 * @return a page of them
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 * @throws PlatformRefusedException if it does not take a search for anything at all
	 */
	public Page<Property> find(ChatRequest request) {
		try {
			return this.platform.properties(filter(request));
		}
		catch (PlatformRefusedException ex) {
			if (request.cursor() != null) {
				return find(request.fromTheBeginning());
			}
			if (request.search() == null) {
				throw ex;
			}
			log.warn("The platform does not take what is looked for: {}", ex.getMessage());
			return new Page<>(List.of(), null);
		}
	}

	private static PropertyFilter filter(ChatRequest request) {
		Search search = request.search();
		if (search == null) {
			return PropertyFilter.available(CARDS);
		}
		return new PropertyFilter(Property.AVAILABLE, null, null, amount(search.minPrice()), amount(search.maxPrice()),
				search.bedrooms(), search.rentType(), search.words(), CARDS, request.cursor());
	}

	private static BigDecimal amount(Long amount) {
		return (amount != null) ? BigDecimal.valueOf(amount) : null;
	}

	/**
	 * Shows what was found.
	 * @param turn the turn
	 * @param thread where
	 * @param request what the visitor wanted
	 * @param found what there is
	 */
	public void show(Turn turn, ChatThread thread, ChatRequest request, Page<Property> found) {
		List<Option> actions = new ArrayList<>();
		String text;
		if (found.items().isEmpty()) {
			text = (request.kind() == ChatRequest.Kind.BROWSE) ? "chat.nothing-at-all" : "chat.nothing-like-that";
			actions.addAll(this.offers.of(thread));
		}
		else {
			text = (request.kind() == ChatRequest.Kind.BROWSE) ? "chat.newest" : "chat.found";
			if (found.nextCursor() != null) {
				actions.add(this.offers.option(thread, ChatRequests.more(request.search(), found.nextCursor()),
						"chat.choice.more"));
			}
		}
		say(turn,
				ThreadMessage.assistant(thread.id(), this.texts.say(turn.language(), text))
					.withCards(found.items().stream().map((property) -> card(turn, property)).toList())
					.withActions(actions));
	}

	/**
	 * Shows one home in detail.
	 * @param turn the turn
	 * @param thread where
	 * @param property the home, empty if there is none any more
	 */
	public void describe(Turn turn, ChatThread thread, Optional<Property> property) {
		if (property.isEmpty()) {
			gone(turn, thread);
			return;
		}
		Property home = property.get();
		String text = (home.description() != null && !home.description().isBlank()) ? home.description().strip()
				: home.title();
		say(turn,
				ThreadMessage.assistant(thread.id(), text)
					.withCards(List.of(card(turn, home)))
					.withActions(List.of(this.offers.option(thread, "check:" + home.id(), "chat.choice.check"),
							this.offers.option(thread, "write_agent:" + home.id(), "chat.choice.write-agent"))));
	}

	/**
	 * Opens the booking of a home: the client shows its form, which the message's
	 * metadata name.
	 * @param turn the turn
	 * @param thread where
	 * @param property the home, empty if there is none any more
	 */
	public void offerBooking(Turn turn, ChatThread thread, Optional<Property> property) {
		if (property.isEmpty() || !property.get().available()) {
			gone(turn, thread);
			return;
		}
		Map<String, Object> form = new LinkedHashMap<>();
		form.put("form", "booking");
		form.put("listing_id", property.get().id());
		say(turn,
				ThreadMessage.assistant(thread.id(), this.texts.say(turn.language(), "chat.book"))
					.withMetadata(form)
					.withCards(List.of(card(turn, property.get()))));
	}

	private void gone(Turn turn, ChatThread thread) {
		say(turn, ThreadMessage.assistant(thread.id(), this.texts.say(turn.language(), "chat.gone"))
			.withActions(List.of(this.offers.option(thread, "browse", "chat.choice.browse"))));
	}

	private Card card(Turn turn, Property property) {
		return this.cards.card(property, turn.language());
	}

	private void say(Turn turn, ThreadMessage message) {
		turn.change(
				(database) -> this.threads.post(database, message.withKey(turn.item().correlationId() + ":listings")));
		turn.afterwards(() -> this.threads.wake(message.threadId()));
	}

}
