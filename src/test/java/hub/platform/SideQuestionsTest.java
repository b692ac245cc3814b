package hub.platform;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

class SideQuestionsTest {

	private static final PlatformUser SADE = new PlatformUser("1", "sade@example.com", "seeker", "Sade", null, null,
			"en");

	private final AtomicLong time = new AtomicLong(-5);

	private final Platform platform = mock(Platform.class);

	private final SideQuestions questions = new SideQuestions(this.platform, this.time::get);

	@Test
	@DisplayName("W17: who somebody is is asked once, also when there is no answer; nobody is not asked for")
	void asksOnce() {
		given(this.platform.user("1")).willReturn(Optional.of(SADE));
		given(this.platform.user("2")).willReturn(Optional.empty());
		given(this.platform.user("3")).willThrow(new PlatformUnavailableException("away", null));
		for (int n = 0; n < 2; n++) {
			assertThat(this.questions.user("1")).contains(SADE);
			assertThat(this.questions.user("2")).isEmpty();
			assertThat(this.questions.user("3")).isEmpty();
			assertThat(this.questions.user(null)).isEmpty();
		}
		verify(this.platform).user("1");
		verify(this.platform).user("2");
		verify(this.platform).user("3");
		verifyNoMoreInteractions(this.platform);
	}

	@Test
	@DisplayName("W17: a platform that is away leaves things unknown")
	void away() {
		given(this.platform.property(anyString())).willThrow(new PlatformUnavailableException("away", null));
		given(this.platform.propertiesOf(anyString())).willThrow(new PlatformUnavailableException("away", null));
		assertThat(this.questions.property("7")).isEmpty();
		assertThat(this.questions.propertiesOf("11")).isEmpty();
	}

	@Test
	@DisplayName("W17: a slow platform is asked for ten seconds; what is known by then stays known")
	void stopsAsking() {
		given(this.platform.user("1")).willAnswer((question) -> {
			this.time.addAndGet(Duration.ofSeconds(10).toNanos());
			return Optional.of(SADE);
		});
		given(this.platform.user("2")).willAnswer((question) -> {
			this.time.incrementAndGet();
			return Optional.empty();
		});
		this.questions.user("1");
		this.questions.user("2");
		assertThat(this.questions.user("1")).contains(SADE);
		assertThat(this.questions.user("3")).isEmpty();
		assertThat(this.questions.property("7")).isEmpty();
		assertThat(this.questions.propertiesOf("11")).isEqualTo(List.of());
		verify(this.platform).user("2");
		verify(this.platform, never()).user("3");
		verify(this.platform, never()).property(anyString());
		verify(this.platform, never()).propertiesOf(anyString());
	}

}
