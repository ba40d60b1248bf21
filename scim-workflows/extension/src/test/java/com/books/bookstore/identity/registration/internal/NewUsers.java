package com.books.bookstore.identity.registration.internal;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.HashMap;
import java.util.Map;
import org.wso2.carbon.identity.core.context.IdentityContext;
import org.wso2.carbon.identity.core.context.model.ApplicationActor;
import org.wso2.carbon.identity.core.context.model.Flow;
import org.wso2.carbon.identity.core.context.model.UserActor;
import org.wso2.carbon.user.core.UserCoreConstants;
import org.wso2.carbon.user.core.common.AbstractUserStoreManager;
import org.wso2.carbon.user.core.config.RealmConfiguration;

/** Requests that create a user, as Identity Server describes them to its listeners. */
final class NewUsers {

    static final String CLIENT = "bookstore-registration";

    private NewUsers() {}

    static void byApplication(Flow.Name flow, String name) {
        context(flow, Flow.InitiatingPersona.APPLICATION)
                .setActor(new ApplicationActor.Builder().applicationName(name).build());
    }

    static void byUser(Flow.Name flow, Flow.InitiatingPersona persona) {
        context(flow, persona)
                .setActor(new UserActor.Builder().userId("1").username("admin").build());
    }

    /** The server knows neither a user nor an application. */
    static void byNobody(Flow.Name flow, Flow.InitiatingPersona persona) {
        context(flow, persona);
    }

    private static IdentityContext context(Flow.Name flow, Flow.InitiatingPersona persona) {
        end();
        IdentityContext context = IdentityContext.getThreadLocalIdentityContext();
        if (flow != null) {
            context.enterFlow(
                    new Flow.Builder().name(flow).initiatingPersona(persona).build());
        }
        return context;
    }

    static void end() {
        CurrentSignUp.end();
        IdentityContext.destroyCurrentContext();
    }

    static Map<String, String> claims(String mail) {
        Map<String, String> claims = new HashMap<>();
        claims.put(Users.MAIL_CLAIM, mail);
        return claims;
    }

    static AbstractUserStoreManager store() {
        RealmConfiguration configuration = new RealmConfiguration();
        configuration.setUserStoreProperties(
                new HashMap<>(Map.of(UserCoreConstants.RealmConfig.PROPERTY_DOMAIN_NAME, "PRIMARY")));
        AbstractUserStoreManager store = mock(AbstractUserStoreManager.class);
        when(store.getRealmConfiguration()).thenReturn(configuration);
        return store;
    }
}
