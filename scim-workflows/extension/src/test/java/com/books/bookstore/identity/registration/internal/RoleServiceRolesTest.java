package com.books.bookstore.identity.registration.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.wso2.carbon.identity.organization.management.service.OrganizationManager;
import org.wso2.carbon.identity.organization.management.service.exception.OrganizationManagementException;
import org.wso2.carbon.identity.role.v2.mgt.core.RoleManagementService;

/** Roles belong to the tenant's own organization: Identity Server refuses the root organization's id in other tenants. */
class RoleServiceRolesTest {

    private final RoleManagementService service = mock(RoleManagementService.class);
    private final OrganizationManager organizations = mock(OrganizationManager.class);
    private final BundleContext bundle = mock(BundleContext.class);
    private final Roles roles = RoleServiceRoles.of(bundle);

    @BeforeEach
    void services() throws Exception {
        offer(RoleServiceRoles.SERVICE, service);
        offer(RoleServiceRoles.ORGANIZATIONS, organizations);
        when(organizations.resolveOrganizationId("carbon.super")).thenReturn("root");
        when(organizations.resolveOrganizationId("shop.com")).thenReturn("org-of-shop");
    }

    private <S> void offer(String name, S offered) {
        @SuppressWarnings("unchecked")
        ServiceReference<S> reference = mock(ServiceReference.class);
        doReturn(reference).when(bundle).getServiceReference(name);
        when(bundle.getService(reference)).thenReturn(offered);
    }

    @Test
    void aRoleIsCreatedInTheOrganizationOfItsTenant() throws Exception {
        when(service.getRoleIdByName("customer", "organization", "org-of-shop", "shop.com"))
                .thenReturn("42");

        assertThat(roles.ensure("customer", "shop.com")).isEqualTo("42");

        verify(service).isExistingRoleName("customer", "organization", "org-of-shop", "shop.com");
        verify(service).addRole("customer", List.of(), List.of(), List.of(), "organization", "org-of-shop", "shop.com");
    }

    @Test
    void aRoleIsGrantedWhereItWasCreated() throws Exception {
        when(service.getRoleIdByName("customer", "organization", "root", "carbon.super"))
                .thenReturn("7");

        roles.grant("customer", new Roles.UserRef("u1", "PRIMARY/anna"), "carbon.super");

        verify(service).updateUserListOfRole("7", List.of("u1"), List.of(), "carbon.super");
    }

    @Test
    void withoutTheOrganizationNoRoleIsTouched() throws Exception {
        when(organizations.resolveOrganizationId(any())).thenThrow(new OrganizationManagementException("gone"));
        assertThatThrownBy(() -> roles.ensure("customer", "shop.com")).isInstanceOf(Roles.RoleException.class);

        when(bundle.getServiceReference(RoleServiceRoles.ORGANIZATIONS)).thenReturn(null);
        assertThatThrownBy(() -> roles.ensure("customer", "shop.com"))
                .isInstanceOf(Roles.RoleException.class)
                .hasMessageContaining("organization management service");
        verifyNoInteractions(service);
    }
}
