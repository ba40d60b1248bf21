package com.books.bookstore.identity.registration.internal;

import com.books.bookstore.identity.registration.RegistrationSettings;
import com.books.bookstore.identity.registration.Reservations;
import com.books.bookstore.identity.registration.SelfRegistrationPolicy;
import com.books.bookstore.identity.registration.mail.MailComposer;
import com.books.bookstore.identity.registration.mail.MailOutbox;
import com.books.bookstore.identity.registration.mail.MailStore;
import com.books.bookstore.identity.registration.mail.MailTransport;
import com.books.bookstore.identity.registration.mail.ShopTransport;
import com.books.bookstore.identity.registration.mail.SmtpTransport;
import java.io.IOException;
import java.nio.file.Paths;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.wso2.carbon.identity.core.model.IdentityEventListenerConfig;
import org.wso2.carbon.identity.core.persistence.JDBCPersistenceManager;
import org.wso2.carbon.identity.core.util.IdentityCoreInitializedEvent;
import org.wso2.carbon.identity.core.util.IdentityUtil;
import org.wso2.carbon.identity.event.services.IdentityEventService;
import org.wso2.carbon.identity.workflow.mgt.WorkflowManagementService;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;
import org.wso2.carbon.identity.workflow.mgt.listener.WorkflowExecutorManagerListener;
import org.wso2.carbon.identity.workflow.mgt.listener.WorkflowListener;
import org.wso2.carbon.user.core.listener.UserManagementErrorEventListener;
import org.wso2.carbon.user.core.listener.UserOperationEventListener;
import org.wso2.carbon.user.core.service.RealmService;

/** Puts the extension into the server when everything it needs is there, and takes it out again. */
@Component(name = "com.books.bookstore.identity.registration", immediate = true)
public final class RegistrationComponent {

    private static final Log LOG = LogFactory.getLog(RegistrationComponent.class);
    private static final Duration LONGEST_RESERVATION = Duration.ofSeconds(30);
    private static final long PROVISION_EVERY_SECONDS = 1;
    private static final int TRIES_BEFORE_WARNING = 60;

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private volatile RealmService realms;
    private volatile WorkflowManagementService workflows;
    private volatile IdentityEventService events;
    private MailOutbox mails;
    private DecidedRequests decided;
    private ScheduledExecutorService provisioning;

    @Activate
    void activate(BundleContext bundle) {
        RegistrationSettings settings;
        try {
            settings = RegistrationSettings.from(configured());
        } catch (IllegalArgumentException wrong) {
            LOG.error(wrong.getMessage()
                    + " Applications cannot create users until this is corrected in deployment.toml.");
            registrations.add(
                    bundle.registerService(UserOperationEventListener.class, new ClosedRegistrationListener(), null));
            return;
        }
        Users users = new Users(realms);
        Roles roles = roles(bundle, users);
        WorkflowRelations relations =
                new WorkflowRelations(JDBCPersistenceManager.getInstance().getDataSource());
        ApprovalWorkflows approvals = new ApprovalWorkflows(workflows);
        PendingRequests pending = new PendingRequests(workflows);
        Reservations reservations = new Reservations(LONGEST_RESERVATION, Clock.systemUTC());
        mails = new MailOutbox(
                mailStore(), transport(settings), settings.decisionsKept(), Clock.systemUTC(), LOG::warn);
        RegistrationWorkflowListener follower = new RegistrationWorkflowListener(
                settings, approvals, pending, relations, users, roles, reservations, mails, Clock.systemUTC());
        registrations.add(bundle.registerService(
                UserOperationEventListener.class,
                new SelfRegistrationListener(
                        new SelfRegistrationPolicy(settings),
                        approvals,
                        pending,
                        users,
                        reservations,
                        follower::carriesOut),
                null));
        registrations.add(bundle.registerService(UserOperationEventListener.class, new UnapprovedUserGuard(), null));
        registrations.add(bundle.registerService(WorkflowExecutorManagerListener.class, follower, null));
        registrations.add(bundle.registerService(
                UserManagementErrorEventListener.class,
                new FailedSignUpListener(reservations, follower::lookIntoFailure),
                null));
        registrations.add(
                bundle.registerService(WorkflowListener.class, new DeletedWorkflowListener(relations, follower), null));
        mails.start(follower::complete);
        decided = new DecidedRequests(
                JDBCPersistenceManager.getInstance().getDataSource(),
                workflows,
                settings.decisionsKept(),
                Clock.systemUTC());
        decided.start(settings.tenantDomains().iterator().next());
        provision(new WorkflowProvisioner(workflows, approvals, roles, settings), settings);
    }

    @Deactivate
    void deactivate() {
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
        if (provisioning != null) {
            provisioning.shutdown();
        }
        if (decided != null) {
            decided.close();
        }
        if (mails != null) {
            mails.close();
        }
    }

    private static Properties configured() {
        IdentityEventListenerConfig listener = IdentityUtil.readEventListenerProperty(
                UserOperationEventListener.class.getName(), SelfRegistrationListener.class.getName());
        return listener == null || listener.getProperties() == null ? new Properties() : listener.getProperties();
    }

    /**
     * Identity Server has a role service; the plain kernel lacks even the package, which is imported optionally. This
     * class must not name the service's type: the component runtime reads its methods on both servers.
     */
    private static Roles roles(BundleContext bundle, Users users) {
        try {
            Class.forName(RoleServiceRoles.SERVICE, false, RegistrationComponent.class.getClassLoader());
            return RoleServiceRoles.of(bundle);
        } catch (ClassNotFoundException plainKernel) {
            LOG.debug("No role management service: roles are kept in the user store");
            return new UserStoreRoles(users);
        }
    }

    private static MailStore mailStore() {
        MailStore store = new MailStore(JDBCPersistenceManager.getInstance().getDataSource());
        try {
            store.createTable();
        } catch (SQLException | IOException refused) {
            LOG.error(
                    "The table of the registration emails is not in the identity database and cannot be created: no emails"
                            + " are sent. Run mail-outbox.sql of this bundle.",
                    refused);
        }
        return store;
    }

    private MailTransport transport(RegistrationSettings settings) {
        MailComposer composer = new MailComposer(
                settings.mailTemplates().isEmpty() ? null : Paths.get(settings.mailTemplates()), settings.shopUrl());
        switch (settings.mailChannel()) {
            case SHOP:
                return new ShopTransport(settings, composer, Clock.systemUTC());
            case SMTP:
                return new SmtpTransport(settings, composer);
            case NOTIFICATION_EVENT:
                return new NotificationEventTransport(() -> events, settings.shopUrl());
            default:
                LOG.info("No emails are sent for registrations: neither smtp_host nor mail_channel is configured");
                return mail -> {};
        }
    }

    /** The approval engine may arrive after this bundle, so this is tried until it succeeds. */
    @SuppressWarnings("FutureReturnValueIgnored") // The task handles its own failures.
    private void provision(WorkflowProvisioner provisioner, RegistrationSettings settings) {
        provisioning = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "bookstore-registration-provisioning");
            thread.setDaemon(true);
            return thread;
        });
        List<String> open = new ArrayList<>(settings.tenantDomains());
        int[] tries = {0};
        provisioning.scheduleWithFixedDelay(
                () -> {
                    tries[0]++;
                    try {
                        while (!open.isEmpty()) {
                            provisioner.provision(open.get(0));
                            open.remove(0);
                        }
                        LOG.info("Self-registration through " + settings.signUpClients() + " waits for approval by "
                                + settings.approverRole());
                        provisioning.shutdown();
                    } catch (WorkflowException | Roles.RoleException | RuntimeException notYet) {
                        if (tries[0] % TRIES_BEFORE_WARNING == 0) {
                            LOG.warn("The approval workflow of tenant " + open.get(0) + " is not there yet: "
                                    + notYet.getMessage());
                        } else {
                            LOG.debug("The approval workflow cannot be created yet", notYet);
                        }
                    }
                },
                0,
                PROVISION_EVERY_SECONDS,
                TimeUnit.SECONDS);
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

    @Reference(name = "events", cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setEvents(IdentityEventService service) {
        events = service;
    }

    void unsetEvents(IdentityEventService service) {
        events = null;
    }

    @Reference(name = "core", cardinality = ReferenceCardinality.MANDATORY, policy = ReferencePolicy.STATIC)
    void setCore(IdentityCoreInitializedEvent ready) {
        // Only waits: identity.xml is readable once the identity core says so.
    }

    void unsetCore(IdentityCoreInitializedEvent ready) {
        // Nothing is kept.
    }
}
