/**
 * What the hub knows of Kafka where deliveries are taken in through it. Nothing of this
 * is there with the database as the intake's engine.
 */
package hub.kafka;
