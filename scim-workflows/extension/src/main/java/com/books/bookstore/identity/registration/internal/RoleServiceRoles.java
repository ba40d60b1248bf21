package com.books.bookstore.identity.registration.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.wso2.carbon.identity.organization.management.service.OrganizationManager;
import org.wso2.carbon.identity.organization.management.service.exception.OrganizationManagementException;
import org.wso2.carbon.identity.role.v2.mgt.core.RoleManagementService;
import org.wso2.carbon.identity.role.v2.mgt.core.exception.IdentityRoleManagementException;
import org.wso2.carbon.identity.role.v2.mgt.core.model.UserBasicInfo;

/** The roles of Identity Server 7: organization roles of its role management service. */
final class RoleServiceRoles implements Roles {

    static final String SERVICE = "org.wso2.carbon.identity.role.v2.mgt.core.RoleManagementService";

    private static final String ORGANIZATION = "organization";
    static final String ORGANIZATIONS = "org.wso2.carbon.identity.organization.management.service.OrganizationManager";

    private final Supplier<RoleManagementService> services;
    private final Supplier<OrganizationManager> organizations;

    private RoleServiceRoles(Supplier<RoleManagementService> services, Supplier<OrganizationManager> organizations) {
        this.services = services;
        this.organizations = organizations;
    }

    /** Roles of the service that is there when they are asked for; the server may start it later. */
    static Roles of(BundleContext bundle) {
        return new RoleServiceRoles(() -> (RoleManagementService) find(bundle, SERVICE), () ->
                (OrganizationManager) find(bundle, ORGANIZATIONS));
    }

    private static Object find(BundleContext bundle, String name) {
        ServiceReference<?> service = bundle.getServiceReference(name);
        return service == null ? null : bundle.getService(service);
    }

    @Override
    public String ensure(String role, String tenantDomain) throws RoleException {
        RoleManagementService service = service();
        try {
            if (!service.isExistingRoleName(role, ORGANIZATION, organization(tenantDomain), tenantDomain)) {
                service.addRole(
                        role,
                        Collections.emptyList(),
                        Collections.emptyList(),
                        Collections.emptyList(),
                        ORGANIZATION,
                        organization(tenantDomain),
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

    private String id(RoleManagementService service, String role, String tenantDomain)
            throws IdentityRoleManagementException, RoleException {
        return service.getRoleIdByName(role, ORGANIZATION, organization(tenantDomain), tenantDomain);
    }

    /** The audience of organization roles: the id of the tenant's own organization. */
    private String organization(String tenantDomain) throws RoleException {
        OrganizationManager manager = organizations.get();
        if (manager == null) {
            throw new RoleException("The organization management service has not started", null);
        }
        try {
            return manager.resolveOrganizationId(tenantDomain);
        } catch (OrganizationManagementException failed) {
            throw new RoleException("The organization of tenant " + tenantDomain + " cannot be found", failed);
        }
    }
}
