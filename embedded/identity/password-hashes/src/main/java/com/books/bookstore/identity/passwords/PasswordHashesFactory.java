package com.books.bookstore.identity.passwords;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.wso2.carbon.user.core.exceptions.HashProviderException;
import org.wso2.carbon.user.core.hash.HashProvider;
import org.wso2.carbon.user.core.hash.HashProviderFactory;

/** Makes the hash provider that the user store's configuration asks for by {@code PasswordDigest} and {@code Hash.Algorithm.Properties}. */
final class PasswordHashesFactory implements HashProviderFactory {

    @Override
    public HashProvider getHashProvider() {
        PasswordHashes hashes = new PasswordHashes();
        hashes.init();
        return hashes;
    }

    @Override
    public HashProvider getHashProvider(Map<String, Object> properties) throws HashProviderException {
        PasswordHashes hashes = new PasswordHashes();
        hashes.init(properties);
        return hashes;
    }

    @Override
    public Set<String> getHashProviderConfigProperties() {
        return Collections.singleton(PasswordHashes.ITERATIONS_PROPERTY);
    }

    @Override
    public String getAlgorithm() {
        return PasswordHashes.ALGORITHM;
    }
}
