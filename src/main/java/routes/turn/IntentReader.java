package routes.turn;

import java.text.Normalizer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import hub.contact.PutQuestion;
import hub.message.InboundMessage;
import hub.message.Kind;
import hub.text.Consent;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * Reads what a person wants. Commands are exact: words that merely contain one are no
 * command.
 */
@Component("intentReader")
public class IntentReader {

	/** How long after its request a bare 6-digit number is taken for a code. */
	private static final Duration CODE_PENDING = Duration.ofHours(1);

	/** How long after a question words may still be its answer, closed or not. */
	private static final Duration ANSWER_EXPECTED = Duration.ofHours(48);

	private static final String OFFER_TO_LINK = "linking-request-code";

	private static final Set<String> WITH_PHOTOS = Set.of("inspections-take-notes");

	private static final Set<String> STOP = Set.of("stop", "unsubscribe", "cancel all", "opt out", "optout", "stop all",
			"arret", "arreter", "desabonner", "se desabonner");

	private static final Set<String> START = Set.of("start", "unstop", "subscribe", "opt in", "optin", "demarrer",
			"s'abonner", "reprendre");

	private static final Set<String> MENU = Set.of("menu", "main menu", "hi", "hello", "hey", "hi there", "hello there",
			"good morning", "good afternoon", "good evening", "good day", "bonjour", "salut", "bonsoir", "allo",
			"coucou");

	private static final Set<String> HELP = Set.of("help", "aide", "?");

	private static final Set<String> CANCEL = Set.of("cancel", "annuler");

	private static final Set<String> UNLINK = Set.of("unlink", "dissocier");

	private static final Pattern LINK = Pattern.compile("link(\\s.*)?", Pattern.DOTALL);

	private static final Pattern CODE = Pattern.compile("\\d{3}[ -]?\\d{3}");

	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	private static final Pattern EDGES = Pattern.compile("^[\\s/]+|[\\s.!,;]+$");

	private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

	/**
	 * Reads a turn's message. A question that must not outlast it is dropped.
	 * @param turn the turn
	 * @return what the person wants
	 */
	public Intent read(Turn turn) {
		Intent intent = intent(turn);
		PassingQuestions.dropLeft(turn, intent);
		turn.readAs(intent.name());
		return intent;
	}

	/**
	 * Reads a turn's message for the router, which compares words: comparing constants
	 * costs it a search for a converter each time.
	 * @param turn the turn
	 * @return the name of the {@link Intent}
	 */
	public String name(Turn turn) {
		return read(turn).name();
	}

	private static Intent intent(Turn turn) {
		InboundMessage message = turn.message();
		String words = words(message.text());
		if (message.kind() == Kind.TEXT && STOP.contains(words)) {
			return Intent.OPT_OUT;
		}
		// Meta: a quick reply without a payload of ours comes with its label in its place
		if (message.kind() == Kind.CHOICE && STOP.contains(words(message.choice()))) {
			return Intent.OPT_OUT;
		}
		if (message.kind() == Kind.TEXT && START.contains(words)) {
			return Intent.OPT_IN;
		}
		if (takesPhotos(turn) && (message.kind() == Kind.IMAGE || message.kind() == Kind.DOCUMENT)) {
			return Intent.DIALOGUE;
		}
		return switch (message.kind()) {
			case CHOICE -> Intent.ACTION;
			case TEXT -> command(turn, words);
			case REACTION -> Intent.REACTION;
			case SYSTEM -> Intent.CHANGE;
			case IMAGE -> prompted(turn, Intent.MEDIA);
			default -> turn.sender().isTalking(turn.now()) ? Intent.TALK : Intent.MEDIA;
		};
	}

	/** Whether the dialogue that waits for words takes photos as well. */
	private static boolean takesPhotos(Turn turn) {
		return turn.awaitsWords() && WITH_PHOTOS.contains(turn.sender().dialogue().name());
	}

	private static Intent command(Turn turn, String words) {
		if (asksForLink(turn.message().text(), words)) {
			return Intent.LINK;
		}
		if (CODE.matcher(words).matches() && codePending(turn)) {
			return Intent.CODE;
		}
		if (UNLINK.contains(words)) {
			return Intent.UNLINK;
		}
		if (HELP.contains(words)) {
			return Intent.HELP;
		}
		if (CANCEL.contains(words)) {
			return Intent.CANCEL;
		}
		if (MENU.contains(words)) {
			return Intent.MENU;
		}
		if (turn.awaitsWords() && !isInvitedToLink(turn, words) && !isNoConsent(turn)) {
			return Intent.DIALOGUE;
		}
		return prompted(turn, Intent.OTHER);
	}

	/**
	 * What a message is that nobody but the hub has prompted: part of a talk, or the
	 * answer to a question. Where it may be either, the talk decides.
	 */
	private static Intent prompted(Turn turn, Intent otherwise) {
		if (turn.sender().isTalking(turn.now())) {
			return Intent.TALK;
		}
		return mayAnswer(turn) ? Intent.ANSWER : otherwise;
	}

	/**
	 * Whether the message may answer a question that the hub has put of its own accord:
	 * the journey that asked decides.
	 */
	private static boolean mayAnswer(Turn turn) {
		PutQuestion question = turn.sender().question();
		return question != null && (question.open() || turn.message().quoted() != null
				|| question.askedAt().plus(ANSWER_EXPECTED).isAfter(turn.now()));
	}

	/**
	 * Whether the dialogue that waits is no more than the offer to link, which anybody
	 * gets who is not linked, and the words are no address: then a question that was put,
	 * or a visitor, is the more likely one to be answered.
	 */
	private static boolean isInvitedToLink(Turn turn, String words) {
		boolean prompted = turn.sender().isAsked() || turn.sender().isTalking(turn.now());
		return prompted && turn.sender().dialogue().name().equals(OFFER_TO_LINK) && words.indexOf('@') < 0;
	}

	/**
	 * Whether the dialogue that waits is for yes or no, and the words are neither, or may
	 * be meant for somebody else: a "yes" to an agent's question books nothing.
	 */
	private static boolean isNoConsent(Turn turn) {
		return turn.sender().dialogue().name().equals(PassingQuestions.CONSENT) && (turn.sender().isTalking(turn.now())
				|| turn.sender().isAsked() || Consent.read(turn.message().text()).isEmpty());
	}

	/** Without its slash "link" is a word like any other, unless an address follows. */
	private static boolean asksForLink(String text, String words) {
		return LINK.matcher(words).matches()
				&& (text.strip().startsWith("/") || words.equals("link") || words.indexOf('@') >= 0);
	}

	private static boolean codePending(Turn turn) {
		return turn.sender().codeRequestedAt() != null
				&& turn.sender().codeRequestedAt().plus(CODE_PENDING).isAfter(turn.now());
	}

	/**
	 * Folds case, accents, apostrophes, spaces (phones put no-break ones before French
	 * punctuation), a leading slash and closing punctuation.
	 */
	private static String words(String text) {
		String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD).replace('’', '\'');
		String folded = BLANKS.matcher(MARKS.matcher(decomposed).replaceAll("")).replaceAll(" ");
		String bare = EDGES.matcher(folded.toLowerCase(Locale.ROOT)).replaceAll("");
		return bare.isEmpty() ? folded.strip() : bare;
	}

}
