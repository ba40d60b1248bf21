package org.apache.commons.logging;

/** Stand-in for the interface of commons-logging that the engine's libraries log to. */
public interface Log {

    boolean isTraceEnabled();

    boolean isDebugEnabled();

    boolean isInfoEnabled();

    boolean isWarnEnabled();

    boolean isErrorEnabled();

    boolean isFatalEnabled();

    void trace(Object message);

    void trace(Object message, Throwable throwable);

    void debug(Object message);

    void debug(Object message, Throwable throwable);

    void info(Object message);

    void info(Object message, Throwable throwable);

    void warn(Object message);

    void warn(Object message, Throwable throwable);

    void error(Object message);

    void error(Object message, Throwable throwable);

    void fatal(Object message);

    void fatal(Object message, Throwable throwable);
}
