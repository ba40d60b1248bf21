package com.books.bookstore.packaging;

/** What the engine gives to a mediator's class loader: not our own classes, not our libraries. */
final class EngineClasses extends ClassLoader {

    EngineClasses() {
        super(EngineClasses.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("com.books.")
                || name.startsWith("com.fasterxml.")
                || name.startsWith("com.nimbusds.")
                || name.startsWith("com.samskivert.")
                || name.startsWith("org.quartz.")) {
            throw new ClassNotFoundException(name);
        }
        return super.loadClass(name, resolve);
    }
}
