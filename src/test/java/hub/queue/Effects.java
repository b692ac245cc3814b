package hub.queue;

import hub.store.Database;
import hub.store.TestDatabase;

/**
 * What handling leaves behind, written in the transaction that ends the item: a row each
 * time, so that nothing can be doubled unseen.
 */
final class Effects {

	private Effects() {
	}

	static void prepare(TestDatabase store) {
		store.sql().sql("create table effect (n serial, item bigint not null, worker text not null)").update();
	}

	static void write(Database database, long item, String worker) {
		database.statement("test/write-effect").param("item", item).param("worker", worker).update();
	}

}
