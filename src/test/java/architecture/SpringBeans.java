package architecture;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.annotation.AnnotationBeanNameGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.ClassUtils;

/**
 * The names under which routes find the hub's own beans, without starting it.
 */
final class SpringBeans {

	private SpringBeans() {
	}

	/** Name and type of every component and every bean of a configuration. */
	static Map<String, Class<?>> ofProject() {
		Map<String, Class<?>> beans = new LinkedHashMap<>();
		StandardEnvironment environment = new StandardEnvironment();
		// With all that an installation may have
		environment.getPropertySources()
			.addFirst(new MapPropertySource("engine", Map.of("hub.intake.engine", "kafka")));
		ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(true,
				environment);
		for (String root : new String[] { "hub", "routes" }) {
			scan.findCandidateComponents(root).forEach((definition) -> {
				Class<?> type = ClassUtils.resolveClassName(definition.getBeanClassName(), null);
				beans.put(AnnotationBeanNameGenerator.INSTANCE.generateBeanName((AnnotatedBeanDefinition) definition,
						new SimpleBeanDefinitionRegistry()), type);
				Arrays.stream(type.getDeclaredMethods())
					.filter((method) -> method.isAnnotationPresent(Bean.class))
					.forEach((method) -> beans.put(name(method), method.getReturnType()));
			});
		}
		return beans;
	}

	private static String name(Method method) {
		String[] names = method.getAnnotation(Bean.class).name();
		return (names.length > 0) ? names[0] : method.getName();
	}

}
