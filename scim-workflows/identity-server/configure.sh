#!/usr/bin/env bash
# Brings an Identity Server 7.2 or later to the state that the bookstore needs: API with scopes, roles, applications, authorizations.
# Run it again whenever access.json or applications/ changed: it adds and corrects what is the bookstore's and leaves the rest alone.
#
#   IS_URL       https://identity.example.com:9443
#   IS_USER, IS_PASSWORD   an administrator; or IS_TOKEN, an access token with the scopes of the README
#   IS_CA        PEM file of the authority of its certificate, unless the system trusts it
#   PASSWORD_MINIMUM_LENGTH   shortest password (default 8); the same as BOOKSTORE_PASSWORD_MINIMUM_LENGTH of Micro Integrator
#   WEB_ORIGINS  where the storefront runs, space separated (default https://books.com)
#   SECRET_FILE  where to put the secret of bookstore-registration (default ./bookstore-registration.secret)
#   BOOKSTORE_EMAIL_CLIENT_SECRET  the secret of bookstore-emails, the same as in the environment of Identity Server
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
: "${IS_URL:?Set IS_URL, such as https://identity.example.com:9443}"
: "${BOOKSTORE_EMAIL_CLIENT_SECRET:?Set BOOKSTORE_EMAIL_CLIENT_SECRET as for Identity Server}"
export BOOKSTORE_EMAIL_CLIENT_SECRET
base=${IS_URL%/}
secret_file=${SECRET_FILE:-bookstore-registration.secret}
origins=${WEB_ORIGINS:-https://books.com}

fail() {
    echo "configure.sh: $*" >&2
    exit 1
}

for tool in curl jq; do
    command -v "$tool" >/dev/null 2>&1 || fail "$tool is needed"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 077
# In a file and not on the command line, where every user of the machine could read them.
if [ -n "${IS_TOKEN:-}" ]; then
    printf 'Authorization: Bearer %s\n' "$IS_TOKEN" >"$work/authorization"
else
    : "${IS_USER:?Set IS_USER and IS_PASSWORD, or IS_TOKEN}" "${IS_PASSWORD:?Set IS_PASSWORD}"
    printf 'Authorization: Basic %s\n' "$(printf '%s' "$IS_USER:$IS_PASSWORD" | base64 | tr -d '\n')" >"$work/authorization"
fi
curl_options=(--silent --show-error --max-time 60 --header "@$work/authorization")
[ -z "${IS_CA:-}" ] || curl_options+=(--cacert "$IS_CA")

# call METHOD PATH [BODY]: the answer's body; its Location header in $work/headers. Anything but 2xx ends the script.
call() {
    local method=$1 path=$2 type=application/json status
    case $path in /scim2/*) type=application/scim+json ;; esac
    local arguments=(--request "$method" --header "Accept: $type" --dump-header "$work/headers" --output "$work/body" --write-out '%{http_code}')
    if [ $# -gt 2 ]; then
        printf '%s' "$3" >"$work/request"
        arguments+=(--header "Content-Type: $type" --data-binary "@$work/request")
    fi
    status=$(curl "${curl_options[@]}" "${arguments[@]}" "$base$path") || fail "$method $path: $base cannot be reached"
    case $status in
        2*) cat "$work/body" ;;
        401 | 403) fail "$method $path was answered with $status: the administrator may not do this" ;;
        *) fail "$method $path was answered with $status: $(jq -r '[.code, .message, .description, .detail] | map(select(. != null)) | join(" ")' "$work/body" 2>/dev/null || true)" ;;
    esac
}

filter() {
    jq -rn --arg text "$1" '$text | @uri'
}

# Ids of what a filter finds; the exact name is compared here again.
api_id() {
    call GET "/api/server/v1/api-resources?limit=10&filter=$(filter "identifier eq $1")" \
        | jq -r --arg identifier "$1" 'first(.apiResources // .APIResources // [] | .[] | select(.identifier == $identifier) | .id) // ""'
}

application_id() {
    call GET "/api/server/v1/applications?limit=10&filter=$(filter "name eq $1")" \
        | jq -r --arg name "$1" 'first(.applications // [] | .[] | select(.name == $name) | .id) // ""'
}

role_id() {
    call GET "/scim2/v2/Roles?count=10&filter=$(filter "displayName eq $1")" \
        | jq -r --arg name "$1" 'first(.Resources // [] | .[] | select(.displayName == $name and ((.audience.type // "organization") | ascii_downcase) == "organization") | .id) // ""'
}

# The API has the identifier under which API Manager's connector looks for the scopes of its APIs. A scope's name is taken once in a tenant: in an
# API of another name the connector would not find ours, want to make them again, and be refused.
api_resource() {
    local wanted id missing
    wanted=$(jq '{identifier: .apiResource, name: "books.com", description: "The APIs of books.com", requiresAuthorization: true,
        scopes: [.scopes | to_entries[] | {name: .key, displayName: .key, description: .value}]}' "$here/access.json")
    id=$(api_id "$(jq -r .identifier <<<"$wanted")")
    if [ -z "$id" ]; then
        call POST /api/server/v1/api-resources "$wanted" >/dev/null
        echo "API $(jq -r .identifier <<<"$wanted"): created"
        return
    fi
    missing=$(call GET "/api/server/v1/api-resources/$id" | jq --argjson wanted "$wanted" '[.scopes[]?.name] as $there
        | {addedScopes: [$wanted.scopes[] | select(.name as $name | $there | index($name) | not)]}')
    if [ "$(jq '.addedScopes | length' <<<"$missing")" != 0 ]; then
        call PATCH "/api/server/v1/api-resources/$id" "$missing" >/dev/null
        echo "API $(jq -r .identifier <<<"$wanted"): scopes added: $(jq -r '[.addedScopes[].name] | join(" ")' <<<"$missing")"
    fi
}

# A role holds exactly those of the bookstore's scopes that it should; permissions of other APIs stay.
role() {
    local name=$1 id change
    id=$(role_id "$name")
    if [ -z "$id" ]; then
        call POST /scim2/v2/Roles "$(jq --arg name "$name" '{schemas: ["urn:ietf:params:scim:schemas:extension:2.0:Role"], displayName: $name,
            permissions: [.roles[$name][] | {value: .}]}' "$here/access.json")" >/dev/null
        echo "Role $name: created"
        return
    fi
    change=$(call GET "/scim2/v2/Roles/$id" | jq --arg name "$name" --slurpfile access "$here/access.json" '$access[0] as $table
        | [.permissions[]?.value] as $there | ($there - ($table.scopes | keys) + $table.roles[$name]) as $wanted
        | if ($there | sort) == ($wanted | sort) then empty else {schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            Operations: [{op: "replace", path: "permissions", value: [$wanted[] | {value: .}]}]} end')
    if [ -n "$change" ]; then
        call PATCH "/scim2/v2/Roles/$id" "$change" >/dev/null
        echo "Role $name: permissions corrected"
    fi
}

# What applications/NAME.json says, with the storefront's addresses, and the secret of the client that Identity Server itself uses.
application_file() {
    jq --arg origins "$origins" '($origins | split(" ") | map(select(. != "") | rtrimstr("/"))) as $list
        | if .oidc.publicClient then .oidc.allowedOrigins = $list
            | .application.accessUrl = $list[0] + "/" | .application.logoutReturnUrl = $list[0] + "/"
            # One pattern for all: the addresses to come back to after signing in, and after signing out.
            | .oidc.callbackURLs = ["regexp=(" + ($list | map((. | gsub("\\."; "\\.")) | . + "/callback|" + . + "/") | join("|")) + ")"]
          elif .application.name == "bookstore-emails" then .oidc.clientSecret = env.BOOKSTORE_EMAIL_CLIENT_SECRET
          else . end' "$here/applications/$1.json"
}

application() {
    local name=$1 wanted id current merged
    wanted=$(application_file "$name")
    id=$(application_id "$name")
    if [ -z "$id" ]; then
        call POST /api/server/v1/applications "$(jq '.application + {inboundProtocolConfiguration: {oidc: .oidc}}' <<<"$wanted")" >/dev/null
        id=$(application_id "$name")
        [ -n "$id" ] || fail "application $name was created but is not found"
        echo "Application $name: created"
    else
        current=$(call GET "/api/server/v1/applications/$id")
        if [ "$(jq --argjson wanted "$(jq .application <<<"$wanted")" '. as $there | all($wanted | keys[]; . as $key
            | $there[$key] as $value | ($value // {} | tojson) as $text | ($wanted[$key] | tojson) as $expected
            | $text == $expected or (($value | type) == "object" and (($value * $wanted[$key]) == $value)))' <<<"$current")" != true ]; then
            call PATCH "/api/server/v1/applications/$id" "$(jq .application <<<"$wanted")" >/dev/null
            echo "Application $name: corrected"
        fi
        # Read-only parts are not sent back; the secret is, so that it stays.
        current=$(call GET "/api/server/v1/applications/$id/inbound-protocols/oidc" | jq 'del(.state, .multipleClientSecretsConfigured)')
        jq .oidc <<<"$wanted" >"$work/oidc"
        merged=$(jq --slurpfile wanted "$work/oidc" '. * $wanted[0]' <<<"$current")
        if [ "$(jq -S . <<<"$current")" != "$(jq -S . <<<"$merged")" ]; then
            call PUT "/api/server/v1/applications/$id/inbound-protocols/oidc" "$merged" >/dev/null
            echo "Application $name: protocol settings corrected"
        fi
    fi
    authorize "$name" "$id" "$wanted"
    if [ "$name" = bookstore-registration ]; then
        call GET "/api/server/v1/applications/$id/inbound-protocols/oidc" | jq -r '.clientSecret // empty' >"$work/secret"
        if [ -s "$work/secret" ] && ! cmp -s "$work/secret" "$secret_file"; then
            cp "$work/secret" "$secret_file"
            echo "Application $name: its secret is in $secret_file; Micro Integrator needs it as BOOKSTORE_REGISTRATION_CLIENT_SECRET"
        fi
    fi
}

# An application may use exactly the scopes of its file on the APIs of its file; other APIs stay as they are.
authorize() {
    local name=$1 id=$2 wanted=$3 api identifier policy scopes api_id there change
    for api in $(jq -r '.apis | keys[]' <<<"$wanted"); do
        identifier=$(jq -r ".apis[$api].identifier" <<<"$wanted")
        policy=$(jq -r ".apis[$api].policy" <<<"$wanted")
        scopes=$(jq -c --slurpfile access "$here/access.json" ".apis[$api].scopes | if . == \"roles\" then (\$access[0].roles | add | unique) else sort end" <<<"$wanted")
        api_id=$(api_id "$identifier")
        [ -n "$api_id" ] || fail "Identity Server has no API $identifier; is it 7.2 or later?"
        there=$(call GET "/api/server/v1/applications/$id/authorized-apis" | jq -c --arg id "$api_id" 'first(.[] | select(.id == $id)) // empty')
        if [ -z "$there" ]; then
            call POST "/api/server/v1/applications/$id/authorized-apis" "$(jq -n --arg id "$api_id" --arg policy "$policy" --argjson scopes "$scopes" \
                '{id: $id, policyIdentifier: $policy, scopes: $scopes}')" >/dev/null
            echo "Application $name: may use $identifier"
            continue
        fi
        change=$(jq -c --argjson scopes "$scopes" '[.authorizedScopes[]?.name] as $there | {addedScopes: ($scopes - $there), removedScopes: ($there - $scopes)}' <<<"$there")
        if [ "$(jq '(.addedScopes + .removedScopes) | length' <<<"$change")" != 0 ]; then
            call PATCH "/api/server/v1/applications/$id/authorized-apis/$api_id" "$change" >/dev/null
            echo "Application $name: scopes of $identifier corrected"
        fi
    done
}

# The rules of the registration API at every other place where a password is set. Other fields keep their rules.
password_policy() {
    local wanted
    wanted=$(jq --arg minimum "${PASSWORD_MINIMUM_LENGTH:-8}" '.regEx[0].properties[0].value |= sub("\\{8,"; "{\($minimum),")' "$here/password-policy.json")
    if [ "$(call GET /api/server/v1/validation-rules/password | jq -S '{regEx: (.regEx // [])}')" != "$(jq -S . <<<"$wanted")" ]; then
        call PUT /api/server/v1/validation-rules/password "$wanted" >/dev/null
        echo "Password policy: set"
    fi
}

api_resource
password_policy
for name in $(jq -r '.roles | keys_unsorted[]' "$here/access.json"); do
    role "$name"
done
for file in "$here"/applications/*.json; do
    application "$(basename "$file" .json)"
done
echo "Identity Server at $base is as the bookstore needs it."
