package com.books.bookstore.identity.approval;

import java.util.List;
import org.wso2.carbon.identity.organization.management.service.listener.OrganizationManagerListener;
import org.wso2.carbon.identity.organization.management.service.model.Organization;
import org.wso2.carbon.identity.organization.management.service.model.PatchOperation;

/** The organization component does not start without such a listener. This server has the root organization only. */
final class RootOrganizationListener implements OrganizationManagerListener {

    @Override
    public void preAddOrganization(Organization organization) {
        // Nothing depends on organizations here; so in every method.
    }

    @Override
    public void postAddOrganization(Organization organization) {}

    @Override
    public void preGetOrganization(String organizationId) {}

    @Override
    public void postGetOrganization(String organizationId, Organization organization) {}

    @Override
    public void preDeleteOrganization(String organizationId) {}

    @Override
    public void postDeleteOrganization(String organizationId) {}

    @Override
    public void prePatchOrganization(String organizationId, List<PatchOperation> operations) {}

    @Override
    public void postPatchOrganization(String organizationId, List<PatchOperation> operations) {}

    @Override
    public void preUpdateOrganization(String organizationId, Organization organization) {}

    @Override
    public void postUpdateOrganization(String organizationId, Organization organization) {}
}
