package hub.camel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;

import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;

import org.springframework.stereotype.Component;

/**
 * Lets management beans of one kind share the description of what can be read and called.
 * Camel writes one for each step of each route, 60 KB a piece: with all that the routes
 * have, more than half of the heap.
 */
@Component
public class SharedBeanInfo implements CamelContextCustomizer {

	@Override
	public void configure(CamelContext context) {
		context.getCamelContextExtension().setManagementMBeanAssembler(new Assembler(context));
	}

	private static final class Assembler extends DefaultManagementMBeanAssembler {

		private final Map<Kind, ModelMBeanInfo> infos = new ConcurrentHashMap<>();

		Assembler(CamelContext context) {
			super(context);
		}

		@Override
		public ModelMBean assemble(MBeanServer server, Object managed, ObjectName name) throws JMException {
			ModelMBean bean = super.assemble(server, managed, name);
			if (bean != null) {
				ModelMBeanInfo own = (ModelMBeanInfo) bean.getMBeanInfo();
				ModelMBeanInfo shared = this.infos.putIfAbsent(Kind.of(managed), own);
				bean.setModelMBeanInfo((shared != null) ? shared : own);
			}
			return bean;
		}

	}

	/**
	 * What decides what a bean can tell.
	 *
	 * @param wrapper Camel's class for such beans
	 * @param wrapped what it stands for, which may tell more; null for nothing
	 */
	private record Kind(Class<?> wrapper, Class<?> wrapped) {

		static Kind of(Object managed) {
			Object wrapped = (managed instanceof ManagedInstance instance) ? instance.getInstance() : null;
			return new Kind(managed.getClass(), (wrapped != null) ? wrapped.getClass() : null);
		}

	}

}
