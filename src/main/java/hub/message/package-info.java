/**
 * Neutral records: what people and the hub say to each other, in no provider's terms.
 */
package hub.message;
