/**
 * The load harness: it drives the packaged hub from outside, over real HTTP, and counts
 * and times what comes back. Nothing in here knows a class of the hub's.
 */
package bench;
