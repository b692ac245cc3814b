package hub.config;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DatabaseUrlTest {

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					postgresql://u:p@db.example.com:5433/hub     | jdbc:postgresql://db.example.com:5433/hub      | u  | p
					postgres://u:p@db/hub                        | jdbc:postgresql://db/hub                       | u  | p
					postgresql://db:5432/hub                     | jdbc:postgresql://db:5432/hub                  | -  | -
					postgresql://u@db/hub                        | jdbc:postgresql://db/hub                       | u  | -
					postgresql://u:@db/hub                       | jdbc:postgresql://db/hub                       | u  | ''
					postgresql://u:p%40ss%2Fw%3Ard%25@db/hub     | jdbc:postgresql://db/hub                       | u  | p@ss/w:rd%
					postgresql://u:a+b%20c@db/hub                | jdbc:postgresql://db/hub                       | u  | a+b c
					postgresql://u:a:b@db/hub                    | jdbc:postgresql://db/hub                       | u  | a:b
					postgresql://u:p@db/hub?sslmode=require&a=b  | jdbc:postgresql://db/hub?sslmode=require&a=b   | u  | p
					postgresql://u:p@[::1]:5432/hub              | jdbc:postgresql://[::1]:5432/hub               | u  | p
					postgresql://u:p@inspakta_db_1:5432/hub      | jdbc:postgresql://inspakta_db_1:5432/hub       | u  | p
					postgresql://u:p@db1:5432,db2:5432/hub       | jdbc:postgresql://db1:5432,db2:5432/hub        | u  | p
					postgresql://u:p@db/my%20hub                 | jdbc:postgresql://db/my%20hub                  | u  | p
					jdbc:postgresql://db:5432/hub?user=u         | jdbc:postgresql://db:5432/hub?user=u           | -  | -
					""")
	@DisplayName("O7: a database address is taken in either form that hosts hand out")
	void parses(String url, String jdbcUrl, String user, String password) {
		DatabaseUrl parsed = DatabaseUrl.parse(url);
		assertThat(parsed.jdbcUrl()).isEqualTo(jdbcUrl);
		assertThat(parsed.user()).isEqualTo(user);
		assertThat(parsed.password()).isEqualTo(password);
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "mysql://u:hush@db/hub", "jdbc:mysql://db/hub?password=hush", "db:5432/hub hush",
			"postgresql://u:hush@/hub", "postgresql://u:hush@db", "postgresql://u:hush@db/",
			"postgresql://u:hu sh@db/hub", "postgresql://u:hu%sh@db/hub", "postgresql:u:hush@db/hub",
			"POSTGRESQL://u:hush@db/hub", "hush", "postgresql://u:hush@db:port/hub", "postgresql://u:hush@:5432/hub",
			"jdbc:postgresql:", "postgresql://u:hush@h@db/hub" })
	@DisplayName("O9: any other address is refused in words that do not repeat it, for it may hold a password")
	void refuses(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> DatabaseUrl.parse(url))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("hush", "hu sh", "hu%sh").isNotBlank())
			.withNoCause();
	}

	@Test
	@DisplayName("O9: an address shows nothing of itself in a log")
	void hides() {
		assertThat(DatabaseUrl.parse("postgresql://u:hush@db/hub")).hasToString("DatabaseUrl[…]");
	}

}
