package com.books.bookstore.identity.scim;

import com.books.bookstore.identity.access.AccessGate;
import com.books.bookstore.identity.access.UserDirectory;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import javax.servlet.ServletException;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.http.HttpService;
import org.osgi.service.http.NamespaceException;
import org.wso2.carbon.identity.core.persistence.JDBCPersistenceManager;
import org.wso2.carbon.user.api.UserStoreException;
import org.wso2.charon3.core.config.CharonConfiguration;
import org.wso2.charon3.core.exceptions.CharonException;
import org.wso2.charon3.core.exceptions.InternalErrorException;

/** Registers the SCIM endpoint with the web server. */
@Component(name = "com.books.bookstore.identity.scim", immediate = true)
public final class ScimComponent {

    /** Where clients reach this server, without a path. */
    public static final String BASE_URL = "bookstore.identity.url";

    private volatile UserDirectory users;
    private volatile AccessGate gate;
    private volatile HttpService web;

    @Activate
    void activate()
            throws ServletException, NamespaceException, CharonException, InternalErrorException, SQLException,
                    UserStoreException {
        CharonConfiguration charon = CharonConfiguration.getInstance();
        charon.setPatchSupport(true);
        charon.setBulkSupport(false, 0, 0);
        charon.setFilterSupport(true, ResourceQuery.LONGEST_PAGE);
        charon.setChangePasswordSupport(true);
        charon.setETagSupport(true);
        charon.setSortSupport(true);
        charon.setDocumentationURL("https://github.com/wso2/charon");
        charon.setCountValueForPagination(ResourceQuery.LONGEST_PAGE);
        ArrayList<Object[]> schemes = new ArrayList<>();
        schemes.add(new Object[] {
            "OAuth Bearer Token",
            "Token of the OAuth server",
            "https://www.rfc-editor.org/rfc/rfc6750",
            "",
            "oauthbearertoken",
            true
        });
        schemes.add(new Object[] {
            "HTTP Basic", "User name and password", "https://www.rfc-editor.org/rfc/rfc7617", "", "httpbasic", false
        });
        charon.setAuthenticationSchemes(schemes);
        EnterpriseUser.register();
        UserState states = new UserState(users);
        String baseUrl = System.getProperty(BASE_URL, "https://localhost:9443") + ScimServlet.ALIAS;
        DataSource database = JDBCPersistenceManager.getInstance().getDataSource();
        UserDocuments documents = new UserDocuments(database);
        documents.createTable();
        GroupRecords groups = new GroupRecords(database, Clock.systemUTC());
        EmailAddresses addresses = new EmailAddresses(users.database(), documents);
        CarbonUserManager manager = new CarbonUserManager(users, documents, groups, addresses, baseUrl);
        web.registerServlet(ScimServlet.ALIAS, new ScimServlet(gate, manager, baseUrl), null, null);
        web.registerServlet(AccountServlet.ALIAS, new AccountServlet(users, states, manager, addresses), null, null);
        web.registerServlet(CredentialServlet.ALIAS, new CredentialServlet(users, states), null, null);
        web.registerServlet(UserStateServlet.ALIAS, new UserStateServlet(users, states), null, null);
    }

    @Deactivate
    void deactivate() {
        web.unregister(ScimServlet.ALIAS);
        web.unregister(CredentialServlet.ALIAS);
        web.unregister(UserStateServlet.ALIAS);
        web.unregister(AccountServlet.ALIAS);
    }

    @Reference(name = "users", cardinality = ReferenceCardinality.MANDATORY, policy = ReferencePolicy.STATIC)
    void setUsers(UserDirectory service) {
        users = service;
    }

    void unsetUsers(UserDirectory service) {
        users = null;
    }

    @Reference(name = "gate", cardinality = ReferenceCardinality.MANDATORY, policy = ReferencePolicy.STATIC)
    void setGate(AccessGate service) {
        gate = service;
    }

    void unsetGate(AccessGate service) {
        gate = null;
    }

    @Reference(name = "web", cardinality = ReferenceCardinality.MANDATORY, policy = ReferencePolicy.STATIC)
    void setWeb(HttpService service) {
        web = service;
    }

    void unsetWeb(HttpService service) {
        web = null;
    }
}
