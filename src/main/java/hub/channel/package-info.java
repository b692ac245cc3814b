/**
 * The channels' one contract: parse what comes in, render what goes out, say what an
 * answer means. A channel knows its provider and no journey.
 */
package hub.channel;
