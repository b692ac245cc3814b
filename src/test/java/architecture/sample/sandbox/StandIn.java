package architecture.sample.sandbox;

/** A tool that the product must not use. */
public class StandIn {

}
