package hub.camel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.InvalidTargetObjectTypeException;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;
import javax.management.modelmbean.RequiredModelMBean;

import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.api.management.NotificationSenderAware;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.apache.camel.support.management.MixinRequiredModelMBean;
import org.apache.camel.support.management.NotificationSenderAdapter;

import org.springframework.stereotype.Component;

/**
 * Lets management beans of one kind share the description of what can be read and called.
 * Camel writes one for each step of each route, which with all routes takes more than 40
 * MB.
 */
@Component
public class SharedBeanInfo implements CamelContextCustomizer {

	@Override
	public void configure(CamelContext context) {
		context.getCamelContextExtension().setManagementMBeanAssembler(new Assembler(context));
	}

	private static final class Assembler extends DefaultManagementMBeanAssembler {

		private final Map<Class<?>, ModelMBeanInfo> infos = new ConcurrentHashMap<>();

		Assembler(CamelContext context) {
			super(context);
		}

		@Override
		public ModelMBean assemble(MBeanServer server, Object managed, ObjectName name) throws JMException {
			if (addsToItsKind(managed)) {
				return super.assemble(server, managed, name);
			}
			ModelMBeanInfo shared = this.infos.get(managed.getClass());
			if (shared != null) {
				return bean(managed, shared);
			}
			ModelMBean first = super.assemble(server, managed, name);
			if (first != null) {
				this.infos.put(managed.getClass(), (ModelMBeanInfo) first.getMBeanInfo());
			}
			return first;
		}

		/** The same as Camel's, of a description that is there. */
		private ModelMBean bean(Object managed, ModelMBeanInfo info) throws JMException {
			boolean masked = Boolean.TRUE
				.equals(this.camelContext.getManagementStrategy().getManagementAgent().getMask());
			RequiredModelMBean bean = new MixinRequiredModelMBean(info, masked, null, null);
			try {
				bean.setManagedResource(managed, "ObjectReference");
			}
			catch (InvalidTargetObjectTypeException ex) {
				throw new JMException(ex.getMessage());
			}
			if (managed instanceof NotificationSenderAware sender) {
				sender.setNotificationSender(new NotificationSenderAdapter(bean));
			}
			return bean;
		}

		/** As an endpoint does that tells more than all endpoints. */
		private static boolean addsToItsKind(Object managed) {
			Object own = (managed instanceof ManagedInstance instance) ? instance.getInstance() : null;
			return own != null && own.getClass().isAnnotationPresent(ManagedResource.class);
		}

	}

}
