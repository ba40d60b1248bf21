package com.books.bookstore.request;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client of a request, for counting requests. Behind proxies it is the address that the outermost trusted one wrote into X-Forwarded-For;
 * entries before that may be forged. An IPv6 address counts by its network, because a single household has 2^64 addresses.
 */
public final class ClientAddress {

    private static final String UNKNOWN = "unknown";
    private static final Pattern IPV6 =
            Pattern.compile("\\[?([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(%[^\\]]*)?]?(:[0-9]+)?");
    private static final Pattern IPV4 = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3})(:[0-9]+)?");
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /**
     * @param remote         the other end of the connection, or null
     * @param forwardedFor   the X-Forwarded-For header, or null
     * @param trustedProxies how many of your own proxies are in front of this server; 0 if clients reach it directly
     */
    public static String of(String remote, String forwardedFor, int trustedProxies) {
        if (trustedProxies > 0 && forwardedFor != null) {
            String[] hops = forwardedFor.split(",");
            return normalize(hops[Math.max(0, hops.length - trustedProxies)].strip());
        }
        return remote == null ? UNKNOWN : normalize(remote.strip());
    }

    private static String normalize(String address) {
        Matcher ipv4 = IPV4.matcher(address);
        if (ipv4.matches()) {
            return ipv4.group(1);
        }
        Matcher ipv6 = IPV6.matcher(address);
        if (!ipv6.matches()) {
            // Never the text itself: a client could then pretend to be a new one with every request.
            return UNKNOWN;
        }
        try {
            // No look-up: it is an address and not a name.
            InetAddress parsed = InetAddress.getByName(ipv6.group(1));
            return parsed instanceof Inet6Address ? network(parsed.getAddress()) : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return UNKNOWN;
        }
    }

    private static String network(byte[] address) {
        byte[] network = Arrays.copyOf(Arrays.copyOf(address, NETWORK_BYTES), address.length);
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + NETWORK_BYTES * Byte.SIZE;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }
}
