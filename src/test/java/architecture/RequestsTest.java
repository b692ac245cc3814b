package architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import hub.http.Contract;
import hub.http.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The request collection and the contract are two sides of one thing.
 */
class RequestsTest {

	/** What the hub answers besides the contract, and what drives the sandbox. */
	private static final List<String> OTHERS = List.of("/actuator/", "/admin/", "/sandbox/api/");

	private final Contract contract = new Contract();

	private final List<RequestFile> requests = RequestFile.all();

	@Test
	@DisplayName("E7: every operation of the contract has a request in the collection that succeeds")
	void operationsHaveRequests() {
		assertThat(this.contract.operations()).hasSizeGreaterThan(20);
		for (Operation operation : this.contract.operations()) {
			assertThat(this.requests).as("requests/ of %s %s", operation.method(), operation.path())
				.anyMatch((request) -> request.calls(operation) && request.status() / 100 == 2);
		}
	}

	@Test
	@DisplayName("E7: every request calls what is there")
	void requestsHaveOperations() {
		assertThat(this.requests).hasSizeGreaterThan(60)
			.allMatch((request) -> OTHERS.stream().anyMatch(request.path()::startsWith)
					|| this.contract.operations().stream().anyMatch(request::calls));
	}

	@Test
	@DisplayName("E7: every request says what it is for, shows an answer, and checks what it gets")
	void areComplete() {
		assertThat(this.requests).allSatisfy((request) -> {
			assertThat(request.block("docs")).isNotBlank();
			assertThat(request.block("example")).contains("response: {").contains("code: " + request.status());
			assertThat(request.status()).isBetween(200, 499);
		});
	}

	@Test
	@DisplayName("E7, O9: every folder has requests that are answered and requests that are refused")
	void areRefused() {
		Map<String, Set<Integer>> kinds = this.requests.stream()
			.collect(Collectors.groupingBy(RequestFile::folder,
					Collectors.mapping((request) -> request.status() / 100, Collectors.toSet())));
		assertThat(kinds).hasSize(5).allSatisfy((folder, found) -> assertThat(found).contains(2, 4));
	}

	@Test
	@DisplayName("E7: what a request needs was set by the environment or by a request before it")
	void variablesFlow() {
		Set<String> known = new TreeSet<>(RequestFile.environment("sandbox"));
		assertThat(known).contains("address", "appSecret");
		for (RequestFile request : this.requests) {
			if (!request.block("script:pre-request").isEmpty()) {
				known.addAll(request.sets());
			}
			assertThat(known).as("%s", request).containsAll(request.needs());
			known.addAll(request.sets());
		}
	}

	@Test
	@DisplayName("E7: the collection runs with what its lock file names, from whatever registry")
	void isLocked() throws IOException {
		assertThat(Files.readString(RequestFile.ROOT.resolve("package-lock.json"))).contains("@usebruno/cli")
			.doesNotContain("\"resolved\"");
	}

	@Test
	@DisplayName("A request belongs to an operation by method and path; a longer path and another method do not")
	void finds() {
		RequestFile request = new RequestFile("1-sample", "Sample", """
				meta {
				  seq: 1
				}

				get {
				  url: {{address}}/api/v1/properties/{{property}}/inspection-slots?limit={{limit}}
				}

				vars:post-response {
				  slot: res.body.items[0].id
				}

				assert {
				  res.status: eq 200
				}

				example {
				  request: {
				    url: {{elsewhere}}
				  }
				}
				""");
		assertThat(this.contract.operations().stream().filter(request::calls).map(Operation::id))
			.containsExactly("listings-list-slots");
		assertThat(request.status()).isEqualTo(200);
		assertThat(request.needs()).containsExactly("address", "limit", "property");
		assertThat(request.sets()).containsExactly("slot");
		assertThat(new RequestFile("1-sample", "Other", request.text().replace("get {", "post {")))
			.matches((other) -> this.contract.operations().stream().noneMatch(other::calls));
	}

}
