package routes.availability;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;

import routes.availability.AgentReply.Answer;
import routes.availability.DateReader.Day;

import org.springframework.stereotype.Component;

/**
 * Reads an agent's own words as an answer to "is it available?", in English, French and
 * Nigerian Pidgin, mixed as people do.
 * <p>
 * Unclear words stay unclear: a wrong yes costs a visitor a trip, a question back costs
 * the agent a tap. A burst of messages is one text, a line each.
 * <ul>
 * <li>Available from a day on is a yes with that day; not available until a day is a no
 * with it.
 * <li>What depends on something ("if you pay today") is unclear.
 * <li>"Ok", "sure", 👍 and "sorry" answer only where nothing else is said.
 * <li>The agent's own time ("I am free on Monday") and another home ("I have another
 * one") are no answer.
 * </ul>
 */
@Component("replyParser")
public class ReplyParser {

	private final Vocabulary vocabulary = new Vocabulary();

	/**
	 * Whether words read as an answer: a yes, a no, or that the agent finds out.
	 * @param text what the agent wrote, any text
	 * @return false if they are unclear
	 */
	public boolean answers(String text) {
		// Days and their zone don't decide on the answer
		return parse(text, ZonedDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC)).answer() != Answer.UNCLEAR;
	}

	/**
	 * Reads a reply.
	 * @param text what the agent wrote, any text; the messages of a burst are parted by
	 * line ends
	 * @param at when it was written, in the agent's time zone: days such as "tomorrow"
	 * count from it
	 * @return what it says; never null, whatever the text
	 */
	public AgentReply parse(String text, ZonedDateTime at) {
		LocalDate today = at.toLocalDate();
		List<Token> tokens = Tokenizer.tokens(text);
		List<Piece> pieces = Piece.of(tokens, this.vocabulary.figures());
		DateReader dates = new DateReader(pieces, today);
		PriceReader prices = new PriceReader(pieces);
		BitSet figures = new BitSet();
		figures.or(dates.used());
		figures.or(prices.used());
		List<Clause> clauses = new ClauseReader(this.vocabulary.answers(), tokens, figures).clauses();
		List<Day> ahead = dates.days().stream().filter((day) -> !day.date().isBefore(today)).toList();
		AnswerReader reader = new AnswerReader(clauses, !ahead.isEmpty());
		Answer answer = reader.answer();
		return new AgentReply(answer, prices.price(), new MoveInDay(clauses, pieces).find(answer, ahead),
				dates.days().stream().map(Day::date).distinct().toList(), reader.why());
	}

}
