package sandbox.time;

import sandbox.store.SandboxDatabase;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The sandbox's time for another instance of the hub, without the stand-ins.
 */
@Configuration(proxyBeanMethods = false)
@Import({ SandboxDatabase.class, SandboxClock.class })
public class SandboxClockConfiguration {

}
