/**
 * Broadcasts: something for many, whose recipients are fixed when it is made and who are
 * written to a second's worth at a time, behind everything else.
 */
package routes.broadcasts;
