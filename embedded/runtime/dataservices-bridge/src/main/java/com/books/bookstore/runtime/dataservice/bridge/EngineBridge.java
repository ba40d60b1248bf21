package com.books.bookstore.runtime.dataservice.bridge;

import java.io.StringReader;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.apache.axiom.om.OMDataSource;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.impl.builder.StAXOMBuilder;
import org.apache.axiom.om.impl.llom.OMSourcedElementImpl;
import org.apache.axiom.om.util.StAXUtils;
import org.apache.commons.logging.LogFactory;
import org.wso2.micro.integrator.dataservices.common.DBConstants;
import org.wso2.micro.integrator.dataservices.core.DBUtils;
import org.wso2.micro.integrator.dataservices.core.DataServiceFactory;
import org.wso2.micro.integrator.dataservices.core.DataServiceFault;
import org.wso2.micro.integrator.dataservices.core.TLConnectionStore;
import org.wso2.micro.integrator.dataservices.core.description.query.QueryFactory;
import org.wso2.micro.integrator.dataservices.core.dispatch.DataServiceRequest;
import org.wso2.micro.integrator.dataservices.core.dispatch.DispatchStatus;
import org.wso2.micro.integrator.dataservices.core.dispatch.RequestBoxRequest;
import org.wso2.micro.integrator.dataservices.core.dispatch.SingleDataServiceRequest;
import org.wso2.micro.integrator.dataservices.core.engine.DataService;
import org.wso2.micro.integrator.dataservices.core.engine.ParamValue;

/**
 * Runs WSO2's data-services engine in-process, without the Axis2 services and the deployer that surround it in Micro
 * Integrator.
 *
 * <p>Thread safe: services may be called from any number of threads while others are deployed.
 *
 * <p>Failures leave this class as JDK exceptions: the {@link SQLException} of the driver when there is one in the
 * cause chain, otherwise an {@link IllegalStateException} whose message is the engine's fault code. The engine's own
 * messages are never passed on, because they contain SQL text and parameter values.
 */
public final class EngineBridge {

    /** More causes than this are a loop. */
    private static final int MOST_CAUSES = 100;

    private final Map<String, DataService> services = new ConcurrentHashMap<>();

    /**
     * Starts the engine. The thread's context class loader must be this class's: the engine looks for its XML parser
     * through it, once, here; later calls come with any.
     *
     * @param dataSources finds the pool behind a {@code carbon_datasource_name}; answers null when there is none
     * @param log receives the name of an engine logger and a message without the throwable
     */
    public EngineBridge(Function<String, DataSource> dataSources, BiConsumer<String, String> log) {
        LogFactory.sendTo(log);
        StAXUtils.setFactoryPerClassLoader(false);
        DBUtils.getXMLInputFactory();
        new EngineDataSources(dataSources).install();
    }

    /**
     * Builds a data service.
     *
     * @param definition the text of a .dbs whose configurations name their pool by {@code carbon_datasource_name}
     * @param location where the text comes from; the engine keeps it for its own messages only
     * @throws SQLException when the database cannot be reached: the engine opens one connection per configuration
     * @throws IllegalArgumentException when the engine refuses the definition; the message is the engine's, which at
     *     this point holds text of the definition only
     */
    public void deploy(String definition, String location) throws SQLException {
        try {
            OMElement data = parse(definition);
            DataService service = DataServiceFactory.createDataService(data, location);
            services.put(service.getName(), service);
        } catch (DataServiceFault | XMLStreamException fault) {
            SQLException cause = sqlCause(fault);
            if (cause != null) {
                throw cause;
            }
            throw new IllegalArgumentException(definitionProblem(fault));
        } finally {
            releaseConnections();
        }
    }

    /**
     * Checks a JSON result mapping with the engine's own reader.
     *
     * @return what is wrong with it, or null
     */
    public String jsonMappingProblem(String mapping) {
        try {
            QueryFactory.getJSONResultFromText(mapping);
            return null;
        } catch (DataServiceFault fault) {
            return definitionProblem(fault);
        }
    }

    /** Forgets a data service; calls that are under way end normally. */
    public void undeploy(String service) {
        services.remove(service);
    }

    /** Says whether a deployed service has this operation. */
    public boolean hasOperation(String service, String operation) {
        DataService dataService = services.get(service);
        return dataService != null && dataService.getCallableRequest(operation) != null;
    }

    /**
     * Calls one operation. The result has been written completely and the connection is back in its pool when this
     * returns, whatever the service says about streaming.
     *
     * @param result takes the result, an element without a document around it; after an exception what it has got is incomplete
     * @return false when the operation has no result
     */
    public boolean call(String service, String operation, Map<String, String> parameters, XMLStreamWriter result)
            throws SQLException {
        DataService dataService = services.get(service);
        try {
            DispatchStatus.clearRequestStatus();
            DataServiceRequest request = request(dataService, operation, parameters);
            OMElement element = request.processRequest();
            if (element == null && dataService.isReturningRequestStatus(operation)) {
                writeRequestStatus(result);
                return true;
            }
            return write(element, result);
        } catch (DataServiceFault | XMLStreamException fault) {
            throw failure(fault);
        } finally {
            releaseConnections();
        }
    }

    /**
     * Calls several operations in one transaction and answers with the last one's result, wrapped.
     *
     * @param result as for one operation
     * @return false when there is no result
     */
    public boolean callBox(String service, List<Map.Entry<String, Map<String, String>>> calls, XMLStreamWriter result)
            throws SQLException {
        DataService dataService = services.get(service);
        try {
            DispatchStatus.clearRequestStatus();
            RequestBoxRequest box = new RequestBoxRequest(dataService, DBConstants.REQUEST_BOX_ELEMENT);
            for (Map.Entry<String, Map<String, String>> call : calls) {
                box.addRequests(request(dataService, call.getKey(), call.getValue()));
            }
            return write(box.dispatch(), result);
        } catch (DataServiceFault | XMLStreamException fault) {
            throw failure(fault);
        } finally {
            DispatchStatus.clearRequestStatus();
            releaseConnections();
        }
    }

    private static DataServiceRequest request(DataService service, String operation, Map<String, String> parameters)
            throws DataServiceFault {
        Map<String, ParamValue> values = new HashMap<>(parameters.size() * 2);
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            values.put(parameter.getKey(), new ParamValue(parameter.getValue()));
        }
        return new SingleDataServiceRequest(service, operation, values);
    }

    /**
     * A result that the engine would stream goes straight from its source to the writer: an Axiom tree or a text in between would cost
     * as much as the query itself.
     */
    private static boolean write(OMElement element, XMLStreamWriter result) throws XMLStreamException {
        if (element == null) {
            return false;
        }
        if (element instanceof OMSourcedElementImpl) {
            OMDataSource source = ((OMSourcedElementImpl) element).getDataSource();
            source.serialize(result);
        } else {
            copy(element.getXMLStreamReader(), result);
        }
        return true;
    }

    private static void copy(XMLStreamReader from, XMLStreamWriter to) throws XMLStreamException {
        while (from.hasNext()) {
            switch (from.next()) {
                case XMLStreamConstants.START_ELEMENT:
                    copyStart(from, to);
                    break;
                case XMLStreamConstants.END_ELEMENT:
                    to.writeEndElement();
                    break;
                case XMLStreamConstants.CHARACTERS:
                case XMLStreamConstants.CDATA:
                case XMLStreamConstants.SPACE:
                    to.writeCharacters(from.getText());
                    break;
                default:
                // Comments and the like mean nothing in a result.
            }
        }
    }

    private static void copyStart(XMLStreamReader from, XMLStreamWriter to) throws XMLStreamException {
        to.writeStartElement(text(from.getPrefix()), from.getLocalName(), text(from.getNamespaceURI()));
        for (int i = 0; i < from.getNamespaceCount(); i++) {
            to.writeNamespace(text(from.getNamespacePrefix(i)), text(from.getNamespaceURI(i)));
        }
        for (int i = 0; i < from.getAttributeCount(); i++) {
            to.writeAttribute(
                    text(from.getAttributePrefix(i)),
                    text(from.getAttributeNamespace(i)),
                    from.getAttributeLocalName(i),
                    from.getAttributeValue(i));
        }
    }

    private static String text(String orNull) {
        return orNull == null ? "" : orNull;
    }

    /** What Micro Integrator answers for a call without a result whose operation has returnRequestStatus="true". */
    private static void writeRequestStatus(XMLStreamWriter result) throws XMLStreamException {
        result.writeStartElement(DBConstants.REQUEST_STATUS_WRAPPER_ELEMENT);
        result.writeDefaultNamespace(DBConstants.WSO2_DS_NAMESPACE);
        result.writeCharacters(DBConstants.REQUEST_STATUS_SUCCESSFUL_MESSAGE);
        result.writeEndElement();
    }

    private static OMElement parse(String xml) throws XMLStreamException {
        XMLInputFactory factory = DBUtils.getXMLInputFactory();
        OMElement root = new StAXOMBuilder(factory.createXMLStreamReader(new StringReader(xml))).getDocumentElement();
        root.build();
        return root;
    }

    /** The engine's own bookkeeping is empty after every call; should it ever not be, no connection may be lost. */
    private static void releaseConnections() {
        TLConnectionStore.rollbackAll();
        TLConnectionStore.closeAll();
    }

    private static SQLException failure(Throwable fault) {
        SQLException cause = sqlCause(fault);
        if (cause != null) {
            return cause;
        }
        throw new IllegalStateException(DataServiceFault.extractFaultCode(fault));
    }

    private static SQLException sqlCause(Throwable fault) {
        return causes(fault)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static String definitionProblem(Throwable fault) {
        Throwable root = causes(fault).reduce(fault, (outer, inner) -> inner);
        return root instanceof DataServiceFault ? ((DataServiceFault) root).getDsFaultMessage() : root.getMessage();
    }

    /** The fault, its cause, and so on. The commons of the other embedded modules are not in this class loader. */
    private static Stream<Throwable> causes(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES);
    }
}
