package com.books.bookstore.identity.approval;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.wso2.carbon.context.PrivilegedCarbonContext;
import org.wso2.carbon.identity.organization.management.service.listener.OrganizationManagerListener;
import org.wso2.carbon.user.api.UserStoreException;
import org.wso2.carbon.user.core.service.RealmService;
import org.wso2.carbon.utils.multitenancy.MultitenantConstants;

/**
 * Lets WSO2's organization component start, on which the claim component and so the workflow component depend.
 *
 * <p>That component asks, in the thread that registers the last service it waits for, the Carbon context for the user
 * realm. So the listener it waits for is registered last, in a thread whose context has the realm.
 */
@Component(name = "com.books.bookstore.identity.approval.organizations", immediate = true)
public final class OrganizationComponent {

    private static final Log LOG = LogFactory.getLog(OrganizationComponent.class);
    private static final String TENANTS = "org.wso2.carbon.tenant.mgt.services.TenantMgtService";

    private volatile RealmService realms;
    private BundleContext bundle;
    private ServiceListener waiting;
    private ServiceRegistration<?> listener;

    @Activate
    void activate(BundleContext context) throws InvalidSyntaxException {
        bundle = context;
        waiting = event -> {
            if (event.getType() == ServiceEvent.REGISTERED) {
                completeOrganizations();
            }
        };
        bundle.addServiceListener(waiting, "(objectClass=" + TENANTS + ")");
        if (bundle.getServiceReference(TENANTS) != null) {
            completeOrganizations();
        }
    }

    private synchronized void completeOrganizations() {
        if (listener != null) {
            return;
        }
        PrivilegedCarbonContext.startTenantFlow();
        try {
            PrivilegedCarbonContext context = PrivilegedCarbonContext.getThreadLocalCarbonContext();
            context.setTenantDomain(MultitenantConstants.SUPER_TENANT_DOMAIN_NAME, true);
            context.setUserRealm(realms.getTenantUserRealm(MultitenantConstants.SUPER_TENANT_ID));
            listener = bundle.registerService(OrganizationManagerListener.class, new RootOrganizationListener(), null);
        } catch (UserStoreException failed) {
            LOG.error("The user realm is not there: self-registration will not work", failed);
        } finally {
            PrivilegedCarbonContext.endTenantFlow();
        }
    }

    @Deactivate
    synchronized void deactivate() {
        bundle.removeServiceListener(waiting);
        if (listener != null) {
            listener.unregister();
            listener = null;
        }
    }

    @Reference(name = "realm", cardinality = ReferenceCardinality.MANDATORY, policy = ReferencePolicy.STATIC)
    void setRealms(RealmService service) {
        realms = service;
    }

    void unsetRealms(RealmService service) {
        realms = null;
    }
}
