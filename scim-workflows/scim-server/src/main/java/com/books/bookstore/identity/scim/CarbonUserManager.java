package com.books.bookstore.identity.scim;

import com.books.bookstore.identity.access.UserDirectory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.wso2.carbon.user.api.UserStoreException;
import org.wso2.carbon.user.core.UserStoreClientException;
import org.wso2.carbon.user.core.common.AbstractUserStoreManager;
import org.wso2.carbon.user.core.constants.UserCoreErrorConstants.ErrorMessages;
import org.wso2.carbon.user.core.util.UserCoreUtil;
import org.wso2.charon3.core.exceptions.BadRequestException;
import org.wso2.charon3.core.exceptions.CharonException;
import org.wso2.charon3.core.exceptions.ConflictException;
import org.wso2.charon3.core.exceptions.ForbiddenException;
import org.wso2.charon3.core.exceptions.NotFoundException;
import org.wso2.charon3.core.extensions.UserManager;
import org.wso2.charon3.core.objects.Group;
import org.wso2.charon3.core.objects.User;
import org.wso2.charon3.core.objects.plainobjects.GroupsGetResponse;
import org.wso2.charon3.core.objects.plainobjects.UsersGetResponse;
import org.wso2.charon3.core.utils.codeutils.Node;
import org.wso2.charon3.core.utils.codeutils.PatchOperation;
import org.wso2.charon3.core.utils.codeutils.SearchRequest;

/**
 * Charon's view of the kernel's user store. Groups are the store's internal roles; the role's name is its id.
 *
 * <p>Filters are applied to all users in memory: this server is for development, tests and small shops. Thread-safe.
 */
final class CarbonUserManager implements UserManager {

    private static final String PROFILE = "default";
    private static final String INTERNAL = "Internal/";
    private static final int ALL = -1;
    private static final Set<String> PROTECTED_ROLES = Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(
            "admin", "bookstore-customer", "bookstore-staff", "bookstore-admin")));

    private final UserDirectory users;
    private final String baseUrl;

    CarbonUserManager(UserDirectory users, String baseUrl) {
        this.users = users;
        this.baseUrl = baseUrl;
    }

    @Override
    public User createUser(User user, Map<String, Boolean> attributes)
            throws CharonException, ConflictException, BadRequestException {
        try {
            if (user.getPassword() == null) {
                throw new BadRequestException("A password is needed.", "invalidValue");
            }
            Map<String, String> claims = StoredUser.claims(user, false);
            claims.put(StoredUser.CREATED, now());
            claims.put(StoredUser.MODIFIED, now());
            AbstractUserStoreManager store = users.store();
            if (store.isExistingUser(user.getUserName())) {
                throw new ConflictException("A user with this name exists.");
            }
            org.wso2.carbon.user.core.common.User created = store.addUserWithID(user.getUserName(), user.getPassword(),
                    null, claims, PROFILE);
            if (created == null) {
                // A listener has parked the request. Charon reads a user without an id as 202.
                User parked = new User();
                parked.setUserName(user.getUserName());
                return parked;
            }
            return read(created.getUserID()).toScim(baseUrl);
        } catch (UserStoreException refused) {
            throw refusal(refused);
        }
    }

    @Override
    public User getUser(String id, Map<String, Boolean> attributes)
            throws CharonException, BadRequestException, NotFoundException {
        try {
            if (!users.store().isExistingUserWithID(id)) {
                throw new NotFoundException("There is no such user.");
            }
            return read(id).toScim(baseUrl);
        } catch (UserStoreException failed) {
            throw failure(failed);
        }
    }

    @Override
    public void deleteUser(String id) throws NotFoundException, CharonException, ForbiddenException {
        try {
            AbstractUserStoreManager store = users.store();
            if (!store.isExistingUserWithID(id)) {
                throw new NotFoundException("There is no such user.");
            }
            if (users.name(id).equals(UserCoreUtil.removeDomainFromName(
                    store.getRealmConfiguration().getAdminUserName()))) {
                throw new ForbiddenException("The server's own administrator cannot be deleted.");
            }
            store.deleteUserWithID(id);
        } catch (UserStoreException failed) {
            throw failure(failed);
        }
    }

    @Override
    public UsersGetResponse listUsersWithGET(Node filter, Integer startIndex, Integer count, String sortBy,
            String sortOrder, String domain, Map<String, Boolean> attributes)
            throws CharonException, BadRequestException {
        try {
            List<StoredUser> found = new ArrayList<>();
            Predicate<StoredUser> matches = Filter.of(filter, StoredUser::values);
            for (org.wso2.carbon.user.core.common.User user : users.store().listUsersWithID("*", ALL)) {
                StoredUser stored = read(user.getUserID());
                if (matches.test(stored)) {
                    found.add(stored);
                }
            }
            String key = sortBy == null ? "userName" : sortBy;
            Comparator<StoredUser> order = Comparator.comparing((StoredUser user) ->
                    user.values(key).stream().findFirst().orElse("").toLowerCase(Locale.ROOT));
            found.sort("descending".equalsIgnoreCase(sortOrder) ? order.reversed() : order);
            List<User> page = new ArrayList<>();
            for (StoredUser user : page(found, startIndex, count)) {
                page.add(user.toScim(baseUrl));
            }
            return new UsersGetResponse(found.size(), page);
        } catch (UserStoreException failed) {
            throw failure(failed);
        }
    }

    @Override
    public UsersGetResponse listUsersWithGET(Node filter, int startIndex, int count, String sortBy, String sortOrder,
            String domain, Map<String, Boolean> attributes) throws CharonException, BadRequestException {
        return listUsersWithGET(filter, Integer.valueOf(startIndex), Integer.valueOf(count), sortBy, sortOrder, domain,
                attributes);
    }

    @Override
    public UsersGetResponse listUsersWithPost(SearchRequest search, Map<String, Boolean> attributes)
            throws CharonException, BadRequestException {
        Integer count = search.getCountStr() == null ? null : Integer.valueOf(search.getCount());
        return listUsersWithGET(search.getFilter(), Integer.valueOf(search.getStartIndex()), count, search.getSortBy(),
                search.getSortOder(), null, attributes);
    }

    @Override
    public User updateUser(User user, Map<String, Boolean> attributes)
            throws CharonException, BadRequestException, NotFoundException, ConflictException {
        try {
            AbstractUserStoreManager store = users.store();
            String id = user.getId();
            if (!store.isExistingUserWithID(id)) {
                throw new NotFoundException("There is no such user.");
            }
            if (!users.name(id).equals(user.getUserName())) {
                throw new BadRequestException("A user name cannot be changed.", "mutability");
            }
            Map<String, String> claims = StoredUser.claims(user, true);
            claims.put(StoredUser.MODIFIED, now());
            store.setUserClaimValuesWithID(id, claims, PROFILE);
            if (user.getPassword() != null) {
                store.updateCredentialByAdminWithID(id, user.getPassword());
            }
            return read(id).toScim(baseUrl);
        } catch (UserStoreException refused) {
            throw refusal(refused);
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
            String name = group.getDisplayName();
            if (!name.matches("[A-Za-z0-9_.-]{1,100}")) {
                throw new BadRequestException("A group's name has letters, digits, '_', '.' and '-' only.",
                        "invalidValue");
            }
            if (store.isExistingRole(INTERNAL + name, false)) {
                throw new ConflictException("A group with this name exists.");
            }
            store.addRoleWithID(INTERNAL + name, members(group).toArray(new String[0]), null, false);
            return readGroup(name);
        } catch (UserStoreException refused) {
            throw refusal(refused);
        }
    }

    @Override
    public Group getGroup(String id, Map<String, Boolean> attributes)
            throws CharonException, BadRequestException, NotFoundException {
        try {
            if (!users.store().isExistingRole(INTERNAL + id, false)) {
                throw new NotFoundException("There is no such group.");
            }
            return readGroup(id);
        } catch (UserStoreException failed) {
            throw failure(failed);
        }
    }

    @Override
    public void deleteGroup(String id) throws NotFoundException, CharonException, ForbiddenException {
        try {
            if (!users.store().isExistingRole(INTERNAL + id, false)) {
                throw new NotFoundException("There is no such group.");
            }
            if (PROTECTED_ROLES.contains(id)) {
                throw new ForbiddenException("The bookstore needs this group.");
            }
            users.store().deleteRole(INTERNAL + id);
        } catch (UserStoreException failed) {
            throw failure(failed);
        }
    }

    @Override
    public GroupsGetResponse listGroupsWithGET(Node filter, Integer startIndex, Integer count, String sortBy,
            String sortOrder, String domain, Map<String, Boolean> attributes)
            throws CharonException, BadRequestException {
        try {
            Predicate<String> matches = Filter.of(filter, (String name, String attribute) ->
                    attribute.endsWith("displayName") || attribute.endsWith(":id") ? Collections.singletonList(name)
                            : Collections.emptyList());
            List<String> found = StoredUser.plainRoles(Arrays.asList(users.store().getHybridRoles())).stream()
                    .filter(matches).collect(Collectors.toList());
            List<Group> page = new ArrayList<>();
            for (String name : page(found, startIndex, count)) {
                page.add(readGroup(name));
            }
            return new GroupsGetResponse(found.size(), page);
        } catch (UserStoreException failed) {
            throw failure(failed);
        }
    }

    @Override
    public GroupsGetResponse listGroupsWithGET(Node filter, int startIndex, int count, String sortBy, String sortOrder,
            String domain, Map<String, Boolean> attributes) throws CharonException, BadRequestException {
        return listGroupsWithGET(filter, Integer.valueOf(startIndex), Integer.valueOf(count), sortBy, sortOrder, domain,
                attributes);
    }

    @Override
    public GroupsGetResponse listGroupsWithPost(SearchRequest search, Map<String, Boolean> attributes)
            throws CharonException, BadRequestException {
        Integer count = search.getCountStr() == null ? null : Integer.valueOf(search.getCount());
        return listGroupsWithGET(search.getFilter(), Integer.valueOf(search.getStartIndex()), count, search.getSortBy(),
                search.getSortOder(), null, attributes);
    }

    @Override
    public Group updateGroup(Group old, Group group, Map<String, Boolean> attributes)
            throws CharonException, BadRequestException, NotFoundException {
        try {
            AbstractUserStoreManager store = users.store();
            String name = old.getId();
            if (!name.equals(group.getDisplayName())) {
                throw new BadRequestException("A group's name cannot be changed.", "mutability");
            }
            Set<String> wanted = new LinkedHashSet<>(members(group));
            Set<String> present = new LinkedHashSet<>();
            for (org.wso2.carbon.user.core.common.User user : store.getUserListOfRoleWithID(INTERNAL + name)) {
                present.add(user.getUserID());
            }
            List<String> gone = present.stream().filter(id -> !wanted.contains(id)).collect(Collectors.toList());
            List<String> added = wanted.stream().filter(id -> !present.contains(id)).collect(Collectors.toList());
            if (!gone.isEmpty() || !added.isEmpty()) {
                store.updateUserListOfRoleWithID(INTERNAL + name, gone.toArray(new String[0]),
                        added.toArray(new String[0]));
            }
            return readGroup(name);
        } catch (UserStoreException failed) {
            throw failure(failed);
        }
    }

    /** Charon hands over members to add as a list of maps, those to remove as one map with either value or display. */
    @Override
    public Group patchGroup(String id, String name, Map<String, List<PatchOperation>> operations,
            Map<String, Boolean> attributes) throws CharonException, BadRequestException {
        try {
            Set<String> added = new LinkedHashSet<>();
            Set<String> gone = new LinkedHashSet<>();
            for (PatchOperation operation : operations.getOrDefault("add", Collections.emptyList())) {
                if (!"members".equals(operation.getAttributeName())) {
                    throw new BadRequestException("A group's name cannot be changed.", "mutability");
                }
                for (Object member : (List<?>) operation.getValues()) {
                    added.add(memberId((Map<?, ?>) member));
                }
            }
            List<org.wso2.carbon.user.core.common.User> present =
                    users.store().getUserListOfRoleWithID(INTERNAL + id);
            for (PatchOperation operation : operations.getOrDefault("remove", Collections.emptyList())) {
                if (operation.getValues() == null) {
                    present.forEach(user -> gone.add(user.getUserID()));
                } else {
                    gone.add(memberId((Map<?, ?>) operation.getValues()));
                }
            }
            Set<String> presentIds = present.stream().map(org.wso2.carbon.user.core.common.User::getUserID)
                    .collect(Collectors.toSet());
            gone.retainAll(presentIds);
            added.removeAll(presentIds);
            if (!gone.isEmpty() || !added.isEmpty()) {
                users.store().updateUserListOfRoleWithID(INTERNAL + id, gone.toArray(new String[0]),
                        added.toArray(new String[0]));
            }
            return readGroup(id);
        } catch (UserStoreException failed) {
            throw failure(failed);
        }
    }

    private String memberId(Map<?, ?> member) throws UserStoreException, BadRequestException {
        Object named = member.get("value") != null ? member.get("value") : member.get("display");
        String id = users.find(String.valueOf(named));
        if (id == null) {
            throw new BadRequestException("There is no user " + named + ".", "invalidValue");
        }
        return id;
    }

    private List<String> members(Group group) throws BadRequestException, UserStoreException {
        if (!group.isAttributeExist("members")) {
            return Collections.emptyList();
        }
        List<String> ids = new ArrayList<>();
        for (Object member : group.getMembers()) {
            String id = String.valueOf(member);
            if (!users.store().isExistingUserWithID(id)) {
                throw new BadRequestException("There is no user " + id + ".", "invalidValue");
            }
            ids.add(id);
        }
        return ids;
    }

    private Group readGroup(String name) throws UserStoreException, CharonException, BadRequestException {
        Group group = new Group();
        group.setSchemas();
        group.setId(name);
        group.setDisplayName(name);
        for (org.wso2.carbon.user.core.common.User user : users.store().getUserListOfRoleWithID(INTERNAL + name)) {
            group.setMember(user.getUserID(), user.getUsername(), baseUrl + "/Users/" + user.getUserID(), "User");
        }
        group.setResourceType("Group");
        group.setLocation(baseUrl + "/Groups/" + name);
        return group;
    }

    private StoredUser read(String id) throws UserStoreException {
        AbstractUserStoreManager store = users.store();
        return new StoredUser(id, users.name(id), store.getUserClaimValuesWithID(id, StoredUser.CLAIMS, PROFILE),
                StoredUser.plainRoles(store.getRoleListOfUserWithID(id)));
    }

    private static <T> List<T> page(List<T> all, Integer startIndex, Integer count) {
        int from = Math.min(all.size(), Math.max(1, startIndex == null ? 1 : startIndex) - 1);
        int length = count == null ? all.size() : Math.max(0, count);
        return all.subList(from, (int) Math.min(all.size(), (long) from + length));
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Turns what the store says to the caller's mistakes into SCIM errors. Returns only for what is no mistake. */
    private static CharonException refusal(UserStoreException refused) throws BadRequestException, ConflictException {
        String code = refused instanceof org.wso2.carbon.user.core.UserStoreException
                ? String.valueOf(((org.wso2.carbon.user.core.UserStoreException) refused).getErrorCode()) : "";
        String message = String.valueOf(refused.getMessage());
        if (ErrorMessages.ERROR_CODE_DUPLICATE_WHILE_ADDING_A_USER.getCode().equals(code)
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

    private static CharonException failure(UserStoreException failed) {
        return new CharonException("The user store failed.", failed);
    }
}
