package org.apache.commons.logging;

/**
 * Passes warnings and errors on without their throwable and drops the rest. The engine reports every failure by an
 * exception as well, and its texts below the level of a warning are of use to its own developers only.
 */
final class SinkLog implements Log {

    private final String name;

    SinkLog(String name) {
        this.name = name;
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    public boolean isFatalEnabled() {
        return true;
    }

    @Override
    public void trace(Object message) {
        // see the class comment
    }

    @Override
    public void trace(Object message, Throwable throwable) {
        // see the class comment
    }

    @Override
    public void debug(Object message) {
        // see the class comment
    }

    @Override
    public void debug(Object message, Throwable throwable) {
        // see the class comment
    }

    @Override
    public void info(Object message) {
        // see the class comment
    }

    @Override
    public void info(Object message, Throwable throwable) {
        // see the class comment
    }

    @Override
    public void warn(Object message) {
        LogFactory.send(name, message);
    }

    @Override
    public void warn(Object message, Throwable throwable) {
        LogFactory.send(name, message);
    }

    @Override
    public void error(Object message) {
        LogFactory.send(name, message);
    }

    @Override
    public void error(Object message, Throwable throwable) {
        LogFactory.send(name, message);
    }

    @Override
    public void fatal(Object message) {
        LogFactory.send(name, message);
    }

    @Override
    public void fatal(Object message, Throwable throwable) {
        LogFactory.send(name, message);
    }
}
