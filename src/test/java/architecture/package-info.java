/**
 * The house rules: what may stand on what, how routes, statements, texts and settings are
 * written. Each rule is tried on the real thing, of which it must find some, and on a
 * sample that breaks it.
 */
package architecture;
