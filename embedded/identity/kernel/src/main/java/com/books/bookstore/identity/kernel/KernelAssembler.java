package com.books.bookstore.identity.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Lays out a server: program files of the build, tables, keys. Does nothing when this was done before with the same files. */
final class KernelAssembler {

    private KernelAssembler() {}

    /**
     * @param parts directory that the build has filled
     * @param home  server directory, made when it does not exist
     * @throws KernelException when files are missing or the directory cannot be written
     */
    static void assemble(Path parts, Path home, Secrets secrets) throws KernelException {
        ServerFiles files = new ServerFiles(parts, home);
        try {
            if (!files.areInstalled()) {
                files.install();
                IdentityTables.create(home);
                KeyStores.create(home, secrets);
                files.markInstalled();
            }
        } catch (IOException | SQLException | ReflectiveOperationException failed) {
            throw new KernelException(
                    "The identity kernel cannot be assembled in " + home + ": " + failed.getMessage(), failed);
        }
    }
}
