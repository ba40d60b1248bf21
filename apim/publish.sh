#!/usr/bin/env bash
# Publishes this directory on API Manager, in the order of dependencies. Can be run again: what exists is updated. Usage: apim/publish.sh dev|prod
#
#   APICTL                     the apictl program (apictl)
#   APIM_URL                   API Manager's control plane (dev: https://localhost:9444)
#   APIM_USER, APIM_PASSWORD   an administrator of API Manager
#   IS_URL                     Identity Server, as API Manager and this script reach it, and as its tokens name it
#                              (dev: https://identity-server:9443; put it into your hosts file)
#   IS_USER, IS_PASSWORD       an account of Identity Server for API Manager: applications, scopes, roles; it may see bookstore-web
#   BOOKSTORE_MI_URL           Micro Integrator, as the gateway reaches it (dev: http://micro-integrator:8290)
#   BOOKSTORE_STOREFRONT_ORIGIN  the origin that may call the APIs from browsers (dev: http://localhost:8080)
#   BOOKSTORE_GATEWAY, BOOKSTORE_GATEWAY_HOST  prod: the gateway environment and its host
#   CURL_CA_BUNDLE             the certificate authority of both servers
#
# Before: mvn package; apictl add env dev --apim $APIM_URL; apictl login dev. Needs curl and jq.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
environment=${1:-}
apictl=${APICTL:-apictl}

fail() {
    echo "publish: $*" >&2
    exit 1
}

case "$environment" in
    dev)
        # The addresses of deployment/compose.yaml.
        export APIM_URL=${APIM_URL:-https://localhost:9444} IS_URL=${IS_URL:-https://identity-server:9443}
        export BOOKSTORE_MI_URL=${BOOKSTORE_MI_URL:-http://micro-integrator:8290}
        export BOOKSTORE_STOREFRONT_ORIGIN=${BOOKSTORE_STOREFRONT_ORIGIN:-http://localhost:8080}
        # apictl replaces the variables of all environments in params.yaml, also of those it does not use.
        export BOOKSTORE_GATEWAY=${BOOKSTORE_GATEWAY:-Default} BOOKSTORE_GATEWAY_HOST=${BOOKSTORE_GATEWAY_HOST:-localhost}
        ;;
    prod) ;;
    *) fail "Usage: apim/publish.sh dev|prod" ;;
esac
for variable in APIM_URL APIM_USER APIM_PASSWORD IS_URL IS_USER IS_PASSWORD BOOKSTORE_MI_URL BOOKSTORE_STOREFRONT_ORIGIN \
    BOOKSTORE_GATEWAY BOOKSTORE_GATEWAY_HOST; do
    [ -n "${!variable:-}" ] || fail "$variable is not set; what it is for is said at the top of this script."
    export "${variable?}"
done
for program in "$apictl" curl jq; do
    command -v "$program" >/dev/null 2>&1 || fail "There is no $program on the PATH."
done
built="$here/target/projects"
[ -d "$built" ] || fail "There are no projects in apim/target. Build them: mvn -pl apim package"

# request USER_VARIABLE PASSWORD_VARIABLE METHOD URL [BODY]: the answer's body. Passwords are on no command line.
answer_options=(--fail)
request() {
    BODY=${5:-} jq -rn --arg user "$1" --arg password "$2" \
        '"user = \(env[$user] + ":" + env[$password] | tojson)",
         if env.BODY == "" then empty else "header = \"Content-Type: application/json\"", "data = \(env.BODY | tojson)" end' \
        | curl --silent --show-error "${answer_options[@]}" --config - --request "$3" --header 'Accept: application/json' "$4" \
        || fail "$3 $4 failed"
}

apim() {
    request APIM_USER APIM_PASSWORD "$@"
}

# status METHOD URL BODY: what API Manager answers, as a number.
status() {
    local answer_options=(--output /dev/null --write-out '%{http_code}')
    apim "$@"
}

# patiently COMMAND...: until it succeeds, for a minute or so. API Manager takes a moment until it uses what it was given.
patiently() {
    local wait answer
    for wait in 1 2 3 5 8 13 21; do
        if answer=$("$@" 2>/dev/null); then
            printf '%s\n' "$answer"
            return
        fi
        sleep "$wait"
    done
    "$@"
}

step() {
    echo "== $*"
}

step "Roles in Identity Server"
# A scope may be bound to a role that does not exist: API Manager does not report it, and no user would get the scope.
roles=$(jq -r '[.[].bindings[] | ltrimstr("Internal/")] | unique | .[]' "$here/shared-scopes.json")
known=$(request IS_USER IS_PASSWORD GET "$IS_URL/scim2/v2/Roles?count=1000" | jq -r '.Resources[]?.displayName')
for role in $roles; do
    grep -qxF "$role" <<<"$known" || fail "Identity Server has no role $role: configure it first (scim-workflows/identity-server)."
done

step "Throttling policies"
# First, because an import of an API that names a policy which is not there fails.
for policy in "$here"/policies/*.yaml; do
    "$apictl" import policy rate-limiting --file "$policy" --environment "$environment" --update
done

step "Key manager"
key_manager=$(jq 'walk(if type == "string"
        then gsub("@IS_URL@"; env.IS_URL) | gsub("@IS_USER@"; env.IS_USER) | gsub("@IS_PASSWORD@"; env.IS_PASSWORD) else . end)' \
    "$here/key-manager/identity-server-7.json")
name=$(jq -r .name <<<"$key_manager")
id=$(apim GET "$APIM_URL/api/am/admin/v4/key-managers" | jq -r --arg name "$name" '.list[]? | select(.name == $name) | .id')
if [ -n "$id" ]; then
    apim PUT "$APIM_URL/api/am/admin/v4/key-managers/$id" "$key_manager" >/dev/null
else
    apim POST "$APIM_URL/api/am/admin/v4/key-managers" "$key_manager" >/dev/null
fi

# Versions of API Manager that ask the key manager as well refuse a scope that Identity Server has already, and never take it over
# (wso2/carbon-apimgt#13974). Given back, it is made again by API Manager, which binds the roles too.
add_scope() {
    local scope=$1 code api
    code=$(status POST "$APIM_URL/api/am/publisher/v4/scopes" "$scope")
    case $code in
        2*) ;;
        409)
            api=$(request IS_USER IS_PASSWORD GET "$IS_URL/api/server/v1/api-resources?filter=identifier%20eq%20User-defined-oauth2-resource" \
                | jq -r '.apiResources[0].id // empty')
            [ -n "$api" ] || fail "API Manager refuses the scope $(jq -r .name <<<"$scope"), and Identity Server has it in another API (scim-workflows/identity-server)."
            request IS_USER IS_PASSWORD DELETE "$IS_URL/api/server/v1/api-resources/$api/scopes/$(jq -r .name <<<"$scope")" >/dev/null
            code=$(status POST "$APIM_URL/api/am/publisher/v4/scopes" "$scope")
            [[ $code == 2* ]] || fail "API Manager still answers $code to the scope $(jq -r .name <<<"$scope"), which Identity Server no longer has: run scim-workflows/identity-server/configure.sh again, or users do not get it. Has an API of API Manager a scope of that name?"
            remade="yes"
            ;;
        *) fail "POST $APIM_URL/api/am/publisher/v4/scopes was answered with $code" ;;
    esac
}

step "Shared scopes"
remade=""
existing=$(apim GET "$APIM_URL/api/am/publisher/v4/scopes?limit=1000")
while read -r scope; do
    id=$(jq -r --argjson scope "$scope" '.list[]? | select(.name == $scope.name) | .id' <<<"$existing")
    if [ -n "$id" ]; then
        apim PUT "$APIM_URL/api/am/publisher/v4/scopes/$id" "$scope" >/dev/null
    else
        add_scope "$scope"
    fi
done < <(jq -c '.[]' "$here/shared-scopes.json")

step "APIs, then the product that is made of them"
staged="$here/target/publish-$environment"
rm -rf "$staged"
cp -R "$built" "$staged"
for file in "$staged"/*/api.yaml "$staged"/*/api_product.yaml; do
    sed "s|@STOREFRONT_ORIGIN@|$BOOKSTORE_STOREFRONT_ORIGIN|" "$file" >"$file.new"
    mv "$file.new" "$file"
done
for project in "$staged"/*/api.yaml; do
    project=$(dirname "$project")
    "$apictl" import api --file "$project" --params "$project/params.yaml" --environment "$environment" \
        --update --rotate-revision --preserve-provider=false
done
for project in "$staged"/*/api_product.yaml; do
    project=$(dirname "$project")
    "$apictl" import api-product --file "$project" --params "$project/params.yaml" --environment "$environment" \
        --update-api-product --rotate-revision --preserve-provider=false
done

step "Application of the storefront, its client and its subscriptions"
# The client is Identity Server's bookstore-web, which configure.sh made: tokens name it, and the gateway looks up what it is subscribed to.
client=bookstore-web
devportal="$APIM_URL/api/am/devportal/v3"
application=$(jq -n --arg name "$client" '{name: $name, throttlingPolicy: "BookstoreApplication", tokenType: "JWT",
    description: "The storefront: all customers and staff"}')
id=$(apim GET "$devportal/applications?query=$client&limit=100" | jq -r --arg name "$client" '.list[]? | select(.name == $name) | .applicationId')
if [ -n "$id" ]; then
    apim PUT "$devportal/applications/$id" "$application" >/dev/null
else
    id=$(apim POST "$devportal/applications" "$application" | jq -r .applicationId)
fi
mapped=$(apim GET "$devportal/applications/$id/oauth-keys" | jq -r --arg client "$client" '.list[]? | select(.consumerKey == $client) | .consumerKey')
if [ -z "$mapped" ]; then
    # A public client has an unused secret too, and API Manager requires it before it maps the client.
    registered=$(request IS_USER IS_PASSWORD GET "$IS_URL/api/identity/oauth2/dcr/v1.1/register/$client")
    keys=$(jq --arg client "$client" --arg keyManager "$name" \
        '{consumerKey: $client, consumerSecret: .client_secret, keyType: "PRODUCTION", keyManager: $keyManager}' <<<"$registered")
    jq -e '.consumerSecret // "" | length > 0' <<<"$keys" >/dev/null \
        || fail "Identity Server does not tell the secret of $client; map the client in the developer portal instead (README.md)."
    patiently apim POST "$devportal/applications/$id/map-keys" "$keys" >/dev/null
fi
# Names to ids, one a line; not before the developer portal knows all of them.
published() {
    local apis project
    apis=$(apim GET "$devportal/apis?limit=1000" | jq -r '.list[]? | "\(.name) \(.id)"')
    for project in "$staged"/*/api.yaml; do
        project=$(basename "$(dirname "$project")" -v1)
        grep "^$project " <<<"$apis" || fail "The developer portal does not show $project yet"
    done
}
apis=$(patiently published)
subscribed=$(apim GET "$devportal/subscriptions?applicationId=$id&limit=1000" | jq -r '.list[]?.apiId')
while read -r api; do
    grep -qxF "$api" <<<"$subscribed" \
        || apim POST "$devportal/subscriptions" "$(jq -n --arg application "$id" --arg api "$api" \
            '{applicationId: $application, apiId: $api, throttlingPolicy: "BookstoreStorefront"}')" >/dev/null
done < <(cut -d ' ' -f 2 <<<"$apis")
echo "Published on $environment."
[ -z "$remade" ] || echo "Scopes were made anew: run scim-workflows/identity-server/configure.sh again, or the storefront may not ask for them."
