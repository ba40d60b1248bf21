package com.books.bookstore.identity.registration.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.wso2.carbon.identity.role.v2.mgt.core.RoleManagementService;
import org.wso2.carbon.identity.role.v2.mgt.core.exception.IdentityRoleManagementException;
import org.wso2.carbon.identity.role.v2.mgt.core.model.UserBasicInfo;

/** The roles of Identity Server 7: organisation roles of its role management service. */
final class RoleServiceRoles implements Roles {

    static final String SERVICE = "org.wso2.carbon.identity.role.v2.mgt.core.RoleManagementService";

    private static final String ORGANIZATION = "organization";
    /** The root organisation of every Identity Server 7. */
    private static final String ROOT_ORGANIZATION = "10084a8d-113f-4211-a0d5-efe36b082211";

    private final Supplier<RoleManagementService> services;

    private RoleServiceRoles(Supplier<RoleManagementService> services) {
        this.services = services;
    }

    /** Roles of the service that is there when they are asked for; the server may start it later. */
    static Roles of(BundleContext bundle) {
        return new RoleServiceRoles(() -> {
            ServiceReference<?> service = bundle.getServiceReference(SERVICE);
            return service == null ? null : (RoleManagementService) bundle.getService(service);
        });
    }

    @Override
    public String ensure(String role, String tenantDomain) throws RoleException {
        RoleManagementService service = service();
        try {
            if (!service.isExistingRoleName(role, ORGANIZATION, ROOT_ORGANIZATION, tenantDomain)) {
                service.addRole(
                        role,
                        Collections.emptyList(),
                        Collections.emptyList(),
                        Collections.emptyList(),
                        ORGANIZATION,
                        ROOT_ORGANIZATION,
                        tenantDomain);
            }
            return id(service, role, tenantDomain);
        } catch (IdentityRoleManagementException failed) {
            throw new RoleException("Role " + role + " can neither be found nor created", failed);
        }
    }

    @Override
    public void grant(String role, UserRef user, String tenantDomain) throws RoleException {
        RoleManagementService service = service();
        try {
            service.updateUserListOfRole(
                    id(service, role, tenantDomain),
                    Collections.singletonList(user.id),
                    Collections.emptyList(),
                    tenantDomain);
        } catch (IdentityRoleManagementException failed) {
            throw new RoleException("Role " + role + " cannot be given to " + user.qualifiedName, failed);
        }
    }

    @Override
    public List<String> members(String role, String tenantDomain) throws RoleException {
        RoleManagementService service = service();
        try {
            List<String> ids = new ArrayList<>();
            for (UserBasicInfo user : service.getUserListOfRole(id(service, role, tenantDomain), tenantDomain)) {
                ids.add(user.getId());
            }
            return ids;
        } catch (IdentityRoleManagementException failed) {
            throw new RoleException("The members of role " + role + " cannot be read", failed);
        }
    }

    private RoleManagementService service() throws RoleException {
        RoleManagementService service = services.get();
        if (service == null) {
            throw new RoleException("The role management service has not started", null);
        }
        return service;
    }

    private static String id(RoleManagementService service, String role, String tenantDomain)
            throws IdentityRoleManagementException {
        return service.getRoleIdByName(role, ORGANIZATION, ROOT_ORGANIZATION, tenantDomain);
    }
}
