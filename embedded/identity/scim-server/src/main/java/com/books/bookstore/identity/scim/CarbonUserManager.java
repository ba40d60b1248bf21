package com.books.bookstore.identity.scim;

import com.books.bookstore.identity.access.Credentials;
import com.books.bookstore.identity.access.UserDirectory;
import com.books.bookstore.identity.scim.GroupRecords.GroupRecord;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.wso2.carbon.user.api.RealmConfiguration;
import org.wso2.carbon.user.api.UserStoreException;
import org.wso2.carbon.user.core.UserCoreConstants;
import org.wso2.carbon.user.core.UserStoreClientException;
import org.wso2.carbon.user.core.common.AbstractUserStoreManager;
import org.wso2.carbon.user.core.constants.UserCoreErrorConstants.ErrorMessages;
import org.wso2.carbon.user.core.util.UserCoreUtil;
import org.wso2.charon3.core.attributes.SimpleAttribute;
import org.wso2.charon3.core.exceptions.BadRequestException;
import org.wso2.charon3.core.exceptions.CharonException;
import org.wso2.charon3.core.exceptions.ConflictException;
import org.wso2.charon3.core.exceptions.ForbiddenException;
import org.wso2.charon3.core.exceptions.NotFoundException;
import org.wso2.charon3.core.exceptions.NotImplementedException;
import org.wso2.charon3.core.extensions.UserManager;
import org.wso2.charon3.core.objects.Group;
import org.wso2.charon3.core.objects.User;
import org.wso2.charon3.core.objects.plainobjects.GroupsGetResponse;
import org.wso2.charon3.core.objects.plainobjects.UsersGetResponse;
import org.wso2.charon3.core.utils.codeutils.Node;
import org.wso2.charon3.core.utils.codeutils.PatchOperation;
import org.wso2.charon3.core.utils.codeutils.SearchRequest;

/**
 * Charon's view of the kernel's user store. Groups are the store's internal roles. Lists and PATCH are the servlet's. Thread-safe.
 */
final class CarbonUserManager implements UserManager {

    private static final String PROFILE = "default";
    private static final String INTERNAL = "Internal/";
    private static final int ALL = -1;
    /** The code by which a listener says that a user is a duplicate, as in the SCIM component of Identity Server. */
    private static final String DUPLICATE = "UCM-60001";

    /** In other names the store may see a pattern, a domain, or another letter than SCIM does. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[!-~&&[^*?%/\\\\]]+");

    private static final Set<String> PROTECTED_ROLES = Collections.unmodifiableSet(
            new LinkedHashSet<>(Arrays.asList("admin", "bookstore-customer", "bookstore-staff", "bookstore-admin")));

    private static final String NAME_POLICY =
            "A user name has 3 to 254 characters, without spaces, control characters and any of / \\ , ; \" % * ? < >.";

    /** The user store's property that says what a password needs. */
    private static final String PASSWORD_POLICY = "PasswordJavaRegExViolationErrorMsg";

    private static final int PASSWORD_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final UserDirectory users;
    private final UserDocuments documents;
    private final GroupRecords groups;
    /** Its monitor is held from the check that an address is free until it is stored. */
    private final EmailAddresses addresses;

    private final String baseUrl;

    CarbonUserManager(
            UserDirectory users,
            UserDocuments documents,
            GroupRecords groups,
            EmailAddresses addresses,
            String baseUrl) {
        this.users = users;
        this.documents = documents;
        this.groups = groups;
        this.addresses = addresses;
        this.baseUrl = baseUrl;
    }

    @Override
    public User createUser(User user, Map<String, Boolean> attributes)
            throws CharonException, ConflictException, BadRequestException {
        try {
            Map<String, String> claims = StoredUser.claims(user, false);
            claims.put(StoredUser.CREATED, now());
            claims.put(StoredUser.MODIFIED, now());
            AbstractUserStoreManager store = users.store();
            if (store.isExistingUser(user.getUserName())) {
                throw new ConflictException("A user with this name exists.");
            }
            String password =
                    user.getPassword() == null ? unknownPassword() : Credentials.normalize(user.getPassword());
            synchronized (addresses) {
                addresses.check(null, MissingNode.getInstance(), StoredUser.emails(user));
                org.wso2.carbon.user.core.common.User created =
                        store.addUserWithID(user.getUserName(), password, null, claims, PROFILE);
                if (created == null) {
                    // A listener has parked the request. Charon reads a user without an id as 202.
                    User parked = new User();
                    parked.setUserName(user.getUserName());
                    return parked;
                }
                documents.put(created.getUserID(), StoredUser.document(user));
                return read(created.getUserID());
            }
        } catch (UserStoreException refused) {
            throw refusal(refused);
        } catch (SQLException failed) {
            throw failure(failed);
        }
    }

    @Override
    public User getUser(String id, Map<String, Boolean> attributes)
            throws CharonException, BadRequestException, NotFoundException {
        try {
            if (!users.store().isExistingUserWithID(id)) {
                throw new NotFoundException("There is no user with this ID.");
            }
            return read(id);
        } catch (UserStoreException failed) {
            throw failure(failed);
        }
    }

    @Override
    public void deleteUser(String id) throws NotFoundException, CharonException, ForbiddenException {
        try {
            AbstractUserStoreManager store = users.store();
            if (!store.isExistingUserWithID(id)) {
                throw new NotFoundException("There is no user with this ID.");
            }
            if (users.name(id)
                    .equals(UserCoreUtil.removeDomainFromName(
                            store.getRealmConfiguration().getAdminUserName()))) {
                throw new ForbiddenException("The server's own administrator cannot be deleted.");
            }
            store.deleteUserWithID(id);
            documents.put(id, "");
        } catch (UserStoreException | SQLException failed) {
            throw failure(failed);
        }
    }

    /**
     * Looks at a user or a group as it was sent: Charon cuts off what is at the ends of names and passwords, and the user store does not
     * say what is wrong.
     *
     * @throws ScimError if no user may have the name, the password does not meet the policy of the user store, or a value is too long for it
     */
    void checkValues(ObjectNode user) throws UserStoreException, ScimError {
        StoredUser.requireFit(user);
        JsonNode name = user.path("userName");
        if (name.isTextual() && !Credentials.isUserName(name.textValue())) {
            throw ScimError.badRequest("invalidValue", NAME_POLICY);
        }
        JsonNode password = user.path("password");
        Optional<String> refusal = password.isTextual() ? passwordRefusal(password.textValue()) : Optional.empty();
        if (refusal.isPresent()) {
            throw ScimError.badRequest("invalidValue", refusal.get());
        }
    }

    /** What the policy says to a password that does not meet it. */
    private Optional<String> passwordRefusal(String password) throws UserStoreException {
        RealmConfiguration settings = users.store().getRealmConfiguration();
        return Credentials.normalize(password)
                        .matches(settings.getUserStoreProperty(UserCoreConstants.RealmConfig.PROPERTY_JAVA_REG_EX))
                ? Optional.empty()
                : Optional.of(settings.getUserStoreProperty(PASSWORD_POLICY));
    }

    /**
     * Sets the password of a user who exists.
     *
     * @return what the policy says, if it does not accept the password
     */
    Optional<String> setPassword(String id, String password) throws UserStoreException {
        Optional<String> refusal = passwordRefusal(password);
        if (!refusal.isPresent()) {
            users.store().updateCredentialByAdminWithID(id, Credentials.normalize(password));
        }
        return refusal;
    }

    /** Gives a user who exists other names. */
    void rename(String id, String givenName, String familyName) throws UserStoreException {
        Map<String, String> claims = new HashMap<>();
        claims.put(StoredUser.GIVEN_NAME, givenName);
        claims.put(StoredUser.FAMILY_NAME, familyName);
        claims.put(StoredUser.MODIFIED, now());
        users.store().setUserClaimValuesWithID(id, claims, PROFILE);
    }

    /** A user who is created without a password cannot sign in until an administrator sets one. */
    private static String unknownPassword() {
        byte[] password = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(password);
        // The rest may lack a character that the policy wants.
        return "Aa1-" + Base64.getEncoder().encodeToString(password);
    }

    /** Ids of all users, by their names. */
    List<String> userIds() throws UserStoreException {
        return userIdsLike("*");
    }

    /** Ids of all users who can have this name, whatever its letter case, and perhaps of others. */
    List<String> userIds(String name) throws UserStoreException {
        return PLAIN_NAME.matcher(name).matches() ? userIdsLike(name) : userIds();
    }

    /** By a pattern and not by getUserIDFromUserName, which keeps a name as it was asked for as if it were the user's own. */
    private List<String> userIdsLike(String pattern) throws UserStoreException {
        Map<String, String> ids = new TreeMap<>();
        for (org.wso2.carbon.user.core.common.User user : users.store().listUsersWithID(pattern, ALL)) {
            ids.put(user.getUsername().toLowerCase(Locale.ROOT), user.getUserID());
        }
        return new ArrayList<>(ids.values());
    }

    @Override
    public UsersGetResponse listUsersWithGET(
            Node filter,
            Integer startIndex,
            Integer count,
            String sortBy,
            String sortOrder,
            String domain,
            Map<String, Boolean> attributes)
            throws NotImplementedException {
        throw new NotImplementedException("Lists are made by the servlet.");
    }

    @Override
    public UsersGetResponse listUsersWithGET(
            Node filter,
            int startIndex,
            int count,
            String sortBy,
            String sortOrder,
            String domain,
            Map<String, Boolean> attributes)
            throws NotImplementedException {
        throw new NotImplementedException("Lists are made by the servlet.");
    }

    @Override
    public UsersGetResponse listUsersWithPost(SearchRequest search, Map<String, Boolean> attributes)
            throws NotImplementedException {
        throw new NotImplementedException("Lists are made by the servlet.");
    }

    @Override
    public User updateUser(User user, Map<String, Boolean> attributes)
            throws CharonException, BadRequestException, NotFoundException, ConflictException {
        try {
            AbstractUserStoreManager store = users.store();
            String id = user.getId();
            if (!store.isExistingUserWithID(id)) {
                throw new NotFoundException("There is no user with this ID.");
            }
            String password = user.getPassword() == null ? null : Credentials.normalize(user.getPassword());
            if (!users.name(id).equalsIgnoreCase(user.getUserName())) {
                throw new BadRequestException("A user name cannot be changed.", "mutability");
            }
            Map<String, String> claims = StoredUser.claims(user, true);
            claims.put(StoredUser.MODIFIED, now());
            synchronized (addresses) {
                addresses.check(id, stored(id).emails(), StoredUser.emails(user));
                store.setUserClaimValuesWithID(id, claims, PROFILE);
                documents.put(id, StoredUser.document(user));
            }
            if (password != null) {
                store.updateCredentialByAdminWithID(id, password);
            }
            return read(id);
        } catch (UserStoreException refused) {
            throw refusal(refused);
        } catch (SQLException failed) {
            throw failure(failed);
        }
    }

    @Override
    public User updateUser(User user, Map<String, Boolean> attributes, List<String> simpleMultiValued)
            throws CharonException, BadRequestException, NotFoundException, ConflictException {
        return updateUser(user, attributes);
    }

    @Override
    public User getMe(String id, Map<String, Boolean> attributes)
            throws CharonException, BadRequestException, NotFoundException {
        return getUser(id, attributes);
    }

    @Override
    public User createMe(User user, Map<String, Boolean> attributes)
            throws CharonException, ConflictException, BadRequestException {
        return createUser(user, attributes);
    }

    @Override
    public void deleteMe(String id) throws NotFoundException, CharonException, ForbiddenException {
        deleteUser(id);
    }

    @Override
    public User updateMe(User user, Map<String, Boolean> attributes)
            throws CharonException, BadRequestException, NotFoundException, ConflictException {
        return updateUser(user, attributes);
    }

    @Override
    public Group createGroup(Group group, Map<String, Boolean> attributes)
            throws CharonException, ConflictException, BadRequestException {
        try {
            AbstractUserStoreManager store = users.store();
            String name = groupName(group.getDisplayName());
            if (store.isExistingRole(INTERNAL + name, false)) {
                throw new ConflictException("A group with this name exists.");
            }
            for (String member : members(group)) {
                requireUser(member);
            }
            store.addRoleWithID(INTERNAL + name, members(group).toArray(new String[0]), null, false);
            return readGroup(groups.create(name, externalId(group)));
        } catch (UserStoreException refused) {
            throw refusal(refused);
        } catch (SQLException failed) {
            throw failure(failed);
        }
    }

    static String groupName(String name) throws BadRequestException {
        if (name == null || !name.matches("[A-Za-z0-9_.-]{1,100}")) {
            throw new BadRequestException("A group's name has letters, digits, '_', '.' and '-' only.", "invalidValue");
        }
        return name;
    }

    private static String externalId(Group group) throws CharonException {
        return group.isAttributeExist("externalId")
                ? ((SimpleAttribute) group.getAttribute("externalId")).getStringValue()
                : null;
    }

    @Override
    public Group getGroup(String id, Map<String, Boolean> attributes)
            throws CharonException, BadRequestException, NotFoundException {
        try {
            return readGroup(groups.ofRole(role(id)));
        } catch (UserStoreException | SQLException failed) {
            throw failure(failed);
        }
    }

    @Override
    public void deleteGroup(String id) throws NotFoundException, CharonException, ForbiddenException {
        try {
            String name = role(id);
            if (PROTECTED_ROLES.contains(name)) {
                throw new ForbiddenException("The bookstore needs this group.");
            }
            users.store().deleteRole(INTERNAL + name);
            groups.delete(name);
        } catch (UserStoreException | SQLException failed) {
            throw failure(failed);
        }
    }

    /** Name of the role with this id. */
    private String role(String id) throws UserStoreException, SQLException, NotFoundException {
        String name = groups.name(id);
        if (name == null || !users.store().isExistingRole(INTERNAL + name, false)) {
            throw new NotFoundException("There is no group with this ID.");
        }
        return name;
    }

    /** Ids of all groups, by their names. */
    List<String> groupIds() throws UserStoreException, SQLException {
        List<String> ids = new ArrayList<>();
        for (String name : StoredUser.plainRoles(Arrays.asList(users.store().getHybridRoles()))) {
            ids.add(groups.ofRole(name).id);
        }
        return ids;
    }

    @Override
    public GroupsGetResponse listGroupsWithGET(
            Node filter,
            Integer startIndex,
            Integer count,
            String sortBy,
            String sortOrder,
            String domain,
            Map<String, Boolean> attributes)
            throws NotImplementedException {
        throw new NotImplementedException("Lists are made by the servlet.");
    }

    @Override
    public GroupsGetResponse listGroupsWithGET(
            Node filter,
            int startIndex,
            int count,
            String sortBy,
            String sortOrder,
            String domain,
            Map<String, Boolean> attributes)
            throws NotImplementedException {
        throw new NotImplementedException("Lists are made by the servlet.");
    }

    @Override
    public GroupsGetResponse listGroupsWithPost(SearchRequest search, Map<String, Boolean> attributes)
            throws NotImplementedException {
        throw new NotImplementedException("Lists are made by the servlet.");
    }

    @Override
    public Group updateGroup(Group old, Group group, Map<String, Boolean> attributes)
            throws CharonException, BadRequestException, NotFoundException {
        try {
            changeGroup(
                    old.getId(), groupName(group.getDisplayName()), externalId(group), members(old), members(group));
            return readGroup(groups.ofRole(group.getDisplayName()));
        } catch (UserStoreException | SQLException failed) {
            throw failure(failed);
        }
    }

    /**
     * Renames a group and brings its members from what they were to what they are to be.
     *
     * @throws UserStoreException when the store refuses or fails
     */
    void changeGroup(String id, String newName, String externalId, Set<String> before, Set<String> wanted)
            throws UserStoreException, SQLException, NotFoundException, BadRequestException {
        AbstractUserStoreManager store = users.store();
        String name = role(id);
        if (!name.equals(newName)) {
            if (PROTECTED_ROLES.contains(name)) {
                throw new BadRequestException("The bookstore needs this group under its name.", "mutability");
            }
            if (!name.equalsIgnoreCase(newName) && store.isExistingRole(INTERNAL + newName, false)) {
                throw new BadRequestException("A group with this name exists.", "uniqueness");
            }
        }
        changeMembers(name, minus(wanted, before), minus(before, wanted));
        if (!name.equals(newName)) {
            groups.delete(newName);
            store.updateRoleName(INTERNAL + name, INTERNAL + newName);
        }
        groups.changed(name, newName, externalId);
    }

    /** Adds and removes only what differs from the store, so that members who come otherwise meanwhile stay. */
    private void changeMembers(String name, Collection<String> added, Collection<String> gone)
            throws UserStoreException, BadRequestException {
        Set<String> present = users.store().getUserListOfRoleWithID(INTERNAL + name).stream()
                .map(org.wso2.carbon.user.core.common.User::getUserID)
                .collect(Collectors.toSet());
        for (String id : added) {
            requireUser(id);
        }
        String[] removed = gone.stream().filter(present::contains).toArray(String[]::new);
        String[] joining = added.stream().filter(id -> !present.contains(id)).toArray(String[]::new);
        if (removed.length > 0 || joining.length > 0) {
            users.store().updateUserListOfRoleWithID(INTERNAL + name, removed, joining);
        }
    }

    private static Set<String> minus(Set<String> all, Set<String> some) {
        return all.stream().filter(each -> !some.contains(each)).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public Group patchGroup(
            String id, String name, Map<String, List<PatchOperation>> operations, Map<String, Boolean> attributes)
            throws NotImplementedException {
        throw new NotImplementedException("The servlet makes a whole group of a PATCH.");
    }

    private static Set<String> members(Group group) {
        if (!group.isAttributeExist("members")) {
            return new LinkedHashSet<>();
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Object member : group.getMembers()) {
            ids.add(String.valueOf(member));
        }
        return ids;
    }

    private void requireUser(String id) throws UserStoreException, BadRequestException {
        if (id.isEmpty() || !users.store().isExistingUserWithID(id)) {
            throw new BadRequestException("There is no user " + id + ".", "invalidValue");
        }
    }

    private Group readGroup(GroupRecord record) throws UserStoreException, CharonException, BadRequestException {
        Group group = new Group();
        group.setSchemas();
        group.setId(record.id);
        group.setDisplayName(record.name);
        if (record.externalId != null) {
            group.setExternalId(record.externalId);
        }
        for (org.wso2.carbon.user.core.common.User user :
                users.store().getUserListOfRoleWithID(INTERNAL + record.name)) {
            group.setMember(user.getUserID(), user.getUsername(), baseUrl + "/Users/" + user.getUserID(), "User");
        }
        group.setResourceType("Group");
        group.setLocation(baseUrl + "/Groups/" + record.id);
        group.setCreatedInstant(record.created);
        group.setLastModifiedInstant(record.modified);
        return group;
    }

    private User read(String id) throws UserStoreException, CharonException, BadRequestException {
        try {
            return stored(id).toScim(baseUrl);
        } catch (SQLException failed) {
            throw failure(failed);
        }
    }

    /** The user with this id, who exists. */
    StoredUser stored(String id) throws UserStoreException, SQLException {
        AbstractUserStoreManager store = users.store();
        List<GroupRecord> records = new ArrayList<>();
        for (String role : StoredUser.plainRoles(store.getRoleListOfUserWithID(id))) {
            records.add(groups.ofRole(role));
        }
        return new StoredUser(
                id,
                users.name(id),
                store.getUserClaimValuesWithID(id, StoredUser.CLAIMS, PROFILE),
                documents.of(id),
                records);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Turns what the store says to the caller's mistakes into SCIM errors. Returns only when the caller made no mistake. */
    private static CharonException refusal(UserStoreException refused) throws BadRequestException, ConflictException {
        String code = refused instanceof org.wso2.carbon.user.core.UserStoreException
                ? String.valueOf(((org.wso2.carbon.user.core.UserStoreException) refused).getErrorCode())
                : "";
        String message = String.valueOf(refused.getMessage());
        if (DUPLICATE.equals(code)
                || ErrorMessages.ERROR_CODE_DUPLICATE_WHILE_ADDING_A_USER
                        .getCode()
                        .equals(code)
                || message.contains(ErrorMessages.ERROR_CODE_USER_ALREADY_EXISTS.getCode())) {
            throw new ConflictException(message);
        }
        if (refused instanceof UserStoreClientException
                || message.contains(ErrorMessages.ERROR_CODE_INVALID_USER_NAME.getCode())
                || message.contains(ErrorMessages.ERROR_CODE_INVALID_PASSWORD.getCode())) {
            throw new BadRequestException(message, "invalidValue");
        }
        return failure(refused);
    }

    private static CharonException failure(Exception failed) {
        return new CharonException("The user store failed.", failed);
    }
}
