package routes.chat;

import java.util.List;

import hub.platform.Page;
import hub.platform.Platform;
import hub.platform.PlatformRefusedException;
import hub.platform.Property;
import hub.text.Search;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.chat.ChatRequest.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class ChatListingsTest {

	private static final PlatformRefusedException REFUSED = new PlatformRefusedException("listings", 422, null);

	private static final Search TENT = new Search("⛺", null, null, null, null);

	private final Platform platform = mock(Platform.class);

	private final ChatListings listings = new ChatListings(this.platform, null, null, null, null);

	@Test
	@DisplayName("C2: a place in the list that the platform does not know is the beginning; what it can't look for fits no home")
	void refusedSearches() {
		Page<Property> first = new Page<>(List.of(), "next");
		given(this.platform.properties(any())).willReturn(first);
		given(this.platform.properties(argThat((filter) -> filter != null && "old".equals(filter.cursor()))))
			.willThrow(REFUSED);
		Search search = new Search("yaba", null, null, null, null);
		assertThat(this.listings.find(new ChatRequest(Kind.SEARCH, null, search, "old"))).isSameAs(first);
		given(this.platform.properties(any())).willThrow(REFUSED);
		for (String cursor : new String[] { null, "old" }) {
			Page<Property> none = this.listings.find(new ChatRequest(Kind.SEARCH, null, TENT, cursor));
			assertThat(none.items()).isEmpty();
			assertThat(none.nextCursor()).isNull();
		}
		ChatRequest anything = new ChatRequest(Kind.BROWSE, null, null, null);
		assertThatExceptionOfType(PlatformRefusedException.class).isThrownBy(() -> this.listings.find(anything));
	}

}
