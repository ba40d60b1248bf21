package com.books.bookstore.identity.registration.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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

    /** "true" for a user who may not sign in. The embedded server keeps the first only. */
    private static final List<String> INACTIVE_CLAIMS =
            List.of("http://wso2.org/claims/identity/accountDisabled", "http://wso2.org/claims/identity/accountLocked");

    private static final String DEFAULT_PROFILE = "default";

    private final RealmService realms;

    Users(RealmService realms) {
        this.realms = realms;
    }

    AbstractUserStoreManager store(String tenantDomain) throws UserStoreException {
        try {
            return (AbstractUserStoreManager) realm(tenantDomain).getUserStoreManager();
        } catch (UserStoreException failed) {
            throw failed;
        } catch (org.wso2.carbon.user.api.UserStoreException failed) {
            throw new UserStoreException("No user store for tenant " + tenantDomain, failed);
        }
    }

    private UserRealm realm(String tenantDomain) throws org.wso2.carbon.user.api.UserStoreException {
        return realms.getTenantUserRealm(realms.getTenantManager().getTenantId(tenantDomain));
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

    /** Whether the user may sign in: neither disabled nor locked. */
    boolean isActive(String userId, String tenantDomain) throws UserStoreException {
        try {
            List<String> known = new ArrayList<>();
            for (String claim : INACTIVE_CLAIMS) {
                // The user store refuses to read a claim that the server does not have.
                if (realm(tenantDomain).getClaimManager().getClaimMapping(claim) != null) {
                    known.add(claim);
                }
            }
            // Several at once: what keeps them on Identity Server answers to this call.
            return store(tenantDomain)
                    .getUserClaimValuesWithID(userId, known.toArray(new String[0]), DEFAULT_PROFILE)
                    .values()
                    .stream()
                    .noneMatch(Boolean::parseBoolean);
        } catch (UserStoreException failed) {
            throw failed;
        } catch (org.wso2.carbon.user.api.UserStoreException failed) {
            throw new UserStoreException("The state of a user cannot be read", failed);
        }
    }

    Optional<String> mail(String userId, String tenantDomain) throws UserStoreException {
        String mail = store(tenantDomain).getUserClaimValueWithID(userId, MAIL_CLAIM, DEFAULT_PROFILE);
        return mail == null || mail.trim().isEmpty() ? Optional.empty() : Optional.of(mail.trim());
    }
}
