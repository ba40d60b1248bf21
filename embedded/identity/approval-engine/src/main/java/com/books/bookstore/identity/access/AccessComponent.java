package com.books.bookstore.identity.access;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.wso2.carbon.user.core.service.RealmService;

/** Offers one user directory and one gate to all APIs of this server, so that wrong passwords count together. */
@Component(name = "com.books.bookstore.identity.access", immediate = true)
public final class AccessComponent {

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private volatile RealmService realms;

    @Activate
    void activate(BundleContext bundle) {
        UserDirectory users = new UserDirectory(realms);
        registrations.add(bundle.registerService(UserDirectory.class, users, null));
        registrations.add(bundle.registerService(AccessGate.class, new AccessGate(users, Clock.systemUTC()), null));
    }

    @Deactivate
    void deactivate() {
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
    }

    @Reference(name = "realm", cardinality = ReferenceCardinality.MANDATORY, policy = ReferencePolicy.STATIC)
    void setRealms(RealmService service) {
        realms = service;
    }

    void unsetRealms(RealmService service) {
        realms = null;
    }
}
