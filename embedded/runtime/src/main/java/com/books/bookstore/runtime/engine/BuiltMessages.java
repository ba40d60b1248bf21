package com.books.bookstore.runtime.engine;

import java.lang.reflect.Field;
import org.apache.synapse.Mediator;
import org.apache.synapse.config.xml.SwitchCase;
import org.apache.synapse.mediators.AbstractListMediator;
import org.apache.synapse.mediators.filters.FilterMediator;
import org.apache.synapse.mediators.filters.SwitchMediator;

/**
 * Messages are built before a flow sees them here. Synapse 3.0.1 cannot know: before each list of mediators that look at the content it
 * searches for something left to build, and takes a binary body that a flow made itself, such as an email in two formats, for one that its
 * HTTP transport has not read yet. Micro Integrator builds only what its transport left unread. So lists are told that nothing looks at the
 * content, which is all that this mark decides.
 */
final class BuiltMessages {

    private static final Field CONTENT_AWARE = contentAware();

    private BuiltMessages() {}

    private static Field contentAware() {
        try {
            Field field = AbstractListMediator.class.getDeclaredField("contentAware");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("This is another Synapse than 3.0.1", e);
        }
    }

    /** Marks a list and all lists in it; to be called when they are initialized, which sets the mark. */
    static void areWhatItMediates(Mediator mediator) {
        if (mediator instanceof AbstractListMediator) {
            try {
                CONTENT_AWARE.setBoolean(mediator, false);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
            ((AbstractListMediator) mediator).getList().forEach(BuiltMessages::areWhatItMediates);
        }
        if (mediator instanceof FilterMediator && ((FilterMediator) mediator).getElseMediator() != null) {
            areWhatItMediates(((FilterMediator) mediator).getElseMediator());
        } else if (mediator instanceof SwitchMediator) {
            ((SwitchMediator) mediator).getCases().forEach(BuiltMessages::inCase);
            inCase(((SwitchMediator) mediator).getDefaultCase());
        }
    }

    private static void inCase(SwitchCase switchCase) {
        if (switchCase != null) {
            areWhatItMediates(switchCase.getCaseMediator());
        }
    }
}
