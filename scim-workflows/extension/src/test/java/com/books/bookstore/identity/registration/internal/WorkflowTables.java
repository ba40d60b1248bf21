package com.books.bookstore.identity.registration.internal;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mockito.stubbing.Answer;
import org.wso2.carbon.identity.workflow.mgt.WorkflowManagementService;
import org.wso2.carbon.identity.workflow.mgt.bean.Workflow;
import org.wso2.carbon.identity.workflow.mgt.dto.Association;
import org.wso2.carbon.identity.workflow.mgt.dto.WorkflowEvent;
import org.wso2.carbon.identity.workflow.mgt.exception.InternalWorkflowException;

/**
 * The workflows and associations of one identity database, and the workflow services of the servers that share it. Like the server's service, it
 * hides associations whose request handler is not registered on that server, deletes those of a workflow with it, and refuses one of a workflow
 * that is gone. Thread-safe.
 */
final class WorkflowTables {

    private final Map<String, Workflow> workflows = new TreeMap<>();
    private final Map<Integer, Association> associations = new TreeMap<>();
    private final Map<Integer, String> workflowOf = new TreeMap<>();
    private int lastId;

    /** One server. */
    static final class Node {

        /** Whether it has registered its handler of self-registrations. */
        volatile boolean ready = true;

        /** What is done before each call of its workflow service. */
        volatile Runnable beforeCall = () -> {};
    }

    synchronized List<String> workflows() {
        return new ArrayList<>(workflows.keySet());
    }

    /** The workflows of the associations. */
    synchronized List<String> associations() {
        return new ArrayList<>(workflowOf.values());
    }

    /** The workflow service of a server. */
    WorkflowManagementService service(Node node) throws Exception {
        WorkflowManagementService service = mock(WorkflowManagementService.class);
        when(service.listWorkflowEvents()).thenAnswer(call(node, arguments -> events(node)));
        when(service.listWorkflows(anyInt())).thenAnswer(call(node, arguments -> new ArrayList<>(workflows.values())));
        when(service.listAllAssociations(anyInt())).thenAnswer(call(node, arguments -> seen(node, null)));
        when(service.getAssociationsForWorkflow(anyString()))
                .thenAnswer(call(node, arguments -> seen(node, (String) arguments[0])));
        doAnswer(call(
                        node,
                        arguments -> workflows.put(((Workflow) arguments[0]).getWorkflowId(), (Workflow) arguments[0])))
                .when(service)
                .addWorkflow(any(), any(), anyInt());
        doAnswer(call(node, arguments -> remove((String) arguments[0])))
                .when(service)
                .removeWorkflow(anyString());
        doAnswer(call(node, arguments -> associate((String) arguments[1], (String) arguments[2])))
                .when(service)
                .addAssociation(any(), any(), any(), any());
        doAnswer(call(node, arguments -> {
                    associations.remove(arguments[0]);
                    return workflowOf.remove(arguments[0]);
                }))
                .when(service)
                .removeAssociation(anyInt());
        return service;
    }

    private interface Statement {

        Object run(Object[] arguments) throws Exception;
    }

    /** Each call is one transaction. */
    private Answer<Object> call(Node node, Statement statement) {
        return invocation -> {
            node.beforeCall.run();
            synchronized (this) {
                return statement.run(invocation.getArguments());
            }
        };
    }

    private static List<WorkflowEvent> events(Node node) {
        WorkflowEvent event = new WorkflowEvent();
        event.setEventId(PendingRequests.SELF_REGISTER_USER);
        return node.ready ? List.of(event) : List.of();
    }

    private List<Association> seen(Node node, String workflow) {
        return node.ready
                ? associations.entrySet().stream()
                        .filter(entry -> workflow == null || workflow.equals(workflowOf.get(entry.getKey())))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.toCollection(ArrayList::new))
                : new ArrayList<>();
    }

    private Object remove(String workflow) {
        workflows.remove(workflow);
        workflowOf.values().removeIf(workflow::equals);
        return associations.keySet().retainAll(workflowOf.keySet());
    }

    private Object associate(String workflow, String event) throws InternalWorkflowException {
        if (!workflows.containsKey(workflow)) {
            throw new InternalWorkflowException("Referential integrity constraint violation");
        }
        Association association = new Association();
        association.setAssociationId(Integer.toString(++lastId));
        association.setEventId(event);
        association.setEnabled(true);
        associations.put(lastId, association);
        return workflowOf.put(lastId, workflow);
    }
}
