package hub.security;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LogMaskTests {

	@ParameterizedTest(name = "{0} → {1}")
	@CsvSource(delimiter = '|', textBlock = """
			from +2348030000001 to 1                          | from +234***01 to 1
			wa_id 2348030000001.                              | wa_id 234***01.
			whatsapp:+14155238886                             | whatsapp:+141***86
			whatsapp:14155238886                              | whatsapp:141***86
			mail to sade.bello@example.com failed             | mail to s***@example.com failed
			GET /users/by-email/sade%40example.com            | GET /users/by-email/s***%40example.com
			postgresql://hub:s3cret@db:5432/hub               | postgresql://***@db:5432/hub
			Authorization: Bearer EAAGm0PX4ZCps               | Authorization: ***
			{authorization=[Bearer EAAGm0PX4ZCps], a=1}       | {authorization=***], a=1}
			Authorization: (Basic dXNlcjpwYXNz)               | Authorization: ***)
			Authorization='Bearer EAAGm0PX4ZCps'              | Authorization=***
			Bearer bearer-abcdef123                           | Bearer ***
			token=abc123&x=1                                  | token=***&x=1
			{"access_token":"abc","a":1}                      | {"access_token":"***","a":1}
			eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln is bad  | *** is bad
			X-Hub-Signature-256 sha256=0123456789abcdef       | X-Hub-Signature-256 sha256=***
			bearer Basic EAAGm0PX4ZCps                        | bearer ***
			the bearer of news                                | the bearer of news
			token: password = hunter2                         | token: ***
			x-eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0 is bad     | x-*** is bad
			Message 4711 of in-123456 took 25 ms              | Message 4711 of in-123456 took 25 ms
			2026-11-21T04:51:26.169Z at port 5432             | 2026-11-21T04:51:26.169Z at port 5432
			""")
	@DisplayName("O6: secrets and whole numbers never stand in a log line")
	void masks(String line, String expected) {
		assertThat(LogMask.mask(line)).isEqualTo(expected);
	}

}
