package org.apache.synapse;

/** A {@link SynapseHandler} that is also told what the server does, as in WSO2's fork. */
public interface ExtendedSynapseHandler extends SynapseHandler {

    /** The server starts; nothing has been served yet. */
    boolean handleServerInit();

    /** The server stops. */
    boolean handleServerShutDown();

    /** The embedded runtime does not call this. */
    boolean handleArtifactDeployment(String artifactName, String artifactType, String startTime);

    /** The embedded runtime does not call this. */
    boolean handleArtifactUnDeployment(String artifactName, String artifactType, String time);

    /** The embedded runtime does not call this: a fault sequence answers, and answers are handled like all others. */
    boolean handleError(MessageContext message);
}
