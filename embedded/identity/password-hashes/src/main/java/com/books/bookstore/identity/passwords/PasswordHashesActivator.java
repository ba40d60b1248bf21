package com.books.bookstore.identity.passwords;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.wso2.carbon.user.core.hash.HashProviderFactory;

/**
 * Offers PBKDF2 to the user store. Starts at a lower start level than the user store, which looks for hash providers once, at its own
 * start.
 */
public final class PasswordHashesActivator implements BundleActivator {

    @Override
    public void start(BundleContext bundle) {
        bundle.registerService(HashProviderFactory.class, new PasswordHashesFactory(), null);
    }

    @Override
    public void stop(BundleContext bundle) {
        // The framework withdraws the service.
    }
}
