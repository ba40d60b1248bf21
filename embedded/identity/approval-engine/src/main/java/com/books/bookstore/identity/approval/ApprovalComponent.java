package com.books.bookstore.identity.approval;

import com.books.bookstore.identity.access.AccessGate;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.ServletException;
import javax.sql.DataSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.http.HttpService;
import org.osgi.service.http.NamespaceException;
import org.osgi.util.tracker.ServiceTracker;
import org.wso2.carbon.identity.base.IdentityException;
import org.wso2.carbon.identity.core.persistence.JDBCPersistenceManager;
import org.wso2.carbon.identity.workflow.mgt.WorkflowManagementService;
import org.wso2.carbon.identity.workflow.mgt.extension.WorkflowRequestHandler;
import org.wso2.carbon.identity.workflow.mgt.listener.WorkflowListener;
import org.wso2.carbon.identity.workflow.mgt.template.AbstractTemplate;
import org.wso2.carbon.identity.workflow.mgt.workflow.AbstractWorkflow;
import org.wso2.carbon.user.core.listener.UserOperationEventListener;
import org.wso2.carbon.user.core.service.RealmService;

/** Registers the approval engine with the workflow component and its API with the web server. */
@Component(name = "com.books.bookstore.identity.approval", immediate = true)
public final class ApprovalComponent {

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private ServiceTracker<UserOperationEventListener, UserOperationEventListener> listeners;
    private volatile RealmService realms;
    private volatile WorkflowManagementService workflows;
    private volatile HttpService web;
    private volatile AccessGate gate;

    @Activate
    void activate(BundleContext bundle) throws SQLException, IdentityException, ServletException, NamespaceException {
        DataSource database = JDBCPersistenceManager.getInstance().getDataSource();
        TaskStore tasks = new TaskStore(database);
        tasks.createTable();
        ApprovalService approvals = new ApprovalService(tasks, new WorkflowCallback());
        approvals.giveUpHalfStored();
        SelfRegistrationRequest registration = new SelfRegistrationRequest(workflows, realms);
        registrations.add(bundle.registerService(WorkflowRequestHandler.class, registration, null));
        registrations.add(bundle.registerService(AbstractTemplate.class, new ApprovalTemplate(), null));
        registrations.add(bundle.registerService(
                AbstractWorkflow.class, new ApprovalWorkflow(tasks, new ApprovalRelations(database)), null));
        listeners = new ServiceTracker<>(bundle, UserOperationEventListener.class, null);
        listeners.open();
        registrations.add(
                bundle.registerService(UserOperationEventListener.class, new UserCreationListener(registration), null));
        registrations.add(bundle.registerService(
                UserOperationEventListener.class, new UserNameResolverListener(listeners::getServices), null));
        registrations.add(bundle.registerService(WorkflowListener.class, new DeletionListener(tasks), null));
        approvals.carryOutDecided();
        web.registerServlet(ApprovalServlet.ALIAS, new ApprovalServlet(approvals, gate), null, null);
        web.registerServlet(
                WorkflowInstanceServlet.ALIAS, new WorkflowInstanceServlet(workflows, tasks, gate), null, null);
    }

    @Deactivate
    void deactivate() {
        web.unregister(ApprovalServlet.ALIAS);
        web.unregister(WorkflowInstanceServlet.ALIAS);
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
        listeners.close();
    }

    @Reference(name = "realm", cardinality = ReferenceCardinality.MANDATORY, policy = ReferencePolicy.STATIC)
    void setRealms(RealmService service) {
        realms = service;
    }

    void unsetRealms(RealmService service) {
        realms = null;
    }

    @Reference(name = "workflows", cardinality = ReferenceCardinality.MANDATORY, policy = ReferencePolicy.STATIC)
    void setWorkflows(WorkflowManagementService service) {
        workflows = service;
    }

    void unsetWorkflows(WorkflowManagementService service) {
        workflows = null;
    }

    @Reference(name = "web", cardinality = ReferenceCardinality.MANDATORY, policy = ReferencePolicy.STATIC)
    void setWeb(HttpService service) {
        web = service;
    }

    void unsetWeb(HttpService service) {
        web = null;
    }

    @Reference(name = "gate", cardinality = ReferenceCardinality.MANDATORY, policy = ReferencePolicy.STATIC)
    void setGate(AccessGate service) {
        gate = service;
    }

    void unsetGate(AccessGate service) {
        gate = null;
    }
}
