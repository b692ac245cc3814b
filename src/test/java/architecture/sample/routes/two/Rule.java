package architecture.sample.routes.two;

import java.time.Instant;
import java.util.Date;

import org.apache.camel.Exchange;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Breaks every other rule. */
public class Rule {

	@Autowired
	private JdbcClient injected;

	void handle(Exchange exchange) {
		System.out.println(exchange.getExchangeId());
	}

	Instant now() {
		return Instant.now();
	}

	Date date() {
		return new Date();
	}

	void write(String name) {
		this.injected.sql("delete from contact where name = '" + name + "'").update();
	}

}
