package com.books.bookstore.identity.registration.internal;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.wso2.carbon.user.api.UserRealm;
import org.wso2.carbon.user.core.UserStoreException;
import org.wso2.carbon.user.core.common.AbstractUserStoreManager;
import org.wso2.carbon.user.core.service.RealmService;

/** What the extension asks the server's user store. */
final class Users {

    static final String MAIL_CLAIM = "http://wso2.org/claims/emailaddress";
    static final String GIVEN_NAME_CLAIM = "http://wso2.org/claims/givenname";
    static final String FAMILY_NAME_CLAIM = "http://wso2.org/claims/lastname";

    private static final String DEFAULT_PROFILE = "default";

    private final RealmService realms;

    Users(RealmService realms) {
        this.realms = realms;
    }

    AbstractUserStoreManager store(String tenantDomain) throws UserStoreException {
        try {
            UserRealm realm =
                    realms.getTenantUserRealm(realms.getTenantManager().getTenantId(tenantDomain));
            return (AbstractUserStoreManager) realm.getUserStoreManager();
        } catch (UserStoreException failed) {
            throw failed;
        } catch (org.wso2.carbon.user.api.UserStoreException failed) {
            throw new UserStoreException("No user store for tenant " + tenantDomain, failed);
        }
    }

    /** Whether a user has the address, in the letters given or in small ones. */
    boolean hasMail(AbstractUserStoreManager store, String mail) throws UserStoreException {
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(mail);
        spellings.add(mail.toLowerCase(Locale.ROOT));
        for (String spelling : spellings) {
            if (store.getUserList(MAIL_CLAIM, spelling, DEFAULT_PROFILE).length > 0) {
                return true;
            }
        }
        return false;
    }

    Optional<String> mail(String userId, String tenantDomain) throws UserStoreException {
        String mail = store(tenantDomain).getUserClaimValueWithID(userId, MAIL_CLAIM, DEFAULT_PROFILE);
        return mail == null || mail.trim().isEmpty() ? Optional.empty() : Optional.of(mail.trim());
    }
}
