/**
 * PostgreSQL: pools, migrations, statements from files.
 */
package hub.store;
